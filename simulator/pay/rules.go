package pay

import (
	"fmt"

	"cardsim/simulator/core"
)

// Rule names a business rule that a request broke.
type Rule string

// The business rules (reference acehub.md §5.4 and §5.5).
const (
	RuleState     Rule = "state"     // not legal for where the payment stands
	RuleAmount    Rule = "amount"    // more than is left
	RuleCurrency  Rule = "currency"  // not the payment's own
	RuleDuplicate Rule = "duplicate" // the tracking code is taken
)

// RuleError is a business rule refusal: nothing was changed, nothing is used up,
// no transaction is left behind.
type RuleError struct {
	Rule   Rule
	Detail string
}

// Error is the sentence for people.
func (e *RuleError) Error() string { return "business rule " + string(e.Rule) + ": " + e.Detail }

func ruleErr(r Rule, format string, args ...any) *RuleError {
	return &RuleError{Rule: r, Detail: fmt.Sprintf(format, args...)}
}

// position is where a payment stands, and which of its operations a follow-up
// addresses.
type position struct {
	root  Payment
	at    Payment // the root itself, or one of its follow-ups
	book  Book
	again bool // setting secondCapture: more than one capture
}

// allows checks a follow-up against reference acehub.md §5.5: the state first,
// then the currency, then the amount. nil: it may go ahead.
func (p position) allows(a Action, m core.Money) *RuleError {
	if err := p.state(a); err != nil {
		return err
	}
	if a == ActionCancel {
		return nil // always the whole authorisation (documented)
	}
	cur := p.root.Money.Currency
	if m.Currency != cur {
		return ruleErr(RuleCurrency, "the payment is in %s, the %s in %s", cur, a, m.Currency)
	}
	left := p.book.Balance(Reserved, cur)
	if a == ActionRefund {
		left = p.book.Balance(Merchant, cur)
	}
	if m.Minor > left {
		return ruleErr(RuleAmount, "%s is left, the %s asks for %s", core.Money{Minor: left, Currency: cur}, a, m)
	}
	return nil
}

// state is the table of what may follow what.
func (p position) state(a Action) *RuleError {
	if p.root.Result != Approved || p.at.Result != Approved {
		return ruleErr(RuleState, "a %s needs an approved transaction, this one is %s", a, p.at.Result)
	}
	cur := p.root.Money.Currency
	captured := p.book.Captured(cur) > 0
	cancelled := !captured && p.book.Released(cur) > 0
	held := p.root.Action == ActionAuthorize && !p.at.FollowUp() && !cancelled
	switch {
	case a == ActionRefund && captured && (!p.at.FollowUp() || p.at.Action == ActionCapture):
		return nil
	case a == ActionCapture && held && (!captured || p.again):
		return nil
	case a == ActionCancel && held && !captured:
		return nil
	}
	return ruleErr(RuleState, "a %s is not legal on this %s", a, p.at.Action)
}

// postings are what an allowed follow-up does to the book. A capture that is
// the only one lets go of the rest (*ours*, as a final capture does).
func (p position) postings(a Action, m core.Money) []Posting {
	rest := func(taken int64) core.Money {
		cur := p.root.Money.Currency
		return core.Money{Minor: p.book.Balance(Reserved, cur) - taken, Currency: cur}
	}
	switch a {
	case ActionCapture:
		list := []Posting{{From: Reserved, To: Merchant, Money: m}}
		if left := rest(m.Minor); left.Minor > 0 && !p.again {
			list = append(list, Posting{From: Reserved, To: Cardholder, Money: left})
		}
		return list
	case ActionCancel:
		return []Posting{{From: Reserved, To: Cardholder, Money: rest(0)}}
	case ActionRefund:
		return []Posting{{From: Merchant, To: Cardholder, Money: m}}
	default:
		return opening(a, m)
	}
}

// opening is what an approved authorisation or payment does to its book.
func opening(a Action, m core.Money) []Posting {
	list := []Posting{{From: Cardholder, To: Reserved, Money: m}}
	if a == ActionPayment {
		list = append(list, Posting{From: Reserved, To: Merchant, Money: m})
	}
	return list
}
