package console

import (
	"net/http"
	"strings"

	"cardsim/web"
)

// sandboxCard is what the console reads of a card.
type sandboxCard struct {
	PAN                                                       *string
	Brand, Bin, Last4, Source, Provider, Summary, BehaviourBy string
	ThreeDS                                                   *struct{ Flow, Result string }
	Authorization                                             *struct{ Outcome string }
}

// number is a published number in clear, any other masked.
func (s sandboxCard) number() string {
	if s.PAN != nil {
		return *s.PAN
	}
	return s.Bin + "••••••" + s.Last4
}

// behaviour says what was decided for the card beside the published tables.
func (s sandboxCard) behaviour() string {
	var parts []string
	if s.ThreeDS != nil {
		parts = append(parts, strings.TrimSpace(s.ThreeDS.Flow+" "+s.ThreeDS.Result))
	}
	if s.Authorization != nil {
		parts = append(parts, "authorisation "+s.Authorization.Outcome)
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, ", ") + " (" + s.BehaviourBy + ")"
}

// cards shows the sandbox's cards and what each does.
func (c *Console) cards(r *http.Request, p *web.Console) error {
	p.Title, p.Section, p.Live, p.Body = "Cards", "cards", "card scenarios", "cards"
	var list struct{ Items []sandboxCard }
	if err := c.api.get(r.Context(), apiPath(r, "/cards"), &list); err != nil {
		return err
	}
	t := web.Table{
		Name:    "cards",
		Columns: []web.Column{{Name: "Card"}, {Name: "Brand"}, {Name: "What it does"}, {Name: "Decided here"}, {Name: "Published by"}},
		Empty:   web.Empty{Title: "The sandbox has no test cards."},
	}
	for _, k := range list.Items {
		published := k.Provider
		if published == "" {
			published = k.Source
		}
		t.Rows = append(t.Rows, web.Row{Cells: []web.Cell{
			{Kind: web.Mono, Text: k.number()}, {Text: k.Brand}, {Text: k.Summary}, {Text: k.behaviour()}, {Kind: web.Caution, Text: published},
		}})
	}
	v := web.Cards{Table: t, To: root(r) + "/cards"}
	var err error
	if v.Outcomes, err = c.outcomesOf(r, "acehub.payment.create"); err != nil {
		return err
	}
	p.View = v
	return nil
}

// outcomesOf are the names of an operation's outcomes.
func (c *Console) outcomesOf(r *http.Request, operation string) ([]string, error) {
	var list struct {
		Items []struct {
			Operation string
			Outcomes  []struct{ Name string }
		}
	}
	if err := c.api.get(r.Context(), "/api/v1/outcomes", &list); err != nil {
		return nil, err
	}
	var names []string
	for _, op := range list.Items {
		for _, o := range op.Outcomes {
			if op.Operation == operation {
				names = append(names, o.Name)
			}
		}
	}
	return names, nil
}

// giveCard gives one card a behaviour, or forgets what was given.
func (c *Console) giveCard(w http.ResponseWriter, r *http.Request) {
	cards, done := []map[string]any{}, "What was set here is forgotten."
	if r.PostFormValue("clear") == "" {
		cards, done = append(cards, given(r)), "The card behaves so from now on."
	}
	c.back(w, r, done, c.api.do(r.Context(), call{method: http.MethodPut, path: apiPath(r, "/cards"), body: map[string]any{"cards": cards}}, nil))
}

// given is a card of the form, in the words of PUT S/cards.
func given(r *http.Request) map[string]any {
	k := map[string]any{"pan": strings.ReplaceAll(r.PostFormValue("pan"), " ", "")}
	secure := map[string]string{}
	for _, name := range []string{"flow", "result"} {
		if v := r.PostFormValue(name); v != "" {
			secure[name] = v
		}
	}
	if len(secure) > 0 {
		k["threeds"] = secure
	}
	if v := r.PostFormValue("authorization"); v != "" {
		k["authorization"] = map[string]string{"outcome": v}
	}
	if v := r.PostFormValue("otp"); v != "" {
		k["otp"] = v
	}
	return k
}
