package cardtokens

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cardsim/fixtures"
	"cardsim/fixtures/keys"
	"cardsim/simulator/core"
	"cardsim/simulator/journal"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"
)

// noon is the instant of every test: before October 2026, when a card of the
// samples expires (reference cardtokens.md §13).
var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

const (
	testKey  = "7e57ca4d000040008000000000770000"
	liveKey  = "11fecab1000040008000000000770000"
	rivalKey = "0be70000000040008000000000770000"
	shopID   = "de3050b0000040008000000000770000"
	rivalID  = "41fa1000000040008000000000770000"
	example  = "33df271c57c6441785e03a116a35de98" // seed 001
)

// bench is Cardtokens behind a listener.
type bench struct {
	t      testing.TB
	w      *sandbox.World
	db     *store.DB
	log    *journal.Journal
	front  *provider.Front
	url    string
	key    string
	plan   atomic.Pointer[core.Plan]      // read by the server's goroutines
	facts  atomic.Pointer[provider.Facts] // of the last call, as scenarios see them
	header http.Header
}

type setup struct {
	seed   uint64
	strict bool
}

func newBench(t testing.TB) *bench { return newBenchWith(t, setup{seed: 1}) }

func newBenchWith(t testing.TB, how setup) *bench {
	t.Helper()
	b := &bench{t: t, w: newWorld(t, how.seed), db: storetest.Open(t), key: testKey, header: http.Header{}}
	b.want("", nil)
	worlds := sandbox.NewRegistry(how.strict)
	if err := worlds.Add(b.w); err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	j, err := journal.Open(b.db, journal.Options{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	b.log = j
	b.front = provider.NewFront(provider.Options{
		DB: b.db, Worlds: worlds, Journal: j, Planner: b, Log: log,
		Base: func(r *http.Request) string { return "http://" + r.Host },
	})
	b.front.Mount(provider.Mount{Provider: New(), Prefixes: []string{"/api/"}})
	server := httptest.NewServer(b.front)
	b.url = server.URL
	t.Cleanup(func() {
		server.Close()
		if err := j.Close(); err != nil {
			t.Errorf("close the journal: %v", err)
		}
	})
	return b
}

// Plan makes the bench a planner that always plans the same.
func (b *bench) Plan(c *provider.Call) (core.Plan, error) {
	b.facts.Store(&c.Facts)
	return *b.plan.Load(), nil
}

// want plans an outcome for every call from now on.
func (b *bench) want(outcome string, with map[string]any) {
	b.plan.Store(&core.Plan{Outcome: outcome, With: with})
}

func newWorld(t testing.TB, seed uint64) *sandbox.World {
	t.Helper()
	key, err := fixtures.ParsePrivateKey(keys.CardtokensPrivatePEM())
	if err != nil {
		t.Fatal(err)
	}
	at := noon
	w, err := sandbox.New(sandbox.Spec{ID: sandbox.DefaultID, Seed: seed, Clock: &at, Key: key, Cards: profiles(t), Merchants: []*sandbox.Merchant{
		{ID: "shop", Cardtokens: sandbox.CardtokensAccount{MerchantID: shopID, Examples: []string{example, "523ca9d5eb9d4ce0a60b2a3f5eb3119d"}, Keys: []sandbox.APIKey{{Key: testKey, Kind: sandbox.TestKey}, {Key: liveKey, Kind: sandbox.LiveKey}}}},
		{ID: "rival", Cardtokens: sandbox.CardtokensAccount{MerchantID: rivalID, Keys: []sandbox.APIKey{{Key: rivalKey, Kind: sandbox.LiveKey}}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// profiles is the catalogue as a world takes it.
func profiles(t testing.TB) []sandbox.CardProfile {
	t.Helper()
	var list []sandbox.CardProfile
	for _, c := range fixtures.Catalogue() {
		pan, _ := core.ParsePAN(c.PAN)
		p := sandbox.CardProfile{Number: pan, Brand: core.Brand(c.Brand), Provider: c.Provider}
		for _, f := range c.Facts() {
			if f.Trigger != nil {
				p.Trigger = &sandbox.Trigger{Scheme: f.Trigger.Scheme, Reason: f.Trigger.Reason}
			}
		}
		list = append(list, p)
	}
	return list
}

func (b *bench) set(name string, value any) {
	b.t.Helper()
	if err := b.w.Settings.Patch(map[string]map[string]any{"cardtokens": {name: value}}); err != nil {
		b.t.Fatal(err)
	}
}

// answer is one HTTP answer.
type answer struct {
	status int
	body   string
	json   map[string]any
}

// text reads a member that is a string.
func (a answer) text(name string) string { s, _ := a.json[name].(string); return s }

// call sends one request and fails the test when no JSON object comes back.
func (b *bench) call(method, path, body string) answer {
	b.t.Helper()
	a, err := b.try(method, path, body)
	if err != nil {
		b.t.Fatalf("%s %s: %v", method, path, err)
	}
	return a
}

// try sends one request; the error is that of the connection.
func (b *bench) try(method, path, body string) (answer, error) {
	b.t.Helper()
	req, err := http.NewRequest(method, b.url+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if b.key != "" {
		req.Header.Set("x-api-key", b.key) // as the samples spell it
	}
	for name, values := range b.header {
		req.Header[name] = values
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{}, err
	}
	a := answer{status: resp.StatusCode, body: string(raw)}
	if ct := resp.Header.Get("Content-Type"); ct != "application/json" {
		b.t.Errorf("%s %s: Content-Type %q", method, path, ct)
	}
	if err := json.NewDecoder(bytes.NewReader(raw)).Decode(&a.json); err != nil || a.json == nil {
		b.t.Errorf("%s %s: the body %q is no JSON object: %v", method, path, raw, err)
	}
	return a, nil
}

// token makes a token for a card with the bench's key.
func (b *bench) token(pan string) answer {
	b.t.Helper()
	a := b.call(http.MethodPost, "/api/token", createJSON(pan, shopID))
	if a.status != http.StatusOK {
		b.t.Fatalf("create token: %d %s", a.status, a.body)
	}
	return a
}

func createJSON(pan, merchantID string) string {
	return `{"card":{"pan":"` + pan + `","expmonth":2,"expyear":2028,"securitycode":"000"},"merchantid":"` + merchantID + `"}`
}

const cryptogramJSON = `{"reference":"123j12323","transactiontype":"ecom","unpredictablenumber":"87654321"}`

func (b *bench) setState(tokenID string, to scheme.State) {
	b.t.Helper()
	err := b.db.Update(func(tx *store.Tx) error {
		_, err := scheme.SetState(b.w.At(noon, tx), tokenID, to)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) wantForm(what, form string, a answer) {
	b.t.Helper()
	if a.status != http.StatusOK || !regexp.MustCompile("^"+form+"$").MatchString(a.body) {
		b.t.Errorf("%s: %d %s\nwant 200 and the form %s", what, a.status, a.body, form)
	}
}
