// Package store keeps typed tables in one file and is the module's only door to
// bbolt.
//
// It owns the file (opening, locking, schema version, damage reports), the one
// goroutine that commits (group commit), the log, the layout of keys, and the counters
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
//	log           the number of a commit, 8 bytes -> what it wrote, with a check sum
//
// Every key begins with its sandbox, so that reset, delete and export are ranges.
// Users keep these files: the layout is pinned by golden tests.
//
// # Young rows
//
// A commit writes one record to the log, because that costs a fraction of changing a
// page in each of a dozen tables. What it wrote lies in memory over the tables: whoever
// reads finds it there first. When there is much of it, or the log is long, the rows
// are folded into their tables, slice by slice in the order of their keys with the
// commits that follow, and then the log is cut. A file that was closed has no log and
// is of schema version 1, as programs read it that know of none; one whose process was
// killed is of version 2, and [Open] folds what its log holds.
//
// An ephemeral file has no log: what is young there is in memory only, and is folded
// beside the writer, which waits for a table only when far too much is young.
//
// # Transactions
//
// A transaction is a closure. [DB.Update] hands it to the writer, which runs
// whatever has queued up, one closure after another, and commits it once; it never
// waits for company. What a closure wrote that fails is taken back, and the others
// stand. Hence three rules for closures:
//
//   - A closure touches nothing but the transaction and variables that nobody reads
//     unless Update returned nil: the commit can fail after it has run.
//   - A closure calls neither Update, nor Close, nor View: inside Update the
//     writer would wait for itself, and inside View the writer may be waiting for
//     that very reader.
//   - The *Tx ends with the closure and belongs to its goroutine alone.
//
// Nothing of bolt leaves a transaction: values handed out are decoded copies.
package store
