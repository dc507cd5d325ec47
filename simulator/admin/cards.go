package admin

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"cardsim/simulator/core"
	"cardsim/simulator/director"
	"cardsim/simulator/sandbox"
)

// Card is a card of a sandbox and how it behaves.
type Card struct {
	// PAN is the number of a published test card, which is no secret; null for a card
	// that fixtures, a scenario or the admin API added.
	PAN   *string `json:"pan"`
	Brand string  `json:"brand"` // such as visa, in lower case
	Bin   string  `json:"bin"`   // first six digits
	Last4 string  `json:"last4"` // last four digits
	// Source is who made it a test card: catalogue, fixture, scenario or api.
	Source string `json:"source"`
	// Provider published it, for a card of the catalogue.
	Provider string `json:"provider"`
	Summary  string `json:"summary"` // what the card is there to show
	// Cases are the rows of Cardinal's tables that decide its 3-D Secure where
	// nothing below does.
	Cases []CardCase `json:"cases"`
	// BehaviourBy is who says how it behaves beside the published tables: scenario or
	// api; empty when nobody does, and then the rest is null.
	BehaviourBy   string             `json:"behaviourBy"`
	ThreeDS       *CardThreeDS       `json:"threeds"`
	Authorization *CardAuthorization `json:"authorization"`
	// OwnOTP says that a code of its own is right in a challenge. The code is not shown.
	OwnOTP bool `json:"ownOtp"`
}

// CardCase is a row of Cardinal's test card tables.
type CardCase struct {
	// Version is that of 3-D Secure: 1.0.2, 2.1.0 or 2.2.0.
	Version core.ThreeDSVersion `json:"version"`
	// Case is the number of the row, 0 outside the numbered ones, which Variant names.
	Case    int    `json:"case"`
	Variant string `json:"variant"` // name of a row without a number
}

// CardThreeDS is what 3-D Secure says about a card.
type CardThreeDS struct {
	// Flow is an outcome of cardinal.lookup, such as challenge or frictionless.
	Flow string `json:"flow,omitempty"`
	// Result is an outcome of cardinal.authenticate: where the right code leads.
	Result string `json:"result,omitempty"`
}

// CardAuthorization is what the issuer says to payments with a card.
type CardAuthorization struct {
	// Outcome is one of acehub.payment.create, With its parameters.
	Outcome string         `json:"outcome"`
	With    map[string]any `json:"with,omitempty"` // the outcome's parameters
}

// The ones who make a number a test card.
const (
	sourceCatalogue = "catalogue"
	sourceFixture   = "fixture"
)

// listCards lists the cards of a sandbox: first those that something is said of
// beside the published tables, then by number.
func (a *API) listCards(r *http.Request, w *sandbox.World) (any, error) {
	query := r.URL.Query()
	for name := range query {
		if !slices.Contains([]string{"card", "brand", "source"}, name) {
			return nil, problem(http.StatusBadRequest, "this list knows no parameter "+strconv.Quote(name)+", only card, brand, source")
		}
	}
	list := List[Card]{Items: []Card{}}
	for _, c := range a.cards(w) {
		if fits(query.Get("card"), c.Last4) && fits(query.Get("brand"), c.Brand) && fits(query.Get("source"), c.Source) {
			list.Items = append(list.Items, c)
		}
	}
	return list, nil
}

// fits says that a filter, which may be empty, lets a value through.
func fits(filter, value string) bool { return filter == "" || filter == value }

// cards are a sandbox's, in the order of the list.
func (a *API) cards(w *sandbox.World) []Card {
	byRef := map[string]Card{}
	for _, p := range w.Profiles() {
		byRef[p.Ref.Fingerprint] = cardFrom(p)
	}
	for _, b := range a.Director.Behaviours(w.ID) {
		c, known := byRef[b.Card.Fingerprint]
		if !known {
			if p, ok := w.Profile(b.Card.Fingerprint); ok {
				c = cardFrom(p)
			}
		}
		byRef[b.Card.Fingerprint] = c.behaving(b)
	}
	return slices.SortedFunc(maps.Values(byRef), func(a, b Card) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Bin, b.Bin), cmp.Compare(value(a.PAN), value(b.PAN)), cmp.Compare(a.Last4, b.Last4))
	})
}

// rank puts what was said on purpose before what was published.
func rank(c Card) int {
	if c.BehaviourBy != "" {
		return 0
	}
	return 1
}

// cardFrom shows a test card. Only a published number stands in clear.
func cardFrom(p sandbox.CardProfile) Card {
	c := Card{
		Brand: string(p.Ref.Brand), Bin: p.Ref.First6, Last4: p.Ref.Last4, Source: sourceCatalogue,
		Provider: p.Provider, Summary: p.Summary, Cases: []CardCase{},
	}
	switch p.Provider {
	case sourceFixture, director.ByScenario, director.ByAPI:
		c.Source, c.Provider = p.Provider, ""
	default:
		number := p.Number.Digits()
		c.PAN = &number
	}
	for _, row := range p.Cases {
		c.Cases = append(c.Cases, CardCase{Version: row.Version, Case: row.Number, Variant: row.Variant})
	}
	return c
}

// behaving adds what a scenario or the admin API says of the card.
func (c Card) behaving(b director.Behaviour) Card {
	c.BehaviourBy, c.OwnOTP = b.By, b.HasCode()
	if t := b.ThreeDS; t != nil {
		c.ThreeDS = &CardThreeDS{Flow: t.Flow, Result: t.Result}
	}
	if t := b.Authorization; t != nil {
		c.Authorization = &CardAuthorization{Outcome: t.Outcome, With: maskWith(t.With)}
	}
	return c
}

// maskWith masks what looks like a card number in the parameters of an outcome.
func maskWith(with map[string]any) map[string]any {
	masked := maps.Clone(with)
	for name, v := range masked {
		if text, ok := v.(string); ok {
			masked[name] = maskText(text)
		}
	}
	return masked
}
