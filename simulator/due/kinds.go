package due

import (
	"time"

	"cardsim/simulator/agenda"
	"cardsim/simulator/pay"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
	"cardsim/simulator/threeds"
)

// The kinds of event.
const (
	// ChallengeExpired: a challenge, and with it its one-time password, ran out of
	// time. The id is the challenge's.
	ChallengeExpired = "challenge.expired"
	// CryptogramExpired: a network token's cryptogram was not used in time. The id is
	// its paymentdataid.
	CryptogramExpired = "cryptogram.expired"
	// PaymentTimeout: the payer of a pending payment did not finish in time. The id is
	// the payment's.
	PaymentTimeout = "payment.timeout"
)

// Event is one thing that fell due. Its JSON is part of the admin API's answers.
type Event struct {
	// At is the instant at which it fell due, in sandbox time.
	At   time.Time `json:"at"`
	Kind string    `json:"kind" enum:"challenge.expired,cryptogram.expired,payment.timeout"` // what kind of thing fell due
	// ID is what fell due: of a challenge, a payment, or a cryptogram's paymentdataid.
	ID string `json:"id"`
	// Flow is the journey that it belongs to; left out where it has none.
	Flow string `json:"flow,omitempty"`
}

// kind is how the things of one kind in the agenda end.
type kind struct {
	// end lets one thing happen; fired is false when there was nothing to end.
	end func(s sandbox.Scope, id string) (e Event, fired bool, err error)
	// dates finds what a file of before there was an agenda has not noted. It is nil
	// for what is not looked for: a cryptogram lives for minutes, and is refused when
	// it comes too late all the same.
	dates func(s sandbox.Scope) ([]agenda.Item, error)
}

// kinds are all kinds in the agenda. One that is not here was written by a later
// version of the program and is passed over.
var kinds = map[string]kind{
	threeds.AgendaKind: {end: endChallenge, dates: threeds.Dates},
	scheme.AgendaKind:  {end: endCryptogram},
	pay.AgendaKind:     {end: endPayment, dates: pay.Dates},
}

func endChallenge(s sandbox.Scope, id string) (Event, bool, error) {
	t, fired, err := threeds.Due(s, id)
	if err != nil || !fired {
		return Event{}, false, err
	}
	return Event{Kind: ChallengeExpired, ID: t.Challenge.ID, Flow: t.Flow}, true, nil
}

func endCryptogram(s sandbox.Scope, id string) (Event, bool, error) {
	c, fired, err := scheme.Due(s, id)
	return Event{Kind: CryptogramExpired, ID: c.PaymentDataID, Flow: c.Flow}, fired, err
}

func endPayment(s sandbox.Scope, id string) (Event, bool, error) {
	p, fired, err := pay.Due(s, id)
	return Event{Kind: PaymentTimeout, ID: p.ID, Flow: p.Flow}, fired, err
}
