package cardinal

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"cardsim/fixtures"
	"cardsim/simulator/clock"
	"cardsim/simulator/core"
	"cardsim/simulator/issuer"
	"cardsim/simulator/provider"
	"cardsim/simulator/provider/providertest"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
	"cardsim/simulator/threeds"
)

var noon = time.Date(2026, 11, 22, 14, 2, 11, 0, time.UTC)

// Cards by what becomes of them (reference cardinal.md §11).
const (
	emvChallenge    = "4000000000001091" // 2.1.0, case 9
	emvFrictionless = "4000000000001000" // 2.1.0, case 1
	oldSuccess      = "4000000000000002" // 1.0, case 1
	oldMastercard   = "5200000000000007" // 1.0, case 1
	unlisted        = "4012001037141112"
)

// bench is Cardinal behind a listening server with the published cards.
type bench struct {
	*providertest.House
	t       testing.TB
	shop    *sandbox.Merchant
	tenant  *sandbox.Tenant
	signing threeds.Signing
	order   int
}

// open makes a bench; settings are of group cardinal unless they name another.
func open(t testing.TB, settings map[string]any) *bench {
	t.Helper()
	at := noon
	b := &bench{t: t, shop: sandbox.DerivedMerchant(1, "default"), tenant: sandbox.DerivedTenant(1, "default"), signing: published(t)}
	b.shop.Name = "Demo Shop"
	other := sandbox.DerivedMerchant(2, "other")
	other.ID = "other"
	groups := map[string]map[string]any{"cardinal": {}, "acs": {}}
	for name, value := range settings {
		group, key, found := strings.Cut(name, ".")
		if !found {
			group, key = "cardinal", name
		}
		groups[group][key] = value
	}
	b.House = providertest.Open(t, mount(b.signing), sandbox.Spec{
		ID: "default", Seed: 1, Clock: &at, Cards: catalogue(t), Settings: groups,
		Merchants: []*sandbox.Merchant{b.shop, other}, Tenants: []*sandbox.Tenant{b.tenant},
	})
	return b
}

func mount(g threeds.Signing) provider.Mount {
	return provider.Mount{Provider: New(g), Prefixes: []string{"/maps/", "/V1/", "/V2/"}}
}

func published(t testing.TB) threeds.Signing {
	t.Helper()
	g, err := threeds.PublishedSigning()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func catalogue(t testing.TB) []sandbox.CardProfile {
	t.Helper()
	var list []sandbox.CardProfile
	for _, c := range fixtures.Catalogue() {
		p := sandbox.CardProfile{Number: mustPAN(t, c.PAN), Brand: core.Brand(c.Brand)}
		for _, f := range c.Facts() {
			if f.Version != "" && (f.Case != 0 || f.Variant != "") {
				p.Cases = append(p.Cases, sandbox.CardCase{Version: core.ThreeDSVersion(f.Version), Number: f.Case, Variant: f.Variant})
			}
		}
		list = append(list, p)
	}
	return list
}

func mustPAN(t testing.TB, digits string) core.PAN {
	t.Helper()
	pan, ok := core.ParsePAN(digits)
	if !ok {
		t.Fatalf("%q is no card number", digits)
	}
	return pan
}

// el are the elements of a message.
type el map[string]string

// with returns the elements and more; an empty value takes one away.
func (e el) with(more el) el {
	out := el{}
	for k, v := range e {
		out[k] = v
	}
	for k, v := range more {
		if out[k] = v; v == "" {
			delete(out, k)
		}
	}
	return out
}

func (e el) xml() string {
	names := make([]string, 0, len(e))
	for n := range e {
		names = append(names, n)
	}
	sort.Strings(names)
	var b strings.Builder
	b.WriteString("<CardinalMPI>")
	for _, n := range names {
		b.WriteString("<" + n + ">")
		_ = xml.EscapeText(&b, []byte(e[n]))
		b.WriteString("</" + n + ">")
	}
	return b.String() + "</CardinalMPI>"
}

// signed is the head of every message, in the API key style.
func (b *bench) signed(msgType string) el {
	stamp := strconv.FormatInt(noon.UnixMilli(), 10)
	sum := sha256.Sum256([]byte(stamp + b.shop.Cardinal.APIKey))
	return el{
		"MsgType": msgType, "Version": "1.7", "TransactionType": "C", "Algorithm": "SHA-256", "Identifier": b.shop.Cardinal.Identifier,
		"OrgUnit": b.shop.Cardinal.OrgUnit, "Signature": base64.StdEncoding.EncodeToString(sum[:]), "Timestamp": stamp,
	}
}

// lookupOf is a complete cmpi_lookup with a new order number.
func (b *bench) lookupOf(pan string) el {
	b.order++
	return b.signed("cmpi_lookup").with(el{
		"OrderNumber": fmt.Sprintf("ORDER-%d", b.order), "Amount": "12345", "CurrencyCode": "978",
		"CardNumber": pan, "CardExpMonth": "01", "CardExpYear": "2029",
	})
}

func (b *bench) authOf(id string) el {
	return b.signed("cmpi_authenticate").with(el{"TransactionId": id})
}

// post sends a message and returns the raw answer.
func (b *bench) post(m el) providertest.Answer {
	return b.raw("cmpi_msg=" + url.QueryEscape(m.xml()))
}

func (b *bench) raw(body string) providertest.Answer {
	return b.Do("POST", "/maps/txns.asp", body, "Content-Type", "application/x-www-form-urlencoded")
}

// send sends a message and reads the elements as a thin client does.
func (b *bench) send(m el) el {
	b.t.Helper()
	a := b.post(m)
	if a.Err != nil || a.Status != 200 {
		b.t.Fatalf("HTTP %d %q %v", a.Status, a.Body, a.Err)
	}
	return thin(b.t, a.Body)
}

// thin reads an answer as the PHP thin client does: it looks for the literal
// root, and takes what stands between the tags as it stands.
func thin(t testing.TB, body string) el {
	t.Helper()
	rest, ok := strings.CutPrefix(body, "<CardinalMPI>")
	if !ok || !strings.HasSuffix(body, "</CardinalMPI>") {
		t.Fatalf("no literal root: %q", body)
	}
	rest = strings.TrimSuffix(rest, "</CardinalMPI>")
	out := el{}
	for rest != "" {
		name, after, ok := strings.Cut(strings.TrimPrefix(rest, "<"), ">")
		value, tail, found := strings.Cut(after, "</"+name+">")
		if !ok || !found || rest[0] != '<' {
			t.Fatalf("white space or mixed content at %q in %q", rest, body)
		}
		if _, twice := out[name]; twice {
			t.Fatalf("%s stands twice in %q", name, body)
		}
		out[name] = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'", "&amp;", "&").Replace(value)
		rest = tail
	}
	return out
}

// do works on the world directly, as the issuer's page does.
func (b *bench) do(fn func(s sandbox.Scope) error) {
	b.t.Helper()
	if err := b.DB.Update(func(tx *store.Tx) error { return fn(b.World.At(b.World.Clock.Now(), tx)) }); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) transaction(id string) threeds.Transaction {
	b.t.Helper()
	var t threeds.Transaction
	b.do(func(s sandbox.Scope) error {
		found, ok, err := threeds.ByID(s, id)
		if !ok {
			b.t.Fatalf("no transaction %q", id)
		}
		t = found
		return err
	})
	return t
}

// enter types a code at the issuer.
func (b *bench) enter(id, code string) threeds.Transaction {
	b.t.Helper()
	ch := b.transaction(id).Challenge
	if ch == nil {
		b.t.Fatalf("transaction %s has no challenge", id)
	}
	b.do(func(s sandbox.Scope) error { _, _, err := threeds.Submit(s, ch.ID, code); return err })
	return b.transaction(id)
}

// pares is the PaRes of a finished transaction.
func (b *bench) pares(id string) string {
	b.t.Helper()
	text, err := threeds.PaRes(b.World, b.transaction(id), b.signing)
	if err != nil {
		b.t.Fatal(err)
	}
	return text
}

// enrol enrols a card at the tenant, with a phone.
func (b *bench) enrol(pan string) issuer.Card {
	b.t.Helper()
	var card issuer.Card
	b.do(func(s sandbox.Scope) error {
		var err error
		card, _, err = issuer.Enrol(s, b.tenant, issuer.Enrolment{
			Name: "Ada Tester", Card: b.World.Ref(mustPAN(b.t, pan)), Mode: issuer.ModeAPI, State: issuer.Enabled,
			Identities: []issuer.Identity{{Type: issuer.Vector, Value: "V1"}, {Type: issuer.PhoneNumber, Value: "+4512345678"}},
		})
		return err
	})
	return card
}

func (b *bench) at(t time.Time) { b.World.Clock.Set(clock.Frozen, t) }

// refusal is the code of the newest journal entry's refusal.
func (b *bench) refusal() string {
	b.t.Helper()
	if r := b.Last(b.t).Refusal; r != nil {
		return r.Code
	}
	return ""
}

func (b *bench) warned(about string) bool {
	return strings.Contains(strings.Join(b.Last(b.t).Warnings, "\n"), about)
}
