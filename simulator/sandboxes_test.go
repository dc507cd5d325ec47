package simulator_test

import (
	"bytes"
	"fmt"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// parallelScripts is how many test scripts share one simulator (issue 4).
const parallelScripts = 64

// script is one test of somebody's suite: what it sends, and so what its own world
// must have counted.
type script struct {
	lookups, tokens, payments int
	declined                  bool // its scenario declines the first payment
}

// scriptOf gives every script counts of its own: no two neighbours have the same.
func scriptOf(i int) script {
	return script{lookups: 1 + i%5, tokens: 1 + i%3, payments: 1 + i%2, declined: i%4 == 0}
}

// TestParallelScripts: each test script has a world of its own, and no count is
// wrong; a reset empties one world and leaves the others as they are to the byte.
func TestParallelScripts(t *testing.T) {
	for _, strict := range []bool{true, false} {
		t.Run(fmt.Sprintf("strict=%v", strict), func(t *testing.T) {
			c, s := simulatortest.Start(t, simulator.Config{StrictCredentials: strict})
			clients := make([]*simulatortest.Client, parallelScripts)
			t.Run("scripts", func(t *testing.T) {
				for i := range clients {
					t.Run(fmt.Sprint(i), func(t *testing.T) {
						t.Parallel()
						clients[i] = scriptOf(i).run(t, s, fmt.Sprintf("script-%d", i))
					})
				}
			})
			if t.Failed() {
				return
			}
			resetOne(t, clients, 17)
			if entries, err := c.Journal(""); err != nil || len(entries) != 0 {
				t.Errorf("the default sandbox has counted %d, %v", len(entries), err)
			}
		})
	}
}

// run makes a world, sends what the script sends, and checks what was counted.
func (p script) run(t *testing.T, s *simulator.Simulator, id string) *simulatortest.Client {
	o := simulator.SandboxOptions{ID: id}
	want := []map[string]any{
		{"operation": "cardinal.lookup", "count": p.lookups},
		{"operation": "cardtokens.token.create", "count": p.tokens},
		{"operation": "acehub.payment.create", "count": p.payments},
	}
	if p.declined {
		o.Scenarios = []string{"decline-then-approve"}
		want = append(want, map[string]any{"operation": "acehub.payment.create", "where": `outcome == "declined"`, "count": 1})
	}
	made, err := s.CreateSandbox(o)
	if err != nil {
		t.Fatal(err)
	}
	c := simulatortest.New(made.Env)
	p.send(t, c)
	if err := c.Admin("POST", "/verify", map[string]any{"calls": want}, nil); err != nil {
		t.Errorf("%s: %v", id, err)
	}
	entries, err := c.Journal("")
	if all := p.lookups + p.tokens + p.payments; err != nil || len(entries) != all {
		t.Errorf("%s: the journal has %d entries, want %d: %v", id, len(entries), all, err)
	}
	return c
}

// send is the script's requests: the same orders and cards in every world, so that
// anything shared would collide.
func (p script) send(t *testing.T, c *simulatortest.Client) {
	t.Helper()
	for i := range p.lookups {
		if got, err := c.Lookup(good(fmt.Sprintf("PARALLEL-%d", i))); err != nil || got["ErrorNo"] != "0" {
			t.Fatalf("%v, %v", got, err)
		}
	}
	for range p.tokens {
		if _, err := c.CreateToken(c.Env["CARDTOKENS_API_KEY"], good("PARALLEL").Card); err != nil {
			t.Fatal(err)
		}
	}
	for i := range p.payments {
		want := 0
		if p.declined && i == 0 {
			want = -4
		}
		paid, err := c.Pay(simulatortest.Payment{
			Action:      "authorize",
			Transaction: map[string]any{"trackingCode": fmt.Sprintf("PARALLEL-%d", i), "brandId": 1010, "amount": 10, "currencyCode": "EUR"},
			Card:        map[string]any{"number": "4000000000001091", "expiryMonth": "1", "expiryYear": "2031", "cvv": "123", "holderName": "Ada Tester"},
		})
		if err != nil || paid.Result != want {
			t.Fatalf("%s, %v, want %d", paid.Raw, err, want)
		}
	}
}

// resetOne empties one world and compares the exports of all before and after.
func resetOne(t *testing.T, clients []*simulatortest.Client, which int) {
	t.Helper()
	before := make([][]byte, len(clients))
	for i, c := range clients {
		before[i] = export(t, c)
	}
	if err := clients[which].Admin("POST", "/reset", nil, nil); err != nil {
		t.Fatal(err)
	}
	for i, c := range clients {
		after := export(t, c)
		if same := bytes.Equal(before[i], after); same == (i == which) {
			t.Errorf("script-%d: the export is the same: %v, and script-%d was reset", i, same, which)
		}
	}
	if entries, err := clients[which].Journal(""); err != nil || len(entries) != 0 {
		t.Errorf("the emptied world has %d entries, %v", len(entries), err)
	}
}
