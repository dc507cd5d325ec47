package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"cardsim/scenarios"
	"cardsim/simulator/director"
	"cardsim/simulator/worlds"
)

// NewSandbox is the body of POST /api/v1/sandboxes; every member may be left out.
type NewSandbox struct {
	// ID has lower-case letters, digits and hyphens, at most 63 characters; left
	// out, the next free sb-1, sb-2 and so on.
	ID string `json:"id,omitempty"`
	// Seed decides, with the id, credentials and every draw; left out, 1.
	Seed *uint64 `json:"seed,omitempty"`
	// Clock freezes the sandbox at an instant, RFC 3339; left out, real time.
	Clock string `json:"clock,omitempty"`
	// Scenarios are active from the start: each the name of a shipped one, or the
	// text of a scenario file (YAML).
	Scenarios []string `json:"scenarios,omitempty"`
	// Settings are switches by provider and name, as in PATCH S/settings.
	Settings SettingsPatch `json:"settings,omitempty"`
	// CardtokensKey is an RSA private key as PEM (PKCS#1 or PKCS#8, 2048 to 8192
	// bits), with which Cardtokens' enccard is decrypted; left out, the published
	// pair.
	CardtokensKey string `json:"cardtokensKey,omitempty"`
}

// createSandbox makes a sandbox: 201 with what GET S shows, and its address.
func (a *API) createSandbox(w http.ResponseWriter, r *http.Request) {
	s, err := a.create(r)
	if err != nil {
		a.writeProblem(w, err)
		return
	}
	w.Header().Set("Location", "/api/v1/sandboxes/"+url.PathEscape(s.ID))
	writeJSON(w, http.StatusCreated, s)
}

func (a *API) create(r *http.Request) (Sandbox, error) {
	var body NewSandbox
	if r.ContentLength != 0 { // no body is a sandbox with nothing special
		if err := decode(r, &body); err != nil {
			return Sandbox{}, err
		}
	}
	sources, wrong := inlineSources(body.Scenarios)
	at, err := time.Parse(time.RFC3339, body.Clock)
	if body.Clock != "" && err != nil {
		wrong = append(wrong, ProblemError{Pointer: "/clock", Detail: `clock is an instant such as "2026-01-02T03:04:05Z"`})
	}
	if len(wrong) > 0 {
		return Sandbox{}, refused("the sandbox is not made", wrong)
	}
	order := worlds.Order{
		ID: body.ID, Seed: body.Seed, Scenarios: sources, Settings: body.Settings, CardtokensKey: []byte(body.CardtokensKey),
	}
	if body.Clock != "" {
		order.Clock = &at
	}
	world, err := a.Keeper.Create(order)
	if err != nil {
		return Sandbox{}, keeperProblem(err)
	}
	return a.describe(world)
}

// inlineSources takes names of shipped scenarios and texts. A text has more than
// one line, a name has not.
func inlineSources(given []string) ([]director.Source, []ProblemError) {
	var sources []director.Source
	var wrong []ProblemError
	seen := map[string]bool{}
	for i, one := range given {
		if strings.Contains(one, "\n") {
			sources = append(sources, director.Source{Name: sourceName, Text: []byte(one)})
			continue
		}
		shipped, ok := scenarios.Find(one)
		if detail := wrongName(one, ok, seen[one]); detail != "" {
			wrong = append(wrong, ProblemError{Pointer: fmt.Sprintf("/scenarios/%d", i), Detail: detail})
		}
		seen[one] = true
		sources = append(sources, director.Source{Name: "shipped", Text: shipped.Source})
	}
	return sources, wrong
}
