package simulator_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
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
	c, s := startOn(t, cfg)
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

// movedTo is a client with the same credentials at the simulator of another one.
func movedTo(from, at *simulatortest.Client) *simulatortest.Client {
	env := maps.Clone(from.Env)
	for name, value := range at.Env {
		if strings.HasSuffix(name, "_URL") {
			env[name] = value
		}
	}
	return simulatortest.New(env)
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

// problem is an error document of the admin API.
type problem struct {
	Status int
	Detail string
	Errors []struct {
		Pointer, Detail string
		Line, Column    int
	}
}

// adminCall sends text to a path below the API's sandboxes and reads a problem, if
// that is what comes back.
func adminCall(t *testing.T, c *simulatortest.Client, method, path, body string) (simulatortest.Answer, problem) {
	t.Helper()
	a, err := c.Do(method, c.Env["CARDSIM_ADMIN_URL"]+"/api/v1/sandboxes"+path, []byte(body), "Content-Type", "application/json")
	if err != nil {
		t.Fatal(err)
	}
	var p problem
	if a.Header.Get("Content-Type") == "application/problem+json" {
		if err := a.JSON(&p); err != nil {
			t.Fatal(err)
		}
	}
	return a, p
}

// refusedEverywhere wants a sandbox's credentials to be good at no provider.
func refusedEverywhere(t *testing.T, when string, c *simulatortest.Client) {
	t.Helper()
	if _, err := c.CreateToken(c.Env["CARDTOKENS_API_KEY"], good("X").Card); err == nil {
		t.Errorf("%s: Cardtokens takes the key", when)
	}
	if paid, err := c.AceHub("GET", "payments/x?businessId="+c.Env["ACEHUB_BUSINESS_ID"], nil); err != nil || paid.HTTP != 401 {
		t.Errorf("%s: AceHub answers HTTP %d, %v", when, paid.HTTP, err)
	}
	if got, err := c.Lookup(good("X")); err != nil || got["ErrorNo"] != "1001" {
		t.Errorf("%s: Cardinal answers %v, %v", when, got, err)
	}
	trio := simulatortest.Elements{
		"Identifier": "", "OrgUnit": "", "Signature": "", "ProcessorId": c.Env["CARDINAL_PROCESSOR_ID"],
		"MerchantId": c.Env["CARDINAL_MERCHANT_ID"], "TransactionPwd": c.Env["CARDINAL_TRANSACTION_PWD"],
	}
	if got, err := c.Cmpi("cmpi_lookup", trio); err != nil || got["ErrorNo"] != "1001" {
		t.Errorf("%s: Cardinal answers the legacy trio %v, %v", when, got, err)
	}
	if _, err := c.Enrol("4000000000001091", "V", "+4512345678"); err == nil {
		t.Errorf("%s: Cipher knows the tenant", when)
	}
}
