package worlds

import (
	"errors"

	"cardsim/simulator/issuer"
	"cardsim/simulator/notify"
	"cardsim/simulator/pay"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
	"cardsim/simulator/threeds"
)

// rowError is a row of a file that the package that owns its table cannot read.
type rowError struct{ err error }

func (e *rowError) Error() string { return "a row of the file cannot be used: " + e.err.Error() }

func (e *rowError) Unwrap() error { return e.err }

// refusedRows turns a rowError into what is wrong with the file, without its text,
// which may repeat the row.
func refusedRows(err error) error {
	var row *rowError
	if errors.As(err, &row) {
		return broken("/sandbox/tables", "a row in it is not of the form that its table has")
	}
	return err
}

// readBack has every package read what was imported, before it is committed.
func readBack(s sandbox.Scope) error {
	for _, read := range []func(sandbox.Scope) error{
		ignore(issuer.Cards), ignore(issuer.Holders), ignore(scheme.Tokens), ignore(threeds.List), ignore(pay.List), ignore(pay.Tokens),
		func(s sandbox.Scope) error { _, err := notify.List(s, ""); return err },
	} {
		if err := read(s); err != nil {
			return err
		}
	}
	return nil
}

func ignore[T any](list func(sandbox.Scope) ([]T, error)) func(sandbox.Scope) error {
	return func(s sandbox.Scope) error { _, err := list(s); return err }
}
