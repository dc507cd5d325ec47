package yamlschema

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"strings"
)

// comments are the texts above types and fields, by Type and Type.Field.
type comments map[string]string

func readComments(sources []string) (comments, error) {
	c := comments{}
	for _, source := range sources {
		file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.ParseComments)
		if err != nil {
			return nil, err
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
		c[t.Name.Name] = flat(types.Doc.Text() + " " + t.Doc.Text())
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
