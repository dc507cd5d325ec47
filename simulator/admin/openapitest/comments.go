package openapitest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
)

// module is the path that every package of ours begins with.
const module = "cardsim/"

// comments are the texts above types and fields, read package by package.
type comments struct {
	root string
	read map[string]map[string]string // by package, then Type or Type.Field
}

func newComments(root string) *comments {
	return &comments{root: root, read: map[string]map[string]string{}}
}

// of is the comment of a type or of a field; empty for types that are not ours.
func (c *comments) of(t reflect.Type, field string) (string, error) {
	folder, ours := strings.CutPrefix(t.PkgPath(), module)
	if !ours {
		return "", nil
	}
	texts, known := c.read[folder]
	if !known {
		var err error
		if texts, err = readPackage(filepath.Join(c.root, folder)); err != nil {
			return "", err
		}
		c.read[folder] = texts
	}
	name, _, _ := strings.Cut(t.Name(), "[")
	if field != "" {
		name += "." + field
	}
	return texts[name], nil
}

func readPackage(folder string) (map[string]string, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, fmt.Errorf("list the sources of %s: %w", folder, err)
	}
	texts := map[string]string{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			return nil, fmt.Errorf("read the comments of %s: %w", name, err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if d, ok := n.(*ast.GenDecl); ok && d.Tok == token.TYPE {
				collect(d, texts)
			}
			return true
		})
	}
	return texts, nil
}

func collect(d *ast.GenDecl, texts map[string]string) {
	for _, spec := range d.Specs {
		t, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		texts[t.Name.Name] = flat(d.Doc.Text() + " " + t.Doc.Text())
		fields, ok := t.Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, f := range fields.Fields.List {
			for _, name := range f.Names {
				texts[t.Name.Name+"."+name.Name] = flat(f.Doc.Text() + " " + f.Comment.Text())
			}
		}
	}
}

// flat makes one line of a comment.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }
