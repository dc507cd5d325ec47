package simulator_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"cardsim/simulator/simulatortest"
)

// jumpBook is what was acknowledged while clocks jumped, by address in the admin API.
type jumpBook struct {
	mu     sync.Mutex
	states map[string]string
	calls  atomic.Int64 // of providers
}

// note keeps what an answer said of a thing.
func (b *jumpBook) note(address, state string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	before, known := b.states[address]
	if strings.HasSuffix(address, "/") || known && before != "authorized" {
		return fmt.Errorf("%q is %s, and was made before and is %s", address, state, before)
	}
	b.states[address] = state
	return nil
}

// compare holds what is there to what was acknowledged.
func (b *jumpBook) compare(t *testing.T, c *simulatortest.Client) {
	t.Helper()
	for address, want := range b.states {
		var got struct {
			Status    string
			Challenge *struct{ State string }
		}
		if err := c.Admin(http.MethodGet, address, nil, &got); err != nil {
			t.Fatal(err)
		}
		if got.Challenge != nil {
			got.Status = got.Challenge.State
		}
		if got.Status != want {
			t.Errorf("%s is %s, and was answered to be %s", address, got.Status, want)
		}
	}
}

// client does one thing after another while clocks jump. Every answer must be one
// that the provider has for a right time or a wrong one.
func (b *jumpBook) client(c *simulatortest.Client, name string, rounds int) error {
	for n := range rounds {
		number := fmt.Sprintf("%s-%d", name, n)
		for _, step := range []func(*simulatortest.Client, string) error{b.pays, b.isAsked, b.provisions} {
			if err := step(c, number); err != nil {
				return fmt.Errorf("%s: %w", number, err)
			}
		}
	}
	return nil
}

// pays authorises with a plain card, and captures.
func (b *jumpBook) pays(c *simulatortest.Client, number string) error {
	b.calls.Add(2)
	held, err := c.Pay(simulatortest.Payment{Action: "authorize",
		Transaction: map[string]any{"trackingCode": "PAY-" + number, "brandId": 1010, "amount": 12.34, "currencyCode": "EUR"},
		Card:        map[string]any{"number": "4111111111111111", "expiryMonth": 1, "expiryYear": 2099, "cvv": "123"},
	})
	if err != nil || held.Result != 0 {
		return fmt.Errorf("authorize: %s %w", held.Raw, err)
	}
	id := held.Body.Transaction.ID
	if err := b.note("/payments/"+id, "authorized"); err != nil {
		return err
	}
	taken, err := c.AceHub(http.MethodPost, "payments/"+id+"/capture", followUp(c, "capture", "CAP-"+number, 12.34))
	if err != nil || taken.Result != 0 {
		return fmt.Errorf("capture: %s %w", taken.Raw, err)
	}
	return b.note("/payments/"+id, "captured")
}

// isAsked goes through a challenge, which may run out of time in the middle.
func (b *jumpBook) isAsked(c *simulatortest.Client, number string) error {
	b.calls.Add(1)
	order := good(number)
	order.Card.Year = 2099
	look, err := c.Lookup(order)
	if err != nil || look["ErrorNo"] != "0" {
		return fmt.Errorf("lookup: %v %w", look, err)
	}
	id, err := challengeOf(c, look["TransactionId"])
	if err != nil {
		return err
	}
	acted, err := c.Act(id, map[string]string{"action": "approve"})
	if err != nil || acted.State != "finished" && acted.State != "expired" {
		return fmt.Errorf("approve: %+v %w", acted, err)
	}
	return b.note("/transactions/"+look["TransactionId"], acted.State)
}

// provisions makes a token and pays with its cryptogram, which may come too late.
func (b *jumpBook) provisions(c *simulatortest.Client, number string) error {
	b.calls.Add(3)
	token, err := c.CreateToken(liveKey(c), simulatortest.Card{PAN: "4000000000001091", Month: 1, Year: 2099, CVV: "123"})
	if err != nil {
		return err
	}
	if err := b.note("/tokens/"+token.TokenID, "ACTIVE"); err != nil {
		return err
	}
	cryptogram, err := c.GetCryptogram(liveKey(c), token.TokenID, number)
	if err != nil {
		return err
	}
	paid, err := c.Pay(simulatortest.Payment{Action: "authorize",
		Transaction: map[string]any{"trackingCode": "TOK-" + number, "brandId": 1010, "amount": 1, "currencyCode": "EUR"},
		Card:        map[string]any{"number": token.Token, "expiryMonth": token.ExpMonth, "expiryYear": token.ExpYear, "cryptogram": cryptogram.Cryptogram},
	})
	if err != nil || paid.Result != 0 && paid.Result != -4 {
		return fmt.Errorf("pay with a token: %s %w", paid.Raw, err)
	}
	return b.note("/payments/"+paid.Body.Transaction.ID, map[int]string{0: "authorized", -4: "declined"}[paid.Result])
}
