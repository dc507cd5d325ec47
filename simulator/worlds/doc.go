// Package worlds owns the life of sandboxes: how one is made, found again after a
// restart, emptied, changed, deleted, collected when nobody uses it, exported and
// imported. Each of these is one transaction, and is in force only once that is
// committed. It knows no HTTP, and nothing of what a business table means.
package worlds
