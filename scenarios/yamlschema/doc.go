// Package yamlschema makes a JSON Schema (2020-12) of the Go types of a YAML format:
// keys, required keys and lists of values come from the tags that the strict decoder
// reads, descriptions from the comments in the source, so that file, decoder and
// schema cannot disagree. What the types cannot say, the format adds.
//
// It never knows a format and never reads a file. It is the only door to the
// generator of schemas.
package yamlschema
