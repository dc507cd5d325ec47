package scenarios

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"strings"
)

// The sources of the types of the format: their comments are the descriptions of
// the schema, so that the two cannot disagree.
var (
	//go:embed format.go
	formatSource string
	//go:embed step.go
	stepSource string
)

// comments are the texts above types and fields, by Type and Type.Field.
type comments map[string]string

func readComments() (comments, error) {
	c := comments{}
	for name, source := range map[string]string{"format.go": formatSource, "step.go": stepSource} {
		file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ParseComments)
		if err != nil {
			return nil, fmt.Errorf("read the comments of the format: %w", err)
		}
		for _, d := range file.Decls {
			if types, ok := d.(*ast.GenDecl); ok && types.Tok == token.TYPE {
				c.collect(types)
			}
		}
	}
	return c, nil
}

func (c comments) collect(types *ast.GenDecl) {
	for _, spec := range types.Specs {
		t, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		c[t.Name.Name] = flat(types.Doc.Text())
		fields, ok := t.Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, f := range fields.Fields.List {
			for _, name := range f.Names {
				c[t.Name.Name+"."+name.Name] = flat(f.Doc.Text())
			}
		}
	}
}

// of is what the schema generator asks: a field's name is empty for the type.
func (c comments) of(t reflect.Type, field string) string {
	if field == "" {
		return c[t.Name()]
	}
	return c[t.Name()+"."+field]
}

// flat makes one line of a comment.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }
