package pay

import (
	"slices"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

func TestNewestReadsNoFurtherThanAsked(t *testing.T) {
	h := build(t, nil)
	var ids []string // newest first
	for _, code := range []string{"ORDER-0001", "ORDER-0002", "ORDER-0003"} {
		ids = append([]string{h.pay(order(t, ActionAuthorize, code, eur(100))).Payment.ID}, ids...)
	}
	h.must(func(s sandbox.Scope) error {
		if got := walked(t, s, "", 9); !slices.Equal(got, ids) {
			t.Errorf("walked %q, not %q", got, ids)
		}
		if err := store.PutRaw(s.Tx, s.World.ID, payments.Name(), ids[2], []byte("7")); err != nil {
			return err
		}
		if got := walked(t, s, "", 2); !slices.Equal(got, ids[:2]) {
			t.Errorf("walked %q: the oldest must not be read", got)
		}
		if got := walked(t, s, "00000000000000000003", 1); !slices.Equal(got, ids[1:2]) {
			t.Errorf("behind the newest: %q", got)
		}
		return nil
	})
}

// walked lists so many operations.
func walked(t *testing.T, s sandbox.Scope, after string, limit int) []string {
	t.Helper()
	var ids []string
	if err := Newest(s, after, func(_ string, x Payment) (bool, error) {
		ids = append(ids, x.ID)
		return len(ids) < limit, nil
	}); err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestStanding(t *testing.T) {
	move := func(from, to Account, minor int64) Posting { return Posting{From: from, To: to, Money: eur(minor)} }
	held := move(Cardholder, Reserved, 100)
	tests := map[Standing]Book{
		Authorized:        {held},
		PartiallyCaptured: {held, move(Reserved, Merchant, 60), move(Reserved, Cardholder, 40)},
		Captured:          {held, move(Reserved, Merchant, 100)},
		PartiallyRefunded: {held, move(Reserved, Merchant, 100), move(Merchant, Cardholder, 1)},
		Refunded:          {held, move(Reserved, Merchant, 60), move(Merchant, Cardholder, 60)},
		Cancelled:         {held, move(Reserved, Cardholder, 100)},
	}
	for want, book := range tests {
		p := Payment{Result: Approved, Money: eur(100)}
		if got := p.StandingIn(book); got != want {
			t.Errorf("%s, not %s", got, want)
		}
		p.Parent = "another"
		if got := p.StandingIn(book); got != "approved" {
			t.Errorf("a follow-up is %s", got)
		}
	}
	if got := (Payment{Result: Declined}).StandingIn(nil); got != "declined" {
		t.Errorf("declined is %s", got)
	}
}

func TestWhenLiabilityShifts(t *testing.T) {
	good := Claim{ECI: core.ECIAuthenticatedVisa, Transaction: "tx"}
	refused, exempt, unproved, none := good, good, good, good
	refused.Refusal, exempt.Exemption, unproved.Transaction, none.ECI = "cavv-used", true, "", core.ECINoneVisa
	for name, tt := range map[string]struct {
		claim *Claim
		want  bool
	}{
		"authenticated": {&good, true}, "attempted": {&Claim{ECI: core.ECIAttemptedMC, Transaction: "tx"}, true},
		"refused": {&refused, false}, "under an exemption": {&exempt, false}, "resting on nothing": {&unproved, false}, "ECI 07": {&none, false}, "nothing claimed": {nil, false},
	} {
		if got := tt.claim.Shifts(); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// What a merchant sends as ECI may be anything, a card number included.
func TestAClaimKeepsNoLongECI(t *testing.T) {
	a := &attempt{order: Order{Proof: &Proof{ECI: "4111111111111111"}}}
	if c := a.claim(); c.ECI != "" {
		t.Errorf("%+v", c)
	}
}
