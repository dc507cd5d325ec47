package cipher

import (
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/issuer"
)

// FuzzBody feeds any bytes to everything that decodes a body: nothing panics, and
// what passes has the form that the domain relies on.
func FuzzBody(f *testing.F) {
	f.Add([]byte(createOld))
	f.Add([]byte(createNew))
	f.Add([]byte(changeBoth))
	f.Add([]byte(disable))
	f.Add([]byte(`{"cardInfo":{"scheme":"SHA256","cardNumberSha":"` + shaNew + `","maskedcardNumber":"111222xxxxxx3895"}}`))
	f.Add([]byte(`{"cardInfo":{"cardNumber":1e400},"identities":[null]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		body, err := parse(data)
		if err != nil {
			return
		}
		if s, err := state(body, true); err == nil && s != issuer.Enabled && s != issuer.Disabled {
			t.Errorf("state %q passed", s)
		}
		for _, name := range []string{enrolmentList, updateList} {
			list, err := identities(body, name, issuer.Vector, issuer.PhoneNumber, issuer.Email)
			if err == nil && len(list) == 0 {
				t.Error("an empty list passed")
			}
			for _, id := range list {
				if id.Value == "" {
					t.Errorf("%s without value passed", id.Type)
				}
			}
		}
		card, err := body.object("cardInfo")
		if err != nil {
			return
		}
		info, err := parseCardInfo(card)
		if err != nil {
			return
		}
		if n := len(info.number.Digits()); n != 15 && n != 16 && !info.number.IsZero() {
			t.Errorf("a number of %d digits passed", n)
		}
		if info.number.IsZero() && (!core.AllDigits(info.mask.First6+info.mask.Last4) || info.mask.Length < 15 || info.mask.Length > 16) {
			t.Errorf("mask %+v passed", info.mask)
		}
	})
}
