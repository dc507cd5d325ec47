// Package openapitest makes the OpenAPI 3.1 document of the admin API: paths from
// its routes, schemas from the Go types that travel, descriptions from the comments
// in the source. A test of package admin keeps the file that is served equal to it.
//
// It belongs to the tests and is no part of the program, which serves the file.
package openapitest
