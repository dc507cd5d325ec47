package scheme

import (
	"encoding/base64"
	"errors"
	"regexp"
	"sync"
	"testing"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

func TestCryptogramForms(t *testing.T) {
	b := newBench(t)
	hex := regexp.MustCompile(`^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$`)
	for _, tc := range []struct {
		network     Scheme
		form        string
		bytes, long int
	}{
		{Visa, `^AgAA[A-Za-z0-9+/]{23}=$`, 20, 28},
		{Mastercard, `^[A-P][A-Za-z0-9+/]{25}==$`, 19, 28},
		{Test, `^[A-Za-z0-9+/]{43}=$`, 32, 44},
	} {
		c := b.issue(b.provision(visaCard, tc.network), "87654321")
		raw, err := base64.StdEncoding.DecodeString(c.Value)
		if err != nil || len(raw) != tc.bytes || len(c.Value) != tc.long || !regexp.MustCompile(tc.form).MatchString(c.Value) {
			t.Errorf("%s: cryptogram %q (%d bytes) has not the form %s", tc.network, c.Value, len(raw), tc.form)
		}
		if tc.network == Test && !hex.Match(raw) {
			t.Errorf("testscheme: %q is not the text of a UUID", raw)
		}
		if !hex.MatchString(c.PaymentDataID) {
			t.Errorf("%s: paymentdataid %q", tc.network, c.PaymentDataID)
		}
	}
}

func TestUnpredictableNumberMattersToMastercardOnly(t *testing.T) {
	w := world(t, "default", 1)
	for network, differs := range map[Scheme]bool{Visa: false, Mastercard: true, Test: false} {
		tok := Token{ID: "529d7cb6a75e4bab8d71eb09dcd489e0", Scheme: network}
		one, two := cryptogramValue(w, tok, "1", "87654321"), cryptogramValue(w, tok, "1", "00000000")
		if (one != two) != differs {
			t.Errorf("%s: cryptograms differ is %v, want %v", network, one != two, differs)
		}
		if none := cryptogramValue(w, tok, "1", ""); none != cryptogramValue(w, tok, "1", "") {
			t.Errorf("%s: the scheme's own number is not the same each time", network)
		}
	}
}

func TestSpendCryptogram(t *testing.T) {
	lifetime := 15 * time.Minute
	for name, tc := range map[string]struct {
		change func(b *bench, tok Token, value string) (Token, string)
		want   string
	}{
		"good":         {func(_ *bench, tok Token, v string) (Token, string) { return tok, v }, ""},
		"at its limit": {func(b *bench, tok Token, v string) (Token, string) { b.advance(lifetime); return tok, v }, ""},
		"missing":      {func(_ *bench, tok Token, _ string) (Token, string) { return tok, "" }, CryptogramMissing},
		"unknown":      {func(_ *bench, tok Token, v string) (Token, string) { return tok, v[1:] }, CryptogramUnknown},
		"used":         {func(b *bench, tok Token, v string) (Token, string) { b.spend(tok, v); return tok, v }, CryptogramUsed},
		"expired": {func(b *bench, tok Token, v string) (Token, string) {
			b.advance(lifetime + time.Nanosecond)
			return tok, v
		}, CryptogramExpired},
		"shorter life by setting": {func(b *bench, tok Token, v string) (Token, string) {
			b.set("acehub", "cryptogramLifetime", "1s")
			b.advance(2 * time.Second)
			return tok, v
		}, CryptogramExpired},
		"other token": {func(b *bench, _ Token, v string) (Token, string) { return b.provision(otherPAN, Visa), v }, CryptogramOtherToken},
		"deleted":     {func(b *bench, tok Token, v string) (Token, string) { b.setState(tok, Deactivated); return tok, v }, TokenNotActive},
		"suspended":   {func(b *bench, tok Token, v string) (Token, string) { b.setState(tok, Suspended); return tok, v }, TokenNotActive},
		"the elder of two tokenids with one number": {func(b *bench, _ Token, v string) (Token, string) {
			return b.provision(visaCard, Visa), v
		}, ""},
		"issued for a tokenid that died, paid with its twin": {func(b *bench, tok Token, v string) (Token, string) {
			twin := b.provision(visaCard, Visa)
			b.setState(tok, Deactivated)
			return twin, v
		}, TokenNotActive},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			tok := b.provision(visaCard, Visa)
			with, value := tc.change(b, tok, b.issue(tok, "").Value)
			if got := b.spend(with, value); got != tc.want {
				t.Errorf("refusal %q, want %q", got, tc.want)
			}
			if value != "" && tc.want != CryptogramUnknown {
				if got := b.spend(with, value); got == "" {
					t.Error("the cryptogram was accepted after an attempt")
				}
			}
		})
	}
}

func TestDeadTokensGetNoCryptogram(t *testing.T) {
	b := newBench(t)
	suspended, expired := b.provision(visaCard, Visa), b.provision(testCard, Test)
	b.setState(suspended, Suspended)
	b.advance(expiry.End().Sub(noon))
	for tok, want := range map[string]string{suspended.ID: TokenNotActive, expired.ID: TokenExpired} {
		err := b.db.Update(func(tx *store.Tx) error {
			s := b.w.At(b.w.Clock.Now(), tx)
			now, _, err := TokenByID(s, tok)
			if err != nil {
				return err
			}
			_, err = IssueCryptogram(s, now, "")
			return err
		})
		var r *core.Refusal
		if !errors.As(err, &r) || r.Code != want {
			t.Errorf("error %v, want refusal %s", err, want)
		}
	}
}

func TestCheckToken(t *testing.T) {
	b := newBench(t)
	tok := b.provision(visaCard, Visa)
	b.do(func(s sandbox.Scope) error {
		for _, tc := range []struct {
			use  TokenUse
			want string
		}{
			{TokenUse{"shop", tok.Expiry}, ""},
			{TokenUse{"rival", tok.Expiry}, TokenOtherMerchant},
			{TokenUse{"shop", tok.CardExpiry}, TokenExpiryMismatch},
			{TokenUse{"shop", core.Expiry{}}, TokenExpiryMismatch},
		} {
			if got := codeOf(CheckToken(s, tok, tc.use)); got != tc.want {
				t.Errorf("%+v: refusal %q, want %q", tc.use, got, tc.want)
			}
		}
		return nil
	})
}

func TestOnlyOneOfManySpendsACryptogram(t *testing.T) {
	b := newBench(t)
	tok := b.provision(visaCard, Visa)
	value := b.issue(tok, "").Value
	codes := make([]string, 16)
	var wg sync.WaitGroup
	for i := range codes {
		wg.Go(func() { codes[i] = b.spend(tok, value) })
	}
	wg.Wait()
	accepted := 0
	for _, c := range codes {
		if c == "" {
			accepted++
		} else if c != CryptogramUsed {
			t.Errorf("refusal %s, want %s", c, CryptogramUsed)
		}
	}
	if accepted != 1 {
		t.Errorf("%d attempts were accepted, want 1", accepted)
	}
}
