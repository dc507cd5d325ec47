package admin

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"

	"cardsim/scenarios"
	"cardsim/simulator/core"
	"cardsim/simulator/director"
	"cardsim/simulator/sandbox"
)

// ShippedScenario is one of the scenarios that come with the program.
type ShippedScenario struct {
	Name    string `json:"name"`    // what use takes
	Summary string `json:"summary"` // what happens, in a sentence
	// Source is the file's YAML.
	Source string `json:"source,omitempty"`
}

// OperationOutcomes is what a scenario can make one operation answer.
type OperationOutcomes struct {
	Operation string         `json:"operation"` // operation id
	Outcomes  []core.Outcome `json:"outcomes"`  // what a scenario can ask for there
}

// ScenarioCheck is what a check found: nothing wrong, or it would be a problem.
type ScenarioCheck struct {
	// Scenarios are the names of those in the text.
	Scenarios []string `json:"scenarios"`
}

// listLibrary lists the shipped scenarios (*ours*).
func (a *API) listLibrary(*http.Request) (any, error) {
	library, err := scenarios.Library()
	if err != nil {
		return nil, err
	}
	items := make([]ShippedScenario, 0, len(library))
	for _, s := range library {
		shipped, err := a.shipped(s)
		if err != nil {
			return nil, err
		}
		shipped.Source = ""
		items = append(items, shipped)
	}
	return List[ShippedScenario]{Items: items}, nil
}

// getShipped is one shipped scenario with its text (*ours*).
func (a *API) getShipped(r *http.Request) (any, error) {
	name := r.PathValue("name")
	s, ok := scenarios.Find(name)
	if !ok {
		return nil, problem(http.StatusNotFound, wrongName(name, false, false))
	}
	return a.shipped(s)
}

func (a *API) shipped(s scenarios.Shipped) (ShippedScenario, error) {
	parsed, err := a.Director.Check([]director.Source{{Name: s.Name, Text: s.Source}})
	if err != nil {
		return ShippedScenario{}, fmt.Errorf("read the shipped scenario %s: %w", s.Name, err)
	}
	out := ShippedScenario{Name: s.Name, Source: string(s.Source)}
	for _, p := range parsed {
		out.Summary = p.Summary
	}
	return out, nil
}

// listOutcomes is the outcome catalogue (*ours*): every operation with what a
// scenario can make it answer, and where that is documented.
func (a *API) listOutcomes(*http.Request) (any, error) {
	items := []OperationOutcomes{}
	for _, o := range a.Outcomes {
		at := slices.IndexFunc(items, func(i OperationOutcomes) bool { return i.Operation == o.Operation })
		if at < 0 {
			items = append(items, OperationOutcomes{Operation: o.Operation})
			at = len(items) - 1
		}
		items[at].Outcomes = append(items[at].Outcomes, o)
	}
	return List[OperationOutcomes]{Items: items}, nil
}

// checkScenarios judges scenarios as PUT does and changes nothing (*ours*).
func (a *API) checkScenarios(r *http.Request, _ *sandbox.World) (any, error) {
	text, err := readBody(r)
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, problem(http.StatusUnprocessableEntity, "the body is the YAML to check")
	}
	parsed, err := a.Director.Check([]director.Source{{Name: sourceName, Text: text}})
	if err != nil {
		return nil, refusedScenarios(err)
	}
	out := ScenarioCheck{Scenarios: []string{}}
	for _, s := range parsed {
		out.Scenarios = append(out.Scenarios, s.Name)
	}
	return out, nil
}
