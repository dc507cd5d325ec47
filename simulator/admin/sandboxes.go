package admin

import (
	"errors"
	"net/http"
	"strconv"

	"cardsim/simulator/sandbox"
	"cardsim/simulator/worlds"
)

// Sandbox is a sandbox as GET S shows it, its own credentials included.
type Sandbox struct {
	ID          string                       `json:"id"`          // its name in addresses
	Seed        uint64                       `json:"seed"`        // of all it draws; same seed, same ids
	Credentials map[string]map[string]string `json:"credentials"` // by provider
	Env         map[string]string            `json:"env"`         // variables for a program under test
	Clock       Clock                        `json:"clock"`
	Scenarios   []string                     `json:"scenarios"` // names of the active ones
	// Created is true for a sandbox that a call has made, which is deleted when
	// nobody uses it; false for those of fixture files, which stay.
	Created bool `json:"created"`
}

func (a *API) describe(w *sandbox.World) (Sandbox, error) {
	pem, err := w.PublicKeyPEM(sandbox.SPKI)
	if err != nil {
		return Sandbox{}, err
	}
	at := a.Addresses()
	s := Sandbox{
		ID: w.ID, Seed: w.Seed, Credentials: w.Credentials(at, pem), Env: w.Env(at, pem),
		Clock: clockOf(w), Scenarios: []string{}, Created: a.Keeper.Made(w.ID),
	}
	for _, active := range a.Director.Status(w.ID) {
		s.Scenarios = append(s.Scenarios, active.Name)
	}
	return s, nil
}

// listSandboxes lists every sandbox, newest first, in pages by limit and after.
func (a *API) listSandboxes(r *http.Request) (any, error) {
	limit, err := pageLimit(r.URL.Query(), maxLimit)
	if err != nil {
		return nil, err
	}
	page := List[Sandbox]{Items: []Sandbox{}}
	after := r.URL.Query().Get("after")
	all := a.Worlds.Worlds()
	for i := len(all) - 1; i >= 0; i-- {
		if after != "" {
			if all[i].ID == after {
				after = ""
			}
			continue
		}
		if len(page.Items) == limit {
			page.Next = &page.Items[limit-1].ID
			break
		}
		s, err := a.describe(all[i])
		if err != nil {
			return nil, err
		}
		page.Items = append(page.Items, s)
	}
	return page, nil
}

// wholePages are what a page is asked for with of a list that shows, without a
// limit, all that anybody has, as good as always.
func wholePages() []Parameter {
	return []Parameter{
		{Name: "limit", Type: "integer", Summary: "size of the page, " + strconv.Itoa(maxLimit) + " at most and unless given"},
		{Name: "after", Summary: "next of the page before"},
	}
}

func (a *API) getSandbox(_ *http.Request, w *sandbox.World) (any, error) { return a.describe(w) }

// deleteSandbox ends a sandbox: 204, or 409 for the default one.
func (a *API) deleteSandbox(w http.ResponseWriter, r *http.Request) {
	world, err := a.find(r)
	if err == nil {
		err = keeperProblem(a.Keeper.Delete(world.ID))
	}
	if err != nil {
		a.writeProblem(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// reset empties one sandbox: seed, credentials, settings, clock and scenarios
// stay, their counters start again (decisions 11).
func (a *API) reset(_ *http.Request, w *sandbox.World) (any, error) {
	if err := a.Keeper.Reset(w); err != nil {
		return nil, err
	}
	return a.describe(w)
}

// publicKey answers the key that enccard is encrypted with, as PEM.
func (a *API) publicKey(w http.ResponseWriter, r *http.Request) {
	world, err := a.find(r)
	if err != nil {
		a.writeProblem(w, err)
		return
	}
	form := sandbox.PublicKeyForm(r.URL.Query().Get("format"))
	if form == "" {
		form = sandbox.SPKI
	}
	if form != sandbox.SPKI && form != sandbox.PKCS1 {
		a.writeProblem(w, problem(http.StatusBadRequest, "format is spki or pkcs1"))
		return
	}
	pem, err := world.PublicKeyPEM(form)
	if err != nil {
		a.writeProblem(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/x-pem-file")
	_, _ = w.Write(pem)
}

// keeperProblem turns what stands in the way of a sandbox's life into a document.
func keeperProblem(err error) error {
	var invalid *worlds.InvalidError
	var taken *worlds.TakenError
	var full *worlds.FullError
	switch {
	case errors.As(err, &invalid):
		var list []ProblemError
		for _, f := range invalid.Faults {
			list = append(list, ProblemError{Pointer: f.Pointer, Line: f.Line, Column: f.Column, Detail: f.Detail})
		}
		return refused(invalid.Detail, list)
	case errors.As(err, &taken):
		return problem(http.StatusConflict, taken.Detail)
	case errors.As(err, &full):
		return problem(http.StatusInsufficientStorage, full.Error())
	case errors.Is(err, worlds.ErrNone):
		return problem(http.StatusNotFound, err.Error())
	}
	return err
}
