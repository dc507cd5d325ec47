package store

import (
	"errors"
	"fmt"
)

// ErrClosed is returned by every call that comes after Close.
var ErrClosed = errors.New("the database is closed")

// ErrReadOnly is returned when a closure given to View tries to write.
var ErrReadOnly = errors.New("this transaction only reads: writing needs Update")

// ErrEnded is returned when a Tx is used after its closure has returned.
var ErrEnded = errors.New("this transaction has ended: a Tx is good only inside its closure")

// LockedError says that another process, or another Open in this one, holds the file.
type LockedError struct {
	Path string // the file
}

// Error says who is in the way and what to do.
func (e *LockedError) Error() string {
	return fmt.Sprintf("the database %q is used by another cardsim: stop that one, or choose another file", e.Path)
}

// VersionError says that the file was written by a newer program.
type VersionError struct {
	Path      string // the file, left as it was
	Found     uint64 // the schema version in the file
	Supported uint64 // the newest schema version this program reads
}

// Error names both versions and what to do.
func (e *VersionError) Error() string {
	return fmt.Sprintf("the database %q has schema version %d, this program reads versions up to %d: "+
		"use a newer cardsim, or start with another file", e.Path, e.Found, e.Supported)
}

// DamagedError says that the file is not a database of cardsim, or no longer a whole one.
// When Open returns it, the file was left as it was, byte for byte.
type DamagedError struct {
	Path   string // the file
	Reason string // what was seen, half a sentence
}

// Error says what was seen and what to do.
func (e *DamagedError) Error() string {
	return fmt.Sprintf("the database %q is damaged or is not a database of cardsim (%s): "+
		"restore a copy of it, or start with another file", e.Path, e.Reason)
}

// KeyError says that a name cannot be part of a key: a mistake of the caller.
type KeyError struct {
	Part   string // "sandbox", "key", "counter", "table", "prefix" or "position"
	Name   string // the name as given
	Reason string // what is wrong with it, the end of a sentence
}

// Error names the part and what is wrong with it.
func (e *KeyError) Error() string {
	return fmt.Sprintf("the %s %.80q %s", e.Part, e.Name, e.Reason)
}

// PanicError is what Update returns when its closure panicked. Nothing of that closure was kept.
type PanicError struct {
	Value any    // what was given to panic
	Stack []byte // the stack of the panic, for the log
}

// Error gives the panic's value, without the stack.
func (e *PanicError) Error() string {
	return fmt.Sprintf("the transaction panicked, nothing of it was kept: %v", e.Value)
}

// Unwrap gives the panic's value when that is itself an error, else nil.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}
