package cipher

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/journal"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"
)

const (
	vendor = "900912" // the tenant of seed 004: takes any token or none
	closed = "770002" // a tenant with a token
	secret = "tenant-secret-1"
)

// house is a listening Cipher with two tenants.
type house struct {
	t       testing.TB
	url     string
	db      *store.DB
	world   *sandbox.World
	plan    *planned
	journal *journal.Journal
}

// planned is a planner that tests tell what to plan.
type planned struct {
	mu   sync.Mutex
	plan core.Plan
	last provider.Facts
}

func (p *planned) Plan(c *provider.Call) (core.Plan, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = c.Facts
	return p.plan, nil
}

func (p *planned) set(plan core.Plan) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.plan = plan
}

func (p *planned) facts() provider.Facts {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last
}

// options of a house.
type options struct {
	settings map[string]any // of group cipher
	strict   bool
	cards    []sandbox.CardProfile
}

func build(t testing.TB, o options) *house {
	t.Helper()
	plans := []sandbox.AuthPlan{{AuthPlanID: 1, Factors: []sandbox.AuthFactor{
		{FactorNumber: 1, Identities: []sandbox.AuthIdentity{{IdentityType: "phoneNumber"}}},
	}}}
	config := sandbox.TenantConfig{
		GAID: "ga_id_amzn_fstv", LogoURL: "https://sample.svg", AuthExpiryInSeconds: 300,
		ChallengeConfig: sandbox.ChallengeConfig{ResendOTPLimit: 3, IncorrectChallengeAttemptLimit: 2},
		TemplateConfig: map[string]string{
			"bannerBgColor": "#ebebeb", "linkTextColor": "#7d52cd", "activeBtnColor": "#7d52cd", "bannerTextColor": "#222",
			"disabledBtnColor": "#cfcfcf", "primaryTextColor": "#222", "secondaryTextColor": "#030303",
		},
	}
	products := []sandbox.Product{
		{BIN: "111111", ProductID: "PRO00103", ProductName: "My Amex Product", CardNetwork: "amex"},
		{ProductID: "PRO00105", ProductName: "My Other Product", CardNetwork: "visa"},
	}
	world, err := sandbox.New(sandbox.Spec{
		ID: sandbox.DefaultID, Seed: 1, Cards: o.cards,
		Settings:  map[string]map[string]any{"cipher": o.settings},
		Merchants: []*sandbox.Merchant{{ID: "own"}},
		Tenants: []*sandbox.Tenant{
			{ID: vendor, Name: "HDFC", Example: true, Config: config, Plans: plans, Products: products},
			{ID: closed, Name: "Closed Bank", Token: secret, Disabled: true},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	worlds := sandbox.NewRegistry(o.strict)
	if err := worlds.Add(world); err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, db: storetest.Open(t), world: world, plan: &planned{}}
	h.journal = newJournal(t, h.db)
	front := provider.NewFront(provider.Options{
		DB: h.db, Worlds: worlds, Journal: h.journal, Planner: h.plan, Log: slog.New(slog.DiscardHandler),
		Base: func(r *http.Request) string { return "http://" + r.Host },
	})
	front.Mount(provider.Mount{Provider: New(), Prefixes: []string{Prefix}})
	server := httptest.NewServer(front)
	t.Cleanup(server.Close)
	h.url = server.URL
	return h
}

// reply is an answer of Cipher.
type reply struct {
	status int
	header http.Header
	raw    string
	body   map[string]any
}

// call sends a request; headers come as name, value, name, value.
func (h *house) call(method, path, body string, headers ...string) reply {
	h.t.Helper()
	req, err := http.NewRequest(method, h.url+path, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	r := reply{status: resp.StatusCode, header: resp.Header, raw: string(raw)}
	if err := json.Unmarshal(raw, &r.body); err != nil {
		h.t.Fatalf("%s %s answers no JSON object: %s", method, path, raw)
	}
	return r
}

func (h *house) post(body string) reply {
	h.t.Helper()
	return h.call(http.MethodPost, "/tenants/"+vendor+"/cards", body)
}

func (r reply) text(name string) string { return fmt.Sprint(r.body[name]) }

// want holds an answer to a status.
func (r reply) want(t testing.TB, status int) reply {
	t.Helper()
	if r.status != status {
		t.Fatalf("HTTP %d %s, want %d", r.status, r.raw, status)
	}
	return r
}

// fails holds an answer to a row of the table of errors.
func (r reply) fails(t testing.TB, want row) {
	t.Helper()
	r.want(t, want.status)
	if r.text("code") != want.code || r.text("message") != want.message {
		t.Errorf("answered %s, want %s %q", r.raw, want.code, want.message)
	}
	if len(r.body) != 3 || len(r.text("debugId")) != 36 {
		t.Errorf("the error document is %s", r.raw)
	}
}

// enrol is a body of Create Card; extra members of cardInfo may replace its own.
func enrol(name, number, vector string, identities ...string) string {
	list := fmt.Sprintf(`{"type":"tenantUniqueVector","value":%q}`, vector)
	for i := 0; i < len(identities); i += 2 {
		list += fmt.Sprintf(`,{"type":%q,"value":%q}`, identities[i], identities[i+1])
	}
	return fmt.Sprintf(`{"name":%q,"cardInfo":{"scheme":"DEFAULT","cardNumber":%q},"identities":[%s]}`, name, number, list)
}
