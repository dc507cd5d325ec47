package acehub

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/journal"
	"cardsim/simulator/pay"
	"cardsim/simulator/provider"
	"cardsim/simulator/provider/providertest"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// The two shops of the tests; the first also has the vendor's example business.
const (
	ownBusiness   = "770000"
	otherBusiness = "880000"
	example       = "334455"
	password      = "shop-password"
)

const frozen = "2026-01-02T03:04:05Z"

// shop is a listening AceHub.
type shop struct {
	*providertest.House
	t testing.TB
}

func newSpec(t testing.TB, settings map[string]any) sandbox.Spec {
	t.Helper()
	at, err := time.Parse(time.RFC3339, frozen)
	if err != nil {
		t.Fatal(err)
	}
	account := func(business string, examples ...string) sandbox.AceHubAccount {
		return sandbox.AceHubAccount{BusinessID: business, Username: "user-" + business, Password: password, Examples: examples}
	}
	spec := sandbox.Spec{
		ID: sandbox.DefaultID, Seed: 1, Clock: &at, Settings: map[string]map[string]any{"acehub": settings},
		Merchants: []*sandbox.Merchant{
			{ID: "own", Name: "Own Shop", AceHub: account(ownBusiness, example), Cardtokens: sandbox.CardtokensAccount{MerchantID: "own-cardtokens"}},
			{ID: "other", Name: "Other Shop", AceHub: account(otherBusiness), Cardtokens: sandbox.CardtokensAccount{MerchantID: "other-cardtokens"}},
		},
	}
	for _, number := range []string{"4111111111111111", "4916934502308682", "4000000000000002", redirectCard, "4000000000001091", "4000000000001000", "5200000000001005", "5200000000001096"} {
		spec.Cards = append(spec.Cards, sandbox.CardProfile{Number: panOf(t, number)})
	}
	return spec
}

func panOf(t testing.TB, number string) core.PAN {
	t.Helper()
	pan, ok := core.ParsePAN(number)
	if !ok {
		t.Fatalf("%q is no card number", number)
	}
	return pan
}

func mount() provider.Mount {
	return provider.Mount{Provider: New(signing()), Prefixes: []string{Prefix}, Fold: true}
}

func open(t testing.TB, settings map[string]any) *shop {
	t.Helper()
	return &shop{House: providertest.Open(t, mount(), newSpec(t, settings)), t: t}
}

func basicHeader(user, secret string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+secret))
}

// answer is a response with its body as JSON.
type answer struct {
	providertest.Answer
	doc map[string]any
}

// send calls a path below the prefix as a business with its own user.
func (s *shop) send(business, method, path, body string) answer {
	s.t.Helper()
	a := s.Do(method, Prefix+path, body, "Authorization", basicHeader("user-"+business, password), "Content-Type", "application/json")
	if a.Err != nil {
		s.t.Fatal(a.Err)
	}
	out := answer{Answer: a}
	if strings.HasPrefix(a.Body, "{") {
		if err := json.Unmarshal([]byte(a.Body), &out.doc); err != nil {
			s.t.Fatalf("%s answers %q: %v", path, a.Body, err)
		}
	}
	return out
}

func (s *shop) post(path, body string) answer {
	s.t.Helper()
	return s.send(ownBusiness, http.MethodPost, path, body)
}

func (s *shop) get(path string) answer {
	s.t.Helper()
	sep := "?"
	if strings.Contains(path, "?") {
		sep = "&"
	}
	return s.send(ownBusiness, http.MethodGet, path+sep+"businessId="+ownBusiness, "")
}

// at reads a member by its path: body.transaction.id.
func (a answer) at(path string) any {
	var v any = a.doc
	for _, name := range strings.Split(path, ".") {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[name]
	}
	return v
}

func (a answer) text(path string) string {
	s, _ := a.at(path).(string)
	return s
}

func (a answer) result() int {
	n, ok := a.at("result").(float64)
	if !ok {
		return -999
	}
	return int(n)
}

// is holds an answer to an HTTP status and a result.
func (a answer) is(t testing.TB, status, result int) answer {
	t.Helper()
	if a.Status != status || a.result() != result {
		t.Fatalf("HTTP %d result %d, want %d and %d: %s", a.Status, a.result(), status, result, a.Body)
	}
	return a
}

// fails holds an answer to an error with its message.
func (a answer) fails(t testing.TB, result int, code float64, message string) {
	t.Helper()
	a.is(t, http.StatusBadRequest, result)
	if a.at("body.error.code") != code || a.text("body.error.message") != message || a.text("body.error.detailedMessage") != message {
		t.Errorf("the error is %s, want %v %q", a.Body, code, message)
	}
}

// patterns stand in expected documents for what is drawn.
var patterns = map[string]*regexp.Regexp{
	"<uuid>":  regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`),
	"<UUID>":  regexp.MustCompile(`^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$`),
	"<six>":   regexp.MustCompile(`^[0-9]{6}$`),
	"<code>":  regexp.MustCompile(`^[0-9]{3}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`),
	"<any>":   regexp.MustCompile(`^.+$`),
	"<group>": regexp.MustCompile(`^[0-9]{4}\.[0-9]{4}\.[0-9]{4}$`),
}

// shows holds a document to an expected one, member for member.
func (a answer) shows(t testing.TB, status int, want string) answer {
	t.Helper()
	var expected any
	if err := json.Unmarshal([]byte(want), &expected); err != nil {
		t.Fatalf("the expected document: %v", err)
	}
	var got any
	if err := json.Unmarshal([]byte(a.Body), &got); err != nil {
		t.Fatalf("HTTP %d %q: %v", a.Status, a.Body, err)
	}
	if diff := differ("", expected, got); a.Status != status || diff != "" {
		t.Errorf("HTTP %d, want %d; %s\ngot  %s\nwant %s", a.Status, status, diff, a.Body, want)
	}
	return a
}

func differ(path string, want, got any) string {
	switch w := want.(type) {
	case map[string]any:
		return differObject(path, w, got)
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return path + " is no list of that length"
		}
		for i := range w {
			if d := differ(fmt.Sprintf("%s[%d]", path, i), w[i], g[i]); d != "" {
				return d
			}
		}
		return ""
	case string:
		if p, ok := patterns[w]; ok {
			if g, isText := got.(string); isText && p.MatchString(g) {
				return ""
			}
			return fmt.Sprintf("%s is %v, want %s", path, got, w)
		}
	}
	if want != got {
		return fmt.Sprintf("%s is %v (%T), want %v", path, got, got, want)
	}
	return ""
}

func differObject(path string, want map[string]any, got any) string {
	g, ok := got.(map[string]any)
	if !ok {
		return path + " is no object"
	}
	for name := range g {
		if _, expected := want[name]; !expected {
			return path + "." + name + " is too much"
		}
	}
	for name, w := range want {
		v, there := g[name]
		if !there {
			return path + "." + name + " is not there"
		}
		if d := differ(path+"."+name, w, v); d != "" {
			return d
		}
	}
	return ""
}

// payment is a request of the tests; the card is the seed's.
func payment(action, code, amount string, more ...string) string {
	return fmt.Sprintf(`{"action":%q,"header":{"businessId":%q},"body":{"transaction":{"trackingCode":%q,"brandId":1010,"amount":%s,"currencyCode":"EUR"%s},`+
		`"card":{"number":"4111111111111111","expiryMonth":3,"expiryYear":2030,"cvv":"321","holderName":"A Tester"}}}`,
		action, ownBusiness, code, amount, strings.Join(more, ""))
}

// followUpBody is a capture, cancel or refund; amount may be empty.
func followUpBody(code, amount string) string {
	if amount == "" {
		return fmt.Sprintf(`{"header":{"businessId":%q},"body":{"transaction":{"trackingCode":%q}}}`, ownBusiness, code)
	}
	return fmt.Sprintf(`{"header":{"businessId":%q},"body":{"transaction":{"trackingCode":%q,"amount":%s,"currencyCode":"EUR"}}}`, ownBusiness, code, amount)
}

// last is the newest journal entry; the journal is complete before the answer.
func (s *shop) last() journal.Entry {
	s.t.Helper()
	return s.Last(s.t)
}

// update works in the store as another party of the sandbox would.
func (s *shop) update(fn func(sc sandbox.Scope) error) {
	s.t.Helper()
	if err := s.DB.Update(func(tx *store.Tx) error { return fn(s.World.At(s.World.Clock.Now(), tx)) }); err != nil {
		s.t.Fatal(err)
	}
}

// force makes a scenario demand an outcome.
func (s *shop) force(outcome string, with map[string]any) {
	s.Planner.Set(core.Plan{Scenario: "test", Rule: "rule", Outcome: outcome, With: with})
}

// count is the number of transactions that are kept.
func (s *shop) count() int {
	s.t.Helper()
	var list []pay.Payment
	s.update(func(sc sandbox.Scope) (err error) {
		list, err = pay.List(sc)
		return err
	})
	return len(list)
}

// entries is the journal as text.
func (s *shop) entries() []string {
	s.t.Helper()
	var list []string
	for _, item := range s.Journal.List(s.World.ID, journal.Query{Limit: 1000}).Items {
		full, _ := s.Journal.Get(s.World.ID, item.ID)
		text, err := json.Marshal(full)
		if err != nil {
			s.t.Fatal(err)
		}
		list = append(list, string(text))
	}
	return list
}
