package simulator_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// explainedRules is what explain says of the rules.
type explainedRules struct {
	Decision struct {
		Rule       string
		Considered []struct{ Rule, Failed, Reason string }
	}
}

func explainOf(t *testing.T, c *simulatortest.Client, id string) explainedRules {
	t.Helper()
	var e explainedRules
	if err := c.Admin(http.MethodGet, "/requests/"+id+"/explain", nil, &e); err != nil {
		t.Fatal(err)
	}
	return e
}

func numbered(n int) string {
	return fmt.Sprintf("version: 1\nname: story-%d\nsummary: One of many.\nrules:\n  - {name: other %d, on: cipher.*, do: pass}\n  - {name: false %d, on: acehub.*, when: amount > 99999, do: pass}\n", n, n, n)
}

// TestExplainOutlivesItsScenario: what was considered is still told by name when the
// scenario is replaced, after a restart and after a reset of nothing else; and when
// it was replaced too often, what is known is told all the same.
func TestExplainOutlivesItsScenario(t *testing.T) {
	file := filepath.Join(t.TempDir(), "kept.db")
	c, s := startOn(t, simulator.Config{Data: file})
	put(t, c, numbered(1))
	if _, err := c.AceHub(http.MethodGet, "payments/none?businessId="+c.Env["ACEHUB_BUSINESS_ID"], nil); err != nil {
		t.Fatal(err)
	}
	journal, err := c.Journal("acehub.payment.get")
	if err != nil || len(journal) == 0 {
		t.Fatalf("%v %v", journal, err)
	}
	id := journal[0].ID
	told := func(when string, c *simulatortest.Client) {
		t.Helper()
		d := explainOf(t, c, id).Decision
		if len(d.Considered) != 2 || d.Considered[0].Rule != "other 1" || d.Considered[0].Failed != "on" || d.Considered[1].Rule != "false 1" || d.Considered[1].Failed != "when" {
			t.Errorf("%s it says %+v", when, d)
		}
	}
	told("at once", c)
	put(t, c, numbered(2))
	told("after a replacement", c)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	c, _ = simulatortest.Start(t, simulator.Config{Data: file})
	told("after a restart", c)
	for n := range 70 {
		put(t, c, numbered(n+3))
	}
	if d := explainOf(t, c, id).Decision; len(d.Considered) != 0 {
		t.Errorf("70 scenarios later it still knows %+v", d)
	}
}
