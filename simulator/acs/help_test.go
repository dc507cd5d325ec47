package acs

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/core"
	"cardsim/simulator/issuer"
	"cardsim/simulator/provider"
	"cardsim/simulator/provider/providertest"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
	"cardsim/simulator/threeds"
	"cardsim/web"
)

// The cards of the tests, by what becomes of a right code (reference cardinal.md
// §11).
const (
	old       = "4000000000000002" // 3-D Secure 1.0, case 1: authenticated
	oldBroken = "4000000000000010" // 1.0, case 2: the signature is broken
	emvGood   = "4000000000001091" // 2.1.0, case 9: authenticated
	emvFails  = "4000000000001109" // 2.1.0, case 10: fails whatever is typed
	emvDown   = "4000000000001117" // 2.1.0, case 11: unavailable
	mcard     = "5200000000001096"
	termURL   = "http://shop.example/term?order=7&x=y"
	notifyURL = "http://shop.example/notify"
)

var start = time.Date(2026, 11, 22, 14, 2, 11, 0, time.UTC)

// bench is the issuer behind a listening server, with one tenant.
type bench struct {
	*providertest.House
	t       testing.TB
	tenant  *sandbox.Tenant
	signing threeds.Signing
}

type options struct {
	settings map[string]any // of group acs
	merchant string
	live     bool // the clock runs
}

func build(t testing.TB, o options) *bench {
	t.Helper()
	b := &bench{t: t, tenant: sandbox.DerivedTenant(1, sandbox.DefaultID), signing: signing(t)}
	merchant := sandbox.DerivedMerchant(1, sandbox.DefaultID)
	merchant.Name = "Demo Shop"
	if o.merchant != "" {
		merchant.Name = o.merchant
	}
	spec := sandbox.Spec{
		ID: sandbox.DefaultID, Seed: 1, Clock: &start, Cards: catalogue(t), Settings: map[string]map[string]any{"acs": o.settings},
		Merchants: []*sandbox.Merchant{merchant}, Tenants: []*sandbox.Tenant{b.tenant},
	}
	if o.live {
		spec.Clock = nil
	}
	b.House = providertest.Open(t, provider.Mount{Provider: New(b.signing), Prefixes: []string{Prefix}, Static: web.Static()}, spec)
	return b
}

func catalogue(t testing.TB) []sandbox.CardProfile {
	t.Helper()
	var list []sandbox.CardProfile
	for number, c := range map[string]sandbox.CardCase{
		old: {Version: core.ThreeDS10, Number: 1}, oldBroken: {Version: core.ThreeDS10, Number: 2},
		emvGood: {Version: core.ThreeDS21, Number: 9}, emvFails: {Version: core.ThreeDS21, Number: 10},
		emvDown: {Version: core.ThreeDS21, Number: 11}, mcard: {Version: core.ThreeDS21, Number: 9},
	} {
		pan, ok := core.ParsePAN(number)
		if !ok {
			t.Fatal(number)
		}
		list = append(list, sandbox.CardProfile{Number: pan, Cases: []sandbox.CardCase{c}})
	}
	return list
}

func signing(t testing.TB) threeds.Signing {
	t.Helper()
	g, err := threeds.PublishedSigning()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// do runs fn in a writing transaction at the sandbox's instant.
func (b *bench) do(fn func(s sandbox.Scope) error) {
	b.t.Helper()
	err := b.DB.Update(func(tx *store.Tx) error { return fn(b.World.At(b.World.Clock.Now(), tx)) })
	if err != nil {
		b.t.Fatal(err)
	}
}

// enrol enrols a card at the tenant.
func (b *bench) enrol(number string) {
	b.t.Helper()
	pan, _ := core.ParsePAN(number)
	b.do(func(s sandbox.Scope) error {
		_, _, err := issuer.Enrol(s, b.tenant, issuer.Enrolment{Name: "Ada", Card: b.World.Ref(pan), Identities: []issuer.Identity{
			{Type: issuer.Vector, Value: "V1"}, {Type: issuer.PhoneNumber, Value: "+918948763892"},
		}})
		return err
	})
}

// lookUp opens a transaction and returns it with what the browser takes along.
func (b *bench) lookUp(number string) (t threeds.Transaction, payload string) {
	b.t.Helper()
	pan, _ := core.ParsePAN(number)
	b.do(func(s sandbox.Scope) (err error) {
		t, err = threeds.Lookup(s, threeds.LookupRequest{
			Merchant: b.World.Own(), OrderNumber: "ORDER-7", Card: b.World.Ref(pan), Expiry: core.Expiry{Month: 1, Year: 2029},
			Money: core.Money{Minor: 12345, Currency: "EUR"}, NotificationURL: notifyURL,
		})
		return err
	})
	if t.Challenge == nil {
		b.t.Fatalf("the lookup of %s asks for no challenge: %+v", pan, t)
	}
	payload, err := threeds.Payload(b.World, t)
	if err != nil {
		b.t.Fatal(err)
	}
	return t, payload
}

// read is the transaction as it stands now.
func (b *bench) read(id string) (t threeds.Transaction) {
	b.t.Helper()
	b.do(func(s sandbox.Scope) (err error) {
		t, _, err = threeds.ByID(s, id)
		return err
	})
	return t
}

// code is the code that is right now.
func (b *bench) code(id string) string {
	b.t.Helper()
	code, ok := threeds.Code(b.World.At(b.World.Clock.Now(), nil), b.read(id))
	if !ok {
		b.t.Fatal("no challenge runs")
	}
	return code
}

func (b *bench) advance(d time.Duration) {
	b.t.Helper()
	if b.World.Clock.Mode() != clock.Frozen {
		b.t.Fatal("the clock runs")
	}
	if _, err := b.World.Clock.Advance(d); err != nil {
		b.t.Fatal(err)
	}
}

// page is an answer of the issuer.
type page struct {
	providertest.Answer
	t testing.TB
}

// post sends a form; fields come as name, value, name, value.
func (b *bench) post(path string, fields ...string) page {
	b.t.Helper()
	values := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		values.Add(fields[i], fields[i+1])
	}
	return b.send(http.MethodPost, path, values.Encode())
}

func (b *bench) get(path string) page { return b.send(http.MethodGet, path, "") }

func (b *bench) send(method, path, body string) page {
	b.t.Helper()
	a := b.Do(method, path, body, "Content-Type", "application/x-www-form-urlencoded")
	if a.Err != nil {
		b.t.Fatal(a.Err)
	}
	return page{Answer: a, t: b.t}
}

// enter opens the challenge of a transaction as its merchant's browser does.
func (b *bench) enter(t threeds.Transaction, payload string) page {
	b.t.Helper()
	if t.Version.EMV() {
		return b.post("/acs/creq?vaa=b&gold=A", "creq", payload, "threeDSSessionData", "c2Vzc2lvbg").ok()
	}
	return b.post("/acs/pareq?osb=1&VAA=B", "PaReq", payload, "TermUrl", termURL, "MD", "md-1").ok()
}

func (p page) ok() page { return p.status(http.StatusOK) }

func (p page) status(want int) page {
	p.t.Helper()
	if p.Status != want {
		p.t.Fatalf("HTTP %d, want %d:\n%s", p.Status, want, p.Body)
	}
	return p
}

// outcome is the result that a final page names, empty on any other.
func (p page) outcome() string { return p.find(`id="outcome" data-outcome="([^"]*)"`) }

// action is where the page's form goes.
func (p page) action() string { return p.find(`<form[^>]* action="([^"]*)"`) }

func (p page) attemptsLeft() string { return p.find(`id="attempts-left" data-left="(\d+)"`) }
func (p page) resendsLeft() string  { return p.find(`id="resends-left" data-left="(\d+)"`) }
func (p page) step() string         { return p.field("step") }

func (p page) find(pattern string) string {
	m := regexp.MustCompile(pattern).FindStringSubmatch(p.Body)
	if m == nil {
		return ""
	}
	return html.UnescapeString(m[1])
}

// field is the value of a hidden field.
func (p page) field(name string) string {
	p.t.Helper()
	return p.find(`<input type="hidden" name="` + name + `" value="([^"]*)">`)
}

func (p page) has(t testing.TB, parts ...string) page {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(p.Body, part) && !strings.Contains(html.UnescapeString(p.Body), part) {
			t.Errorf("the page has no %s:\n%s", part, p.Body)
		}
	}
	return p
}
