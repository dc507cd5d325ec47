// Package events tells of all that changes, as it changes: requests, what exists in
// a sandbox, its clock, scenarios and settings, and the sandboxes themselves.
//
// It owns the numbering, the last few thousand events for those who come back, and
// what an event looks like. What is stored is learned from the store's commits, so
// that nobody who writes has to say so. It never holds anybody up: whoever reads too
// slowly loses events, and is told. It holds no card number, code or cryptogram,
// because the store and the journal hold none in clear, and it passes on less of them.
package events
