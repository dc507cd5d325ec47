package simulator_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"testing"
	"time"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// sandboxAnswer is what tests read of GET S, with its settings.
type sandboxAnswer struct {
	ID        string
	Seed      uint64
	Env       map[string]string
	Clock     struct{ Mode, Now string }
	Scenarios []string
	Created   bool
	Settings  map[string]map[string]struct{ Value, Default any } `json:"-"`
}

func sandboxOf(t *testing.T, c *simulatortest.Client) sandboxAnswer {
	t.Helper()
	var a sandboxAnswer
	if err := c.Admin("GET", "", nil, &a); err != nil {
		t.Fatal(err)
	}
	if err := c.Admin("GET", "/settings", nil, &a.Settings); err != nil {
		t.Fatal(err)
	}
	return a
}

func instant(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// run starts a simulator, uses it, and hands out its end.
func run(t *testing.T, cfg simulator.Config, use func(*simulatortest.Client, *simulator.Simulator)) (*simulatortest.Client, func()) {
	t.Helper()
	s, err := simulator.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	env, err := s.Env()
	if err != nil {
		t.Fatal(err)
	}
	c := simulatortest.New(env)
	use(c, s)
	return c, func() {
		t.Helper()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// in is a client of another sandbox of the same simulator, with that one's
// credentials where it exists.
func in(c *simulatortest.Client, id string) *simulatortest.Client {
	other := simulatortest.New(maps.Clone(c.Env))
	other.Env["CARDSIM_SANDBOX"] = id
	var a sandboxAnswer
	if other.Admin("GET", "", nil, &a) == nil {
		other.Env = a.Env
	}
	return other
}

// create makes a sandbox over the admin API.
func create(c *simulatortest.Client, body, into any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	a, err := c.Do("POST", c.Env["CARDSIM_ADMIN_URL"]+"/api/v1/sandboxes", data, "Content-Type", "application/json")
	if err != nil {
		return err
	}
	if a.Status != 201 {
		return fmt.Errorf("HTTP %d %s", a.Status, a.Body)
	}
	return a.JSON(into)
}
