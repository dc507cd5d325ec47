package demo

import (
	"context"
	"time"
)

// otherBrand is Cardinal's case 9 of Mastercard (reference cardinal.md §11.2): the
// schemes have reasons of their own.
const otherBrand = "5200000000001096"

// The parts that most plays are made of.

func (w *walk) arrives() play   { return tries(w.enrol, w.tokenise) }
func (w *walk) readies() play   { return does(w.secure, w.getCryptogram) }
func (w *walk) purchases() play { return does(w.secure, w.getCryptogramForToken, w.authorise) }

// checkout is the eight steps by a shop that goes where the answers lead.
func (w *walk) checkout() play { return all(w.arrives(), w.purchases()) }

// twice is a checkout whose authentication is no good at first, and made anew.
func (w *walk) twice(first deed) play { return all(w.arrives(), refused(first), w.purchases()) }

// insistent is a checkout by a shop that tries a declined payment again, with a
// cryptogram of its own.
func (w *walk) insistent() play {
	return all(w.arrives(), w.readies(), refused(w.authorise), does(w.tryAgain, w.getCryptogram, w.authorise))
}

// playOf is the play of a shipped scenario: a checkout where the story needs no
// more.
func (w *walk) playOf(scenario string) play {
	for _, plays := range []map[string]play{w.authenticationPlays(), w.issuerPlays(), w.tokenPlays(), w.paymentPlays()} {
		if p, ok := plays[scenario]; ok {
			return p
		}
	}
	return w.checkout()
}

func (w *walk) authenticationPlays() map[string]play {
	return map[string]play{
		"bad-signature":  w.twice(w.secure),
		"lookup-timeout": w.twice(w.hastily(w.secure)),
		"challenge-abandoned": all(w.arrives(),
			does(w.freeze, w.judgedLookUp, w.leave, w.judgedResult, w.hourPasses, w.judgedResult)),
	}
}

func (w *walk) issuerPlays() map[string]play {
	return map[string]play{
		"er000-burst":          all(times(3, refused(w.enrol)), does(w.enrol, w.tokenise), w.purchases()),
		"vector-conflict":      all(refused(w.enrol), does(w.takeAnotherVector, w.enrol, w.tokenise), w.purchases()),
		"issuer-disables-card": all(w.arrives(), does(w.judgedLookUp, w.disable, w.challenge, w.judgedResult)),
	}
}

func (w *walk) tokenPlays() map[string]play {
	later := all(w.checkout(), does(w.takeAnotherOrder, w.secure), refused(w.getCryptogram))
	return map[string]play{
		"token-deleted":   all(later, does(w.deleteToken, w.authorise)),
		"token-suspended": all(later, does(w.getCryptogram, w.authorise)),
		"provisioning-declined": all(tries(w.enrol), times(4, refused(w.tokenise)), w.purchases(),
			does(w.takeOtherCard), times(4, refused(w.tokenise))),
		"cryptogram-reused": all(w.arrives(), w.readies(), refused(w.authorise),
			does(w.tryAgain), refused(w.authorise), does(w.tryAgain, w.getCryptogram, w.authorise)),
	}
}

func (w *walk) paymentPlays() map[string]play {
	ready := all(w.arrives(), w.readies())
	broken := all(refused(w.authorise), does(w.takeAnotherOrder))
	return map[string]play{
		"decline-then-approve":           w.insistent(),
		"soft-decline-and-retry":         w.insistent(),
		"capture-fails-then-succeeds":    all(w.checkout(), refused(w.capture), does(w.capture)),
		"partial-refunds":                all(w.checkout(), does(w.capture, w.refund(50)), refused(w.refund(73.45)), does(w.refund(73.45))),
		"lost-answer-same-tracking-code": all(ready, refused(w.authorise, w.authorise), does(w.find)),
		"lost-answer-new-tracking-code":  all(ready, refused(w.authorise), does(w.tryAgain), refused(w.authorise), does(w.find)),
		"malformed-answers":              all(times(3, broken), does(w.authorise, w.takeAnotherOrder, w.authorise)),
		"provider-down-for-five-calls":   all(ready, times(5, refused(w.authorise)), does(w.authorise)),
	}
}

// hastily does something as a shop that waits a second for an answer, no longer.
func (w *walk) hastily(do deed) deed {
	return func(ctx context.Context) error {
		usual := w.http.Timeout
		defer func() { w.http.Timeout = usual }()
		w.http.Timeout = time.Second
		return do(ctx)
	}
}

// takeAnotherOrder is the customer who comes once more: nothing of the last order
// serves the next, but for the network token.
func (w *walk) takeAnotherOrder(context.Context) error {
	w.orders++
	w.attempt, w.lookup, w.claim, w.crypto = 0, lookupAnswer{}, claim{}, cryptogram{}
	w.order = orderNumber(w.series, w.orders)
	w.print.step("Again", "the customer orders anew: "+w.order)
	return nil
}

// takeOtherCard is a customer with a card of another brand.
func (w *walk) takeOtherCard(context.Context) error {
	w.card, w.cardID = otherBrand, ""
	w.print.secret(w.card)
	w.print.step("Again", "another customer comes, with a card of another brand")
	return nil
}
