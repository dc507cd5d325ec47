package pay

import (
	"fmt"
	"time"

	"cardsim/simulator/core"
)

// Account is a side of a posting.
type Account string

// The accounts of one payment's book.
const (
	Cardholder Account = "cardholder" // what the payer has left
	Reserved   Account = "reserved"   // held by an authorisation
	Merchant   Account = "merchant"   // captured
)

// Posting moves money from one account to another: one debit, one credit, so
// that a book always sums to zero.
type Posting struct {
	Operation string     `json:"operation"` // id of the payment or follow-up that caused it
	From      Account    `json:"from"`
	To        Account    `json:"to"`
	Money     core.Money `json:"money"`
	At        time.Time  `json:"at"`
}

// Book is the postings of one payment, oldest first.
type Book []Posting

// Balance is an account's balance in minor units of a currency; the
// cardholder's is negative by what the payment took.
func (b Book) Balance(a Account, currency string) int64 {
	var sum int64
	for _, p := range b {
		if p.Money.Currency != currency {
			continue
		}
		if p.To == a {
			sum += p.Money.Minor
		}
		if p.From == a {
			sum -= p.Money.Minor
		}
	}
	return sum
}

// moved sums what went from one account to another.
func (b Book) moved(from, to Account, currency string) int64 {
	var sum int64
	for _, p := range b {
		if p.From == from && p.To == to && p.Money.Currency == currency {
			sum += p.Money.Minor
		}
	}
	return sum
}

// Authorised is what was ever held, in minor units.
func (b Book) Authorised(currency string) int64 { return b.moved(Cardholder, Reserved, currency) }

// Captured is what was taken.
func (b Book) Captured(currency string) int64 { return b.moved(Reserved, Merchant, currency) }

// Released is what was held and let go.
func (b Book) Released(currency string) int64 { return b.moved(Reserved, Cardholder, currency) }

// Refunded is what was given back.
func (b Book) Refunded(currency string) int64 { return b.moved(Merchant, Cardholder, currency) }

// Check says what is wrong with a book: every currency sums to zero, nothing is
// held or owned below zero, authorised ≥ captured ≥ refunded.
func (b Book) Check() error {
	for _, currency := range b.currencies() {
		reserved, merchant := b.Balance(Reserved, currency), b.Balance(Merchant, currency)
		switch sum := reserved + merchant + b.Balance(Cardholder, currency); {
		case sum != 0:
			return fmt.Errorf("the ledger is out by %d %s", sum, currency)
		case reserved < 0 || merchant < 0:
			return fmt.Errorf("the ledger holds %d and has captured %d %s: neither may be below zero", reserved, merchant, currency)
		case b.Authorised(currency) < b.Captured(currency) || b.Captured(currency) < b.Refunded(currency):
			return fmt.Errorf("the ledger shows more captured than authorised or more refunded than captured in %s", currency)
		}
	}
	for _, p := range b {
		if p.Money.Minor <= 0 {
			return fmt.Errorf("the ledger holds a posting of %s: a posting moves money forward", p.Money)
		}
	}
	return nil
}

func (b Book) currencies() []string {
	var list []string
	seen := map[string]bool{}
	for _, p := range b {
		if !seen[p.Money.Currency] {
			seen[p.Money.Currency] = true
			list = append(list, p.Money.Currency)
		}
	}
	return list
}
