package simulator_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cardsim/simulator"
	"cardsim/simulator/guard"
	"cardsim/simulator/simulatortest"
)

// realLooking passes Luhn, begins like a Visa card and is in no list.
const realLooking = "4539578763621486"

// logged collects a log that several requests write.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// soon is the log once all of the parts are in it, or after ten seconds: what another
// process writes arrives a moment after its answer.
func (l *logged) soon(parts ...string) string {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(10 * time.Second)
	for {
		text := l.String()
		if !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(text, p) }) {
			return text
		}
		select {
		case <-deadline:
			return text
		case <-tick.C:
		}
	}
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// guarded starts a simulator in a mode of the guard.
func guarded(t *testing.T, mode guard.Mode) (*simulatortest.Client, *logged) {
	t.Helper()
	log := &logged{}
	c, _ := simulatortest.Start(t, simulator.Config{Guard: mode, Log: slog.New(slog.NewTextHandler(log, nil))})
	return c, log
}

// sending sends a card number to a provider; it returns the answer as text and
// whether the provider took the number.
type sending func(c *simulatortest.Client, pan string) (answer string, taken bool, err error)

// sendings has one for each of the four providers, by operation.
func sendings() map[string]sending {
	return map[string]sending{
		"cardtokens.token.create": sendToken,
		"acehub.payment.create":   sendPayment,
		"cardinal.lookup":         sendLookup,
		"cipher.card.create": func(c *simulatortest.Client, pan string) (string, bool, error) {
			return sendEnrolment(c, map[string]string{"scheme": "DEFAULT", "cardNumber": pan})
		},
	}
}

func sendToken(c *simulatortest.Client, pan string) (string, bool, error) {
	a, err := c.Do("POST", c.Env["CARDTOKENS_URL"]+"/api/token", jsonOf(map[string]any{
		"card":       map[string]any{"pan": pan, "expmonth": 1, "expyear": 2031, "securitycode": "123"},
		"merchantid": c.Env["CARDTOKENS_MERCHANT_ID"],
	}), "X-Api-Key", c.Env["CARDTOKENS_LIVE_API_KEY"], "Content-Type", "application/json")
	return string(a.Body), a.Status == 200, err
}

func sendPayment(c *simulatortest.Client, pan string) (string, bool, error) {
	p, err := c.Pay(simulatortest.Payment{
		Action:      "payment",
		Transaction: map[string]any{"trackingCode": "GUARD-" + pan[12:] + "-abcdef", "brandId": 1010, "amount": 10, "currencyCode": "EUR"},
		Card:        map[string]any{"number": pan, "expiryMonth": 1, "expiryYear": 2031, "cvv": "123"},
	})
	return string(p.Raw), p.HTTP == 200 && p.Result == 0, err
}

func sendLookup(c *simulatortest.Client, pan string) (string, bool, error) {
	e, err := c.Lookup(simulatortest.Order{Number: "GUARD-1", Minor: 100, Currency: "978", Card: simulatortest.Card{PAN: pan, Month: 1, Year: 2031}})
	return e["ErrorNo"] + " " + e["ErrorDesc"], e["TransactionId"] != "", err
}

func sendEnrolment(c *simulatortest.Client, card map[string]string) (string, bool, error) {
	a, err := c.Do("POST", c.Env["CIPHER_URL"]+"/tenants/"+c.Env["CIPHER_TENANT_ID"]+"/cards", jsonOf(map[string]any{
		"name": "Ada Tester", "cardInfo": card,
		"identities": []map[string]string{{"type": "tenantUniqueVector", "value": "V-guard"}, {"type": "phoneNumber", "value": "+4512345678"}},
	}), "X-Zeta-AuthToken", c.Env["CIPHER_AUTH_TOKEN"], "Content-Type", "application/json")
	return string(a.Body), a.Status == 200, err
}

func jsonOf(v any) []byte {
	data, _ := json.Marshal(v) // maps of texts always encode
	return data
}

// made are the lists of what requests make.
func made() []string { return []string{"/payments", "/tokens", "/cardholders", "/transactions"} }

// nowhere demands that the number is in no log, no journal entry and no list.
func nowhere(t *testing.T, c *simulatortest.Client, log *logged) {
	t.Helper()
	if strings.Contains(log.String(), realLooking) {
		t.Error("the number is in the log")
	}
	entries, err := c.Journal("")
	if err != nil || len(entries) == 0 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	paths := append(made(), "/requests?limit=1000")
	for _, e := range entries {
		paths = append(paths, "/requests/"+e.ID)
	}
	for _, path := range paths {
		var text json.RawMessage
		if err := c.Admin("GET", path, nil, &text); err != nil || strings.Contains(string(text), realLooking) {
			t.Errorf("the number is in %s, or %v", path, err)
		}
	}
}

// nothingMade demands that nothing came of the requests.
func nothingMade(t *testing.T, c *simulatortest.Client) {
	t.Helper()
	for _, list := range made() {
		var page struct{ Items []any }
		if err := c.Admin("GET", list, nil, &page); err != nil || len(page.Items) != 0 {
			t.Errorf("%s holds %v, %v", list, page.Items, err)
		}
	}
}
