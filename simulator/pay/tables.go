package pay

import (
	"fmt"
	"strings"

	"cardsim/simulator/agenda"
	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// The tables of this package.
var (
	payments = store.NewTable[Payment]("pay.payments")       // by id
	arrivals = store.NewTable[link]("pay.arrivals").Rising() // by order of arrival, for lists
	postings = store.NewTable[Posting]("pay.ledger")         // by root and ordinal
	vault    = store.NewTable[Token]("pay.tokens")           // by token
	mandates = store.NewTable[link]("pay.mandates")          // by digest of business and token number: the first payment with cryptogram
)

// link points at a payment.
type link struct {
	Payment string `json:"payment"`
}

// ID is the id that an operation with a tracking code has: its entity key is the
// business and the code (decisions, "Chance"), so that no table has to lead from the
// code to it.
func ID(w *sandbox.World, business, trackingCode string) string {
	return w.Draw("acehub.transaction", business, trackingCode).UUID()
}

// ByID finds an operation as it stands now; ok is false for an unknown id and
// for one of another business.
func ByID(s sandbox.Scope, business, id string) (p Payment, ok bool, err error) {
	p, ok, err = Any(s, id)
	if !ok || p.Business != business {
		return Payment{}, false, err
	}
	return p, true, nil
}

// Any finds an operation as it stands now, whoever's it is: for a browser that
// comes back with nothing but the id.
func Any(s sandbox.Scope, id string) (p Payment, ok bool, err error) {
	if len(id) > maxID || strings.ContainsRune(id, 0) {
		return Payment{}, false, nil
	}
	p, ok, err = payments.Get(s.Tx, s.World.ID, id)
	return p.unsealed(s.World).At(s.Now), ok, wrap(err, "read a payment")
}

// maxID bounds what is looked for; an id is a UUID.
const maxID = 64

// ByTrackingCode finds an operation by its tracking code; a follow-up has its
// own code (reference acehub.md §5.3, inferred).
func ByTrackingCode(s sandbox.Scope, business, code string) (Payment, bool, error) {
	return ByID(s, business, ID(s.World, business, code))
}

// create keeps a new operation under its id and its arrival.
func create(s sandbox.Scope, p Payment) error {
	n, err := s.Next("pay.arrivals")
	if err != nil {
		return wrap(err, "count payments")
	}
	if err := arrivals.Add(s.Tx, s.World.ID, fmt.Sprintf("%020d", n), link{p.ID}); err != nil {
		return wrap(err, "keep a payment")
	}
	if n == 1 { // nothing can be missing from the agenda
		if err := agenda.Cover(s.Tx, s.World.ID, AgendaKind); err != nil {
			return err
		}
	}
	if p.timed() {
		p.Waits.Seq = n
		if err := agenda.Put(s.Tx, s.World.ID, p.date()); err != nil {
			return err
		}
	}
	return wrap(payments.Add(s.Tx, s.World.ID, p.ID, p.sealed(s.World)), "keep a payment")
}

func keep(s sandbox.Scope, p Payment) error {
	return wrap(payments.Put(s.Tx, s.World.ID, p.ID, p.sealed(s.World)), "keep a payment")
}

// free refuses a tracking code that an operation of the business has taken
// (reference acehub.md §5.4: unique documented; scope and answer inferred).
func free(s sandbox.Scope, business, code string) error {
	_, taken, err := payments.Get(s.Tx, s.World.ID, ID(s.World, business, code))
	if err != nil {
		return wrap(err, "look for a tracking code")
	}
	if taken {
		return ruleErr(RuleDuplicate, "the business has used this tracking code before")
	}
	return nil
}

// BookOf is the ledger of a payment, by the id of the authorisation or payment
// that it began with.
func BookOf(s sandbox.Scope, root string) (Book, error) {
	var b Book
	err := postings.Scan(s.Tx, s.World.ID, store.ScanOptions{Prefix: root + "/"}, func(_ string, p Posting) (bool, error) {
		b = append(b, p)
		return true, nil
	})
	return b, wrap(err, "read the ledger")
}

// post adds an operation's postings to the book of its root. A book that would
// not balance is a defect: the whole transaction is then undone.
func post(s sandbox.Scope, p Payment, before Book, list []Posting) error {
	book := before
	for _, posting := range list {
		posting.Operation, posting.At = p.ID, s.Now
		book = append(book, posting)
		key := fmt.Sprintf("%s/%06d", p.Root, len(book))
		if err := postings.Add(s.Tx, s.World.ID, key, posting); err != nil {
			return wrap(err, "write the ledger")
		}
	}
	if err := book.Check(); err != nil {
		return core.Errf(core.CodeInternal, "", "payment %s: %v", p.Root, err)
	}
	return nil
}

func wrap(err error, doing string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}
