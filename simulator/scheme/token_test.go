package scheme

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

func TestTokenNumbersBySchemeAreLuhnValidAndNoCard(t *testing.T) {
	b := newBench(t)
	for _, tc := range []struct {
		card    string
		network Scheme
		shape   string
		par     string
	}{
		{visaCard, Visa, `^4[0-9]{15}$`, `^V001[0-9A-Z]{25}$`},
		{mcCard, Mastercard, `^5[1-5][0-9]{14}$`, `^5001[0-9A-Z]{25}$`},
		{testCard, Test, `^1[0-9]{15}$`, `^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$`},
	} {
		tok := b.provision(tc.card, tc.network)
		digits := tok.Digits(b.w)
		if !regexp.MustCompile(tc.shape).MatchString(digits) || !core.LuhnValid(digits) {
			t.Errorf("%s: number %s is not of form %s with a Luhn digit", tc.network, digits, tc.shape)
		}
		if !InTokenRange(digits) {
			t.Errorf("%s: %s is not in a token range", tc.network, digits)
		}
		if got := b.w.Ref(pan(digits)).Fingerprint; got != tok.Number.Fingerprint {
			t.Errorf("%s: stored fingerprint is not that of the number", tc.network)
		}
		if par := tok.PAR(b.w); !regexp.MustCompile(tc.par).MatchString(par) {
			t.Errorf("%s: PAR %q has not the form %s", tc.network, par, tc.par)
		}
		if tok.State != Active {
			t.Errorf("%s: a new token is %s", tc.network, tok.State)
		}
	}
}

func TestTokenExpiry(t *testing.T) {
	b := newBench(t)
	if got := b.provision(testCard, Test).Expiry; got != expiry {
		t.Errorf("testscheme: expiry %v, want the card's %v", got, expiry)
	}
	for _, network := range []Scheme{Visa, Mastercard} {
		if got := b.provision(visaCard, network).Expiry; !got.Valid() || !got.End().After(expiry.End()) {
			t.Errorf("%s: expiry %v is not later than the card's %v", network, got, expiry)
		}
	}
}

func TestProvisionTwice(t *testing.T) {
	for _, tc := range []struct {
		network    Scheme
		sameNumber bool
	}{{Visa, true}, {Mastercard, true}, {Test, false}} {
		b := newBench(t)
		first, second := b.provision(visaCard, tc.network), b.provision(visaCard, tc.network)
		if first.ID == second.ID {
			t.Errorf("%s: the same tokenid twice", tc.network)
		}
		if first.PAR(b.w) != second.PAR(b.w) {
			t.Errorf("%s: two PARs of one card", tc.network)
		}
		if same := first.Digits(b.w) == second.Digits(b.w); same != tc.sameNumber {
			t.Errorf("%s: same number is %v, want %v", tc.network, same, tc.sameNumber)
		}
		b.setState(first, Deactivated)
		b.setState(second, Deactivated)
		if third := b.provision(visaCard, tc.network); third.Digits(b.w) == first.Digits(b.w) {
			t.Errorf("%s: a dead number was given again", tc.network)
		}
	}
}

func TestAnotherMerchantGetsAnotherToken(t *testing.T) {
	b := newBench(t)
	mine := b.provision(visaCard, Visa)
	other := b.provisionFor(Provisioning{MerchantID: "523ca9d5eb9d4ce0a60b2a3f5eb3119d", Card: mine.Card, CardExpiry: expiry, Scheme: Visa})
	if mine.Digits(b.w) == other.Digits(b.w) || mine.ID == other.ID {
		t.Error("two merchants share a token")
	}
	if mine.PAR(b.w) != other.PAR(b.w) {
		t.Error("two PARs of one card")
	}
}

func TestRenewedCardMovesTheExpiryOfItsNumber(t *testing.T) {
	b := newBench(t)
	old := b.provision(visaCard, Visa)
	renewed := core.Expiry{Month: 1, Year: 2036}
	tok := b.provisionFor(Provisioning{MerchantID: shopID, Card: old.Card, CardExpiry: renewed, Scheme: Visa})
	if tok.Digits(b.w) != old.Digits(b.w) {
		t.Fatal("a renewed card got another number")
	}
	if !tok.Expiry.End().After(renewed.End()) {
		t.Errorf("token expiry %v is not later than the renewed card's %v", tok.Expiry, renewed)
	}
	if got := b.reload(old).Expiry; got != tok.Expiry {
		t.Errorf("the elder tokenid keeps expiry %v, its number now has %v", got, tok.Expiry)
	}
}

func TestTakenNumberGivesTheNextOne(t *testing.T) {
	b := newBench(t)
	key := numberKey{Test, shopID, b.w.Ref(pan(testCard)).Fingerprint, NumberSource{CardExpiry: expiry, Ordinal: 1}}
	first := number(b.w, key)
	b.do(func(s sandbox.Scope) error {
		return numbers.Put(s.Tx, s.World.ID, s.World.Ref(pan(first)).Fingerprint, holder{"somebody else's"})
	})
	tok := b.provision(testCard, Test)
	key.source.Attempt = 1
	if got, want := tok.Digits(b.w), number(b.w, key); got != want || got == first {
		t.Errorf("number %s, want the next free one %s after %s", got, want, first)
	}
}

func TestNoTokenIsACatalogueCard(t *testing.T) {
	plain := world(t, "default", 1)
	key := numberKey{Test, shopID, plain.Ref(pan(testCard)).Fingerprint, NumberSource{CardExpiry: expiry, Ordinal: 1}}
	clash := number(plain, key)
	at := noon
	w, err := sandbox.New(sandbox.Spec{ID: "default", Seed: 1, Clock: &at, Merchants: []*sandbox.Merchant{{ID: "shop"}},
		Cards: []sandbox.CardProfile{{Number: pan(clash)}}})
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t)
	b.w = w
	if got := b.provision(testCard, Test).Digits(w); got == clash {
		t.Errorf("token number %s is a catalogue card", got)
	}
}

func TestFindToken(t *testing.T) {
	b := newBench(t)
	first, second := b.provision(visaCard, Visa), b.provision(visaCard, Visa)
	find := func() (id string) {
		b.do(func(s sandbox.Scope) error {
			tok, _, err := TokenByNumber(s, b.w.Ref(pan(first.Digits(b.w))))
			id = tok.ID
			return err
		})
		return id
	}
	if got := find(); got != second.ID {
		t.Errorf("by number: %s, want the newest %s", got, second.ID)
	}
	b.setState(second, Deactivated)
	if got := find(); got != first.ID {
		t.Errorf("by number: %s, want the active %s", got, first.ID)
	}
	b.setState(first, Deactivated)
	if got := find(); got == "" {
		t.Error("by number: a dead token is not found")
	}
	b.do(func(s sandbox.Scope) error {
		for _, id := range []string{"", "00", strings.Repeat("x", 32), "a\x00b", strings.Repeat("9", 40_000)} {
			if _, ok, err := TokenByID(s, id); ok || err != nil {
				t.Errorf("by id %.20q: ok %v, error %v", id, ok, err)
			}
		}
		if _, ok, err := TokenByNumber(s, b.w.Ref(pan(otherPAN))); ok || err != nil {
			t.Errorf("a card is found as a token: %v, %v", ok, err)
		}
		if _, ok, err := TokenByNumber(s, core.CardRef{}); ok || err != nil {
			t.Errorf("no number is found as a token: %v, %v", ok, err)
		}
		list, err := Tokens(s)
		if len(list) != 2 || list[0].ID != second.ID {
			t.Errorf("list of %d tokens does not begin with the newest", len(list))
		}
		return err
	})
}

func TestMovesOfAToken(t *testing.T) {
	legal := map[State][]State{
		Inactive:    {Inactive, Active, Deactivated},
		Active:      {Active, Suspended, Deactivated},
		Suspended:   {Suspended, Active, Deactivated},
		Deactivated: {Deactivated},
	}
	all := []State{Inactive, Active, Suspended, Deactivated}
	for from, tos := range legal {
		for _, to := range all {
			want := false
			for _, l := range tos {
				want = want || l == to
			}
			if got := from.CanBecome(to); got != want {
				t.Errorf("%s to %s: %v, want %v", from, to, got, want)
			}
		}
	}
}

func TestSetStateErrors(t *testing.T) {
	b := newBench(t)
	tok := b.provision(visaCard, Visa)
	b.setState(tok, Deactivated)
	for id, want := range map[string]core.Code{tok.ID: core.CodeRule, strings.Repeat("0", 32): core.CodeNotFound} {
		err := b.db.Update(func(tx *store.Tx) error {
			_, err := SetState(b.w.At(noon, tx), id, Active)
			return err
		})
		var e *core.Error
		if !errors.As(err, &e) || e.Code != want {
			t.Errorf("error %v, want code %s", err, want)
		}
	}
}

func TestUnknownSchemeIsRefused(t *testing.T) {
	b := newBench(t)
	err := b.db.Update(func(tx *store.Tx) error {
		_, err := Provision(b.w.At(noon, tx), Provisioning{Merchant: b.w.Own(), MerchantID: shopID, Card: b.w.Ref(pan(visaCard)), CardExpiry: expiry, Scheme: "dankort"})
		return err
	})
	if err == nil {
		t.Error("a token of no scheme was issued")
	}
}
