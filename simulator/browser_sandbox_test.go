package simulator_test

import (
	"net/http"
	"path/filepath"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// TestABrowserFindsItsSandbox by nothing but the address of its challenge: among
// others, after a restart that remembers none, and no more once it is gone.
func TestABrowserFindsItsSandbox(t *testing.T) {
	data := filepath.Join(t.TempDir(), "cardsim.db")
	c, run := startOn(t, simulator.Config{Data: data})
	pages := map[string]string{}
	for _, id := range []string{"one", "two", "three"} {
		made, err := run.CreateSandbox(simulator.SandboxOptions{ID: id})
		did(t, err)
		in := simulatortest.New(made.Env)
		look, err := in.Lookup(good("SAME-1"))
		did(t, err)
		challenge, err := challengeOf(in, look["TransactionId"])
		did(t, err)
		pages[id] = "/acs/challenge/" + challenge
	}
	entries := 0
	see := func(want int) {
		t.Helper()
		entries++
		for id, page := range pages {
			a, err := c.Do(http.MethodGet, c.Env["CARDSIM_URL"]+page, nil)
			did(t, err)
			var found struct{ Count int }
			in := *c
			in.Env = map[string]string{"CARDSIM_ADMIN_URL": c.Env["CARDSIM_ADMIN_URL"], "CARDSIM_SANDBOX": id}
			did(t, in.Admin(http.MethodPost, "/requests/count", map[string]string{"operation": "acs.challenge.open"}, &found))
			if a.Status != want || found.Count != entries {
				t.Errorf("%s: HTTP %d, %d in its journal, want %d", id, a.Status, found.Count, entries)
			}
		}
	}
	see(http.StatusOK) // as its lookup left word
	did(t, run.Close())
	c, run = startOn(t, simulator.Config{Data: data})
	see(http.StatusOK) // found by looking
	see(http.StatusOK)
	did(t, c.Admin(http.MethodPost, "/reset", nil, nil)) // another's
	for _, id := range []string{"two", "three"} {
		a := raw(t, c, http.MethodDelete, "/api/v1/sandboxes/"+id, "")
		if gone, err := c.Do(http.MethodGet, c.Env["CARDSIM_URL"]+pages[id], nil); a.Status != http.StatusNoContent || err != nil || gone.Status != http.StatusNotFound {
			t.Errorf("%s: deleted with HTTP %d, then HTTP %d, %v", id, a.Status, gone.Status, err)
		}
		delete(pages, id)
	}
	see(http.StatusOK)
	did(t, run.Close())
}
