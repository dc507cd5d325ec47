package admin

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"

	"cardsim/scenarios"
	"cardsim/scenarios/strictyaml"
	"cardsim/simulator/core"
	"cardsim/simulator/director"
	"cardsim/simulator/sandbox"
)

// Scenarios is what steers a sandbox, and what is shipped to do so.
type Scenarios struct {
	Active    []director.Status `json:"active"`    // those in force, in the order in which they are considered
	Available []string          `json:"available"` // names for "use"
}

// ScenarioNames is the body of PUT S/scenarios as JSON.
type ScenarioNames struct {
	// Use holds names of shipped scenarios; an empty list clears what is active.
	Use *[]string `json:"use"`
}

// sourceName is where a scenario comes from that was sent here.
const sourceName = "admin api"

func (a *API) getScenarios(_ *http.Request, w *sandbox.World) (any, error) {
	names, err := shippedNames()
	return Scenarios{Active: a.Director.Status(w.ID), Available: names}, err
}

func shippedNames() ([]string, error) {
	library, err := scenarios.Library()
	names := make([]string, 0, len(library))
	for _, s := range library {
		names = append(names, s.Name)
	}
	return names, err
}

// putScenarios replaces what is active, all or nothing; an empty body clears it.
func (a *API) putScenarios(r *http.Request, w *sandbox.World) (any, error) {
	sources, err := readSources(r)
	if err != nil {
		return nil, err
	}
	if err := a.Director.Use(w, sources); err != nil {
		return nil, refusedScenarios(err)
	}
	return a.getScenarios(r, w)
}

// readSources takes YAML, or JSON with the names of shipped scenarios. No path
// comes in here: the admin API opens no file for its callers.
func readSources(r *http.Request) ([]director.Source, error) {
	body, err := readBody(r)
	if err != nil || len(bytes.TrimSpace(body)) == 0 {
		return nil, err
	}
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		media = ""
	}
	switch media {
	case "application/json":
		r.Body = io.NopCloser(bytes.NewReader(body))
		return readNames(r)
	case "application/yaml", "text/yaml", "application/x-yaml":
		return []director.Source{{Name: sourceName, Text: body}}, nil
	}
	return nil, problem(http.StatusUnsupportedMediaType, `send scenarios as Content-Type: application/yaml, or {"use":["name"]} as application/json`)
}

func readBody(r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, problem(http.StatusRequestEntityTooLarge, "the body exceeds 1 MiB")
	case err != nil:
		return nil, problem(http.StatusBadRequest, "the body could not be read")
	}
	return body, nil
}

// readNames turns {"use":["name"]} into the shipped scenarios of these names.
func readNames(r *http.Request) ([]director.Source, error) {
	var body ScenarioNames
	if err := decode(r, &body); err != nil {
		return nil, err
	}
	if body.Use == nil {
		return nil, problem(http.StatusUnprocessableEntity, `use is needed: the names of shipped scenarios, or [] for none`)
	}
	var sources []director.Source
	var wrong []ProblemError
	seen := map[string]bool{}
	for i, name := range *body.Use {
		shipped, ok := scenarios.Find(name)
		if detail := wrongName(name, ok, seen[name]); detail != "" {
			wrong = append(wrong, ProblemError{Pointer: fmt.Sprintf("/use/%d", i), Detail: detail})
		}
		seen[name] = true
		sources = append(sources, director.Source{Name: "shipped", Text: shipped.Source})
	}
	if len(wrong) > 0 {
		return nil, refused("the scenarios are not taken, those before stay", wrong)
	}
	return sources, nil
}

func wrongName(name string, shipped, twice bool) string {
	switch {
	case twice:
		return fmt.Sprintf("%q is named twice", name)
	case shipped:
		return ""
	}
	detail := fmt.Sprintf("there is no shipped scenario %q", name)
	names, err := shippedNames()
	if near := strictyaml.Suggest(name, names); err == nil && near != "" {
		detail += "; " + near
	}
	return detail
}

// refusedScenarios turns what is wrong with scenarios into a 422 with every
// problem at its place.
func refusedScenarios(err error) error {
	var problems *director.ProblemsError
	var known *core.Error
	switch {
	case errors.As(err, &problems):
		list := make([]ProblemError, 0, len(problems.Problems))
		for _, p := range problems.Problems {
			list = append(list, problemAt(p))
		}
		return refused("the scenarios are not taken, those before stay", list)
	case errors.As(err, &known):
		return refused("the scenarios are not taken, those before stay", []ProblemError{{Detail: known.Detail}})
	}
	return err
}

// problemAt leaves the source line out: the caller has it, and it may hold a card
// number.
func problemAt(p strictyaml.Problem) ProblemError {
	detail := p.Message
	if p.Suggestion != "" {
		detail += "; " + p.Suggestion
	}
	return ProblemError{Line: p.Line, Column: p.Column, Detail: detail}
}

// refused is a 422 with all that is wrong.
func refused(detail string, wrong []ProblemError) *Problem {
	p := problem(http.StatusUnprocessableEntity, detail)
	p.Errors = wrong
	return p
}
