// Package notify owns the outbox: every one-time password and notification that
// a sandbox would have sent, for people and tests to read. Nothing in it ever
// leaves for a network by itself.
//
// A text that carries a one-time password holds {code} where it stands: the code
// of a running challenge is derived by whoever shows the message, and never
// stored.
package notify
