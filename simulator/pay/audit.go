package pay

import (
	"fmt"
	"strings"

	"cardsim/simulator/store"
)

// audit looks at one sandbox's payments; it changes nothing and needs no secret of
// the sandbox, because what is sealed is not looked at.
type audit struct {
	tx      *store.Tx
	sandbox string
	found   func(store.Finding)
}

// Audit reads everything that this package keeps of a sandbox and tells found what
// does not fit together: each book balances with authorised ≥ captured ≥ refunded,
// an approved operation has moved its money and no other has, and every pointer
// leads to a payment.
func Audit(tx *store.Tx, sandbox string, found func(store.Finding)) error {
	a := audit{tx: tx, sandbox: sandbox, found: found}
	for _, step := range []func() error{a.payments, a.links, a.books, a.vault} {
		if err := step(); err != nil {
			return wrap(err, "check the payments")
		}
	}
	return nil
}

func (a audit) payments() error {
	return payments.Audit(a.tx, a.sandbox, a.found, func(key string, p Payment) string {
		switch {
		case p.ID != key:
			return "calls itself " + p.ID
		case !payments.Has(a.tx, a.sandbox, p.Root):
			return "has no root: " + p.Root + " is not there"
		case p.FollowUp() && !payments.Has(a.tx, a.sandbox, p.Parent):
			return "follows " + p.Parent + ", which is not there"
		}
		return a.moved(p)
	})
}

// moved compares an operation with what it did to its book. A book that cannot be
// read is found elsewhere.
func (a audit) moved(p Payment) string {
	book, err := a.book(p.Root)
	if err != nil {
		return ""
	}
	var own Book
	for _, posting := range book {
		if posting.Operation == p.ID {
			own = append(own, posting)
		}
	}
	if p.Result != Approved {
		if len(own) > 0 {
			return fmt.Sprintf("is %s and moved money all the same", p.Result)
		}
		return ""
	}
	if got := own.of(p.Action, p.Money.Currency); got != p.Money.Minor {
		return fmt.Sprintf("is an approved %s of %d and moved %d (minor units of %s)", p.Action, p.Money.Minor, got, p.Money.Currency)
	}
	return ""
}

// of is how much of an action's own kind of move is in a book.
func (b Book) of(a Action, currency string) int64 {
	switch a {
	case ActionCapture:
		return b.Captured(currency)
	case ActionCancel:
		return b.Released(currency)
	case ActionRefund:
		return b.Refunded(currency)
	default:
		return b.Authorised(currency)
	}
}

func (a audit) book(root string) (Book, error) {
	var b Book
	err := postings.Scan(a.tx, a.sandbox, store.ScanOptions{Prefix: root + "/"}, func(_ string, p Posting) (bool, error) {
		b = append(b, p)
		return true, nil
	})
	return b, err
}

// links are the pointers to payments: by arrival, by tracking code, of a series.
func (a audit) links() error {
	dangling := func(_ string, l link) string {
		if !payments.Has(a.tx, a.sandbox, l.Payment) {
			return "points to payment " + l.Payment + ", which is not there"
		}
		return ""
	}
	if err := mandates.Audit(a.tx, a.sandbox, a.found, dangling); err != nil {
		return err
	}
	return arrivals.Audit(a.tx, a.sandbox, a.found, func(key string, l link) string {
		if problem := dangling(key, l); problem != "" {
			return problem
		}
		return store.Behind(a.tx, a.sandbox, "pay.arrivals", key)
	})
}

// books adds up the postings of each root; they stand together, in order.
func (a audit) books() error {
	root, book := "", Book(nil)
	settle := func() {
		if err := book.Check(); err != nil {
			a.found(store.Finding{Sandbox: a.sandbox, Table: postings.Name(), Key: root, Problem: err.Error()})
		}
	}
	err := postings.Audit(a.tx, a.sandbox, a.found, func(key string, p Posting) string {
		of, _, _ := strings.Cut(key, "/")
		if of != root {
			settle()
			root, book = of, nil
		}
		book = append(book, p)
		if !payments.Has(a.tx, a.sandbox, of) || !payments.Has(a.tx, a.sandbox, p.Operation) {
			return "moves money of a payment that is not there"
		}
		return ""
	})
	settle()
	return err
}

func (a audit) vault() error {
	return vault.Audit(a.tx, a.sandbox, a.found, func(key string, t Token) string {
		if t.Token != key {
			return "calls itself another token"
		}
		return ""
	})
}
