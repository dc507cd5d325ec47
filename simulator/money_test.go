package simulator_test

import (
	"fmt"
	"math"
	"net/http"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// troubled loses and spoils answers at all five points, by the sandbox's draws.
const troubled = `version: 1
name: troubled
summary: One call of six meets trouble, at any point.
rules:
  - {name: early, on: "acehub.payment.*", probability: 0.04, do: {fault: {kind: reset, at: before-validation}}}
  - {name: checked, on: "acehub.payment.*", probability: 0.04, do: {fault: {kind: empty, at: after-validation}}}
  - {name: committed, on: "acehub.payment.*", probability: 0.04, do: {fault: {kind: reset, at: after-commit}}}
  - {name: half, on: "acehub.payment.*", probability: 0.04, do: {fault: {kind: truncate, at: mid-body}}}
  - {name: late, on: "acehub.payment.*", probability: 0.04, do: {fault: {kind: reset, at: after-answer}}}
`

// deed is one operation of a random history.
type deed struct {
	Kind    string // authorize, pay, capture, cancel, refund
	Payment int    // which of those authorised so far
	Proof   int    // which cryptogram, for authorize
	Cents   int
}

// books are what the callers were told.
type books struct {
	mu       sync.Mutex
	payments []string
	approved map[int]int // by cryptogram
	told     map[string]*bill
	seen     map[string]int // what happened, over all histories
}

type bill struct{ captured, refunded int }

// TestMoney: whatever is asked for, by eight callers at once, with answers lost at
// all five points, no payment gives more than it took, nothing that was
// acknowledged is missing, and no cryptogram pays twice.
func TestMoney(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	put(t, c, troubled)
	card := simulatortest.Card{PAN: "4000000000001091", Month: 1, Year: 2031}
	token, err := c.CreateToken(c.Env["CARDTOKENS_LIVE_API_KEY"], card)
	if err != nil {
		t.Fatal(err)
	}
	quiet := simulatortest.New(c.Env) // a connection that was reset is not used again for what must not fail
	quiet.HTTP.Transport = &http.Transport{DisableKeepAlives: true}
	runs, seen := 0, map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		runs++
		history := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) deed {
			return deed{
				Kind:    rapid.SampledFrom([]string{"authorize", "authorize", "pay", "capture", "capture", "capture", "cancel", "cancel", "refund", "refund", "refund"}).Draw(t, "kind"),
				Payment: rapid.IntRange(0, 11).Draw(t, "payment"), Proof: rapid.IntRange(0, 15).Draw(t, "proof"), Cents: rapid.IntRange(1, 1500).Draw(t, "cents"),
			}
		}), 40, 120).Draw(rt, "history")
		var proofs []string
		for i := range 16 {
			got, err := quiet.GetCryptogram(c.Env["CARDTOKENS_LIVE_API_KEY"], token.TokenID, fmt.Sprintf("MONEY-%d-%d", runs, i))
			if err != nil {
				rt.Fatal(err)
			}
			proofs = append(proofs, got.Cryptogram)
		}
		b := &books{approved: map[int]int{}, told: map[string]*bill{}, seen: seen}
		work := make(chan int)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for n := range work {
					b.perform(c, token, proofs, history[n], fmt.Sprintf("MONEY-%06d-%04d", runs, n))
				}
			})
		}
		for n := range history {
			work <- n
		}
		close(work)
		wg.Wait()
		b.audit(rt, quiet)
	})
	t.Logf("%d histories: %v", runs, seen)
	for _, kind := range []string{"authorize", "pay", "capture", "cancel", "refund", "lost"} {
		if seen[kind] == 0 {
			t.Errorf("no %s in %d histories: the test shows nothing: %v", kind, runs, seen)
		}
	}
}

// perform does one deed and keeps what the caller was told of it.
func (b *books) perform(c *simulatortest.Client, token simulatortest.Token, proofs []string, d deed, code string) {
	amount := float64(d.Cents) / 100
	if d.Kind == "authorize" || d.Kind == "pay" {
		body := simulatortest.Payment{
			Action:      map[string]string{"authorize": "authorize", "pay": "payment"}[d.Kind],
			Transaction: map[string]any{"trackingCode": code, "brandId": 1010, "amount": 10, "currencyCode": "EUR"},
			Card:        map[string]any{"number": token.Token, "expiryMonth": token.ExpMonth, "expiryYear": token.ExpYear, "cryptogram": proofs[d.Proof]},
		}
		paid, err := c.Pay(body)
		b.mu.Lock()
		defer b.mu.Unlock()
		if err != nil {
			b.seen["lost"]++
		} else if paid.HTTP == http.StatusOK && paid.Result == 0 {
			b.seen[d.Kind]++
			b.payments = append(b.payments, paid.Body.Transaction.ID)
			b.approved[d.Proof]++
		}
		return
	}
	b.mu.Lock()
	if len(b.payments) == 0 {
		b.mu.Unlock()
		return
	}
	id := b.payments[d.Payment%len(b.payments)]
	b.mu.Unlock()
	paid, err := c.AceHub(http.MethodPost, "payments/"+id+"/"+d.Kind, map[string]any{
		"action": d.Kind, "header": map[string]string{"businessId": c.Env["ACEHUB_BUSINESS_ID"]},
		"body": map[string]any{"transaction": map[string]any{"trackingCode": code, "amount": amount, "currencyCode": "EUR"}},
	})
	if err != nil || paid.HTTP != http.StatusOK || paid.Result != 0 {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.seen[d.Kind]++
	if b.told[id] == nil {
		b.told[id] = &bill{}
	}
	switch d.Kind {
	case "capture":
		b.told[id].captured += d.Cents
	case "refund":
		b.told[id].refunded += d.Cents
	}
}

// stand is what the simulator says of a payment's money.
type stand struct {
	ID    string
	Money struct{ Authorized, Captured, Released, Refunded, Held, Kept float64 }
}

func (b *books) audit(t *rapid.T, c *simulatortest.Client) {
	for proof, n := range b.approved {
		if n > 1 {
			t.Errorf("cryptogram %d paid %d times", proof, n)
		}
	}
	for _, id := range b.payments {
		var p stand
		if err := c.Admin(http.MethodGet, "/payments/"+id, nil, &p); err != nil {
			t.Fatalf("acknowledged payment %s: %v", id, err)
		}
		m := p.Money
		if m.Captured > m.Authorized || m.Refunded > m.Captured || !near(m.Held, m.Authorized-m.Captured-m.Released) || !near(m.Kept, m.Captured-m.Refunded) || m.Held < 0 || m.Kept < 0 {
			t.Errorf("payment %s does not add up: %+v", id, m)
		}
		if told := b.told[id]; told != nil && (cents(m.Captured) < told.captured || cents(m.Refunded) < told.refunded) {
			t.Errorf("payment %s lost what was acknowledged: told %+v, has %+v", id, *told, m)
		}
	}
}

func cents(amount float64) int { return int(math.Round(amount * 100)) }

func near(a, b float64) bool { return cents(a) == cents(b) }

// put uses scenarios given as YAML.
func put(t testing.TB, c *simulatortest.Client, yaml string) {
	t.Helper()
	a, err := c.Do(http.MethodPut, c.Env["CARDSIM_ADMIN_URL"]+"/api/v1/sandboxes/default/scenarios", []byte(yaml), "Content-Type", "application/yaml")
	if err != nil || a.Status != http.StatusOK {
		t.Fatalf("use the scenario: %v HTTP %d %s", err, a.Status, a.Body)
	}
}
