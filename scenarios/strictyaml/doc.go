// Package strictyaml reads YAML that people write by hand and says everything
// that is wrong with it, each problem at its line and column.
//
// It owns the way from bytes to Go values: the reading of YAML (it is the only
// door to the YAML module), the mapping of keys to struct fields, and the
// finding and printing of problems. A key that no field asks for is a problem,
// never ignored; a value of the wrong type is a problem, never converted.
//
// It never opens a file, never knows what a scenario or a fixture means, and
// never lets a type of the YAML module out. What a document means is judged by
// the caller, who reports at a [Node] what the types cannot show.
//
// Fields are found by their tag `yaml:"name"`. Options follow after commas:
// `required` (the key must be there, and a text must not be empty) and `inline`
// (the fields of an embedded struct belong to the outer mapping). A second tag,
// `enum:"a,b,c"`, lists the values a scalar may have. A field without the tag,
// or with `yaml:"-"`, is left alone.
//
// A syntax error ends the pass of its file, because nothing after it can be
// trusted; every other problem is reported in one pass, one message for one
// mistake (decisions 21).
package strictyaml
