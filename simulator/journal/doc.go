// Package journal owns what came in and what went out: one entry for each request
// to a provider, there from its receipt, complete before the last byte of its
// answer leaves (decisions 2), found again by sandbox, operation and flow.
//
// It keeps entries in memory, bounded by count and bytes, and writes them behind
// to the store in groups, so that a restart finds them again; a crash may cost the
// last moments. It owns masking too: [NewExchange], [MaskBody] and [MaskQuery]
// take out card numbers, security codes and secrets before anything is kept.
//
// It never decides anything about a request, never sees a body in clear except to
// mask it, never makes a caller wait for the disk, and never drops an entry
// without counting it.
package journal
