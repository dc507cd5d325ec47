package scenarios_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"cardsim/scenarios"
	"cardsim/scenarios/strictyaml"
	"cardsim/simulator/acs"
	"cardsim/simulator/core"
	"cardsim/simulator/provider/acehub"
	"cardsim/simulator/provider/cardinal"
	"cardsim/simulator/provider/cardtokens"
	"cardsim/simulator/provider/cipher"
)

// catalogue is the real one: what the providers say they can do.
func catalogue() scenarios.Catalogue {
	var all []core.Outcome
	for _, list := range [][]core.Outcome{cardtokens.Outcomes(), acehub.Outcomes(), cipher.Outcomes(), acs.Outcomes()} {
		all = append(all, list...)
	}
	for _, o := range cardinal.Outcomes() {
		all = append(all, core.Outcome{Operation: o.Operation, Name: o.Name, Summary: o.Summary, With: o.With, Source: o.Source, Mark: o.Mark})
	}
	return scenarios.NewCatalogue(all)
}

// load gives the one scenario of a source.
func load(t testing.TB, src string) *scenarios.Scenario {
	t.Helper()
	s, problems := scenarios.CheckFile("f.yaml", []byte(src), catalogue())
	if len(problems) > 0 {
		t.Fatalf("the scenario is refused: %v", problems)
	}
	return s
}

// activate puts sources in force.
func activate(t testing.TB, sources ...string) *scenarios.Active {
	t.Helper()
	var list []*scenarios.Scenario
	for _, src := range sources {
		list = append(list, load(t, src))
	}
	a, err := scenarios.NewActive(list...)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// counters are Counters in memory, for one goroutine.
type counters struct {
	values map[string]uint64
	moves  int
}

func (c *counters) Get(key string) (uint64, error) { return c.values[key], nil }

func (c *counters) Next(key string) (uint64, error) {
	if c.values == nil {
		c.values = map[string]uint64{}
	}
	c.moves++
	c.values[key]++
	return c.values[key], nil
}

// fixed is a chance that always says the same, and remembers what it was asked.
type fixed struct {
	value float64
	asked [][]string
}

func (f *fixed) Draw(what string, entity ...string) float64 {
	f.asked = append(f.asked, append([]string{what}, entity...))
	return f.value
}

// visa is a payment of 12.50 EUR.
func visa() scenarios.Input {
	return scenarios.Input{
		Operation: "acehub.payment.create", Sandbox: "default", Merchant: "demo-shop", Order: "ORDER-1", Issuer: "Ada Bank",
		Card:  core.CardRef{Fingerprint: "fp-1091", First6: "400000", Last4: "1091", Brand: "visa"},
		Money: core.Money{Minor: 1250, Currency: "EUR"},
		Open: func(scenarios.Parts) scenarios.Documents {
			return scenarios.Documents{
				Request: map[string]any{"transaction": map[string]any{
					"amount": json.Number("12.50"), "trackingCode": "ORDER-1", "count": json.Number("3"), "items": []any{"a", "b"},
				}},
				Headers: map[string]string{"User-Agent": "shop/1", "X-Secret": "s3cr3t-value"},
				Query:   map[string]string{"businessId": "770001"},
				Flow:    "f-1",
			}
		},
	}
}

// inFlow puts a request into a journey.
func inFlow(in *scenarios.Input, flow string) {
	open := in.Open
	in.Open = func(p scenarios.Parts) scenarios.Documents {
		d := open(p)
		d.Flow = flow
		return d
	}
}

// plan makes one plan that must succeed.
func plan(t testing.TB, a *scenarios.Active, in scenarios.Input, c scenarios.Counters) (core.Plan, scenarios.Decision) {
	t.Helper()
	p, d, err := a.Plan(in, c)
	if err != nil {
		t.Fatal(err)
	}
	d.Considered = d.Every()
	return p, d
}

func checkProblems(t *testing.T, problems []strictyaml.Problem, want ...string) {
	t.Helper()
	var got []string
	for _, p := range problems {
		line := p.String()
		if p.Suggestion != "" {
			line += " = " + p.Suggestion
		}
		got = append(got, line)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("problems:\n got %q\nwant %q", got, want)
	}
}
