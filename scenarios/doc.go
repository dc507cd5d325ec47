// Package scenarios owns the scenario files: their format, the checker that says
// everything that is wrong with one, the JSON Schema, the library that is shipped,
// and the decision which rule of the active scenarios steers a request.
//
// A file becomes a [Scenario] through [Check], scenarios become an [Active], and
// Active.Plan turns what a request is about into a core.Plan and the record why.
//
// It never performs what it plans: outcomes are rendered by the providers' own
// code, delays and faults by the wire. It never opens a transaction, a file or a
// clock: counters and draws are handed in, and so is the catalogue of outcomes,
// because it must not know any provider. It is the only door to the expression
// language and to the schema generator.
package scenarios
