// Package store keeps typed tables in one file and is the module's only door to
// bbolt.
//
// It owns the file (opening, locking, schema version, damage reports), the one
// goroutine that commits (group commit), the layout of keys, and the counters
// that move inside a transaction. It knows no cards, no payments and no
// sandboxes beyond their name: what a table means belongs to the package that
// declares it.
//
// # Layout
//
// The file holds these bolt buckets:
//
//	cardsim       "schema" -> the schema version, a JSON number
//	counters      sandbox 0x00 counter -> the counter's value, a JSON number
//	table:<name>  sandbox 0x00 key     -> the value, JSON of the table's Go type
//
// Every key begins with its sandbox, so that reset, delete and export are ranges.
// Users keep these files: the layout is pinned by golden tests.
//
// # Transactions
//
// A transaction is a closure. [DB.Update] hands it to the writer, which runs
// whatever has queued up, one closure after another, inside one bolt transaction
// and commits it once; it never waits for company. When a closure that wrote
// something fails, the transaction is rolled back and the others run again
// without it. Hence three rules for closures:
//
//   - A closure may run more than once. It touches nothing but the transaction
//     and variables that it sets anew on each run.
//   - A closure calls neither Update, nor Close, nor View: inside Update the
//     writer would wait for itself, and inside View the writer may be waiting for
//     that very reader.
//   - The *Tx ends with the closure and belongs to its goroutine alone.
//
// Nothing of bolt leaves a transaction: values handed out are decoded copies.
package store
