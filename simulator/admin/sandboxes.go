package admin

import (
	"net/http"

	"cardsim/simulator/director"
	"cardsim/simulator/issuer"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// Sandbox is a sandbox as GET S shows it, its own credentials included.
type Sandbox struct {
	ID          string                       `json:"id"`
	Seed        uint64                       `json:"seed"`
	Credentials map[string]map[string]string `json:"credentials"`
	Env         map[string]string            `json:"env"`
}

func (a *API) describe(w *sandbox.World) (Sandbox, error) {
	pem, err := w.PublicKeyPEM(sandbox.SPKI)
	if err != nil {
		return Sandbox{}, err
	}
	at := a.Addresses()
	return Sandbox{ID: w.ID, Seed: w.Seed, Credentials: w.Credentials(at, pem), Env: w.Env(at, pem)}, nil
}

// listSandboxes lists every sandbox, newest first.
func (a *API) listSandboxes(*http.Request) (any, error) {
	worlds := a.Worlds.Worlds()
	items := make([]Sandbox, 0, len(worlds))
	for i := len(worlds) - 1; i >= 0; i-- {
		s, err := a.describe(worlds[i])
		if err != nil {
			return nil, err
		}
		items = append(items, s)
	}
	return list{Items: items}, nil
}

func (a *API) getSandbox(_ *http.Request, w *sandbox.World) (any, error) { return a.describe(w) }

// reset empties one sandbox: seed, credentials and clock stay, counters start
// again (decisions 11).
func (a *API) reset(_ *http.Request, w *sandbox.World) (any, error) {
	err := a.DB.Update(func(tx *store.Tx) error {
		if err := store.Clear(tx, w.ID, sandbox.StateTable, director.SourceTable, director.GivenTable); err != nil {
			return err
		}
		return issuer.SeedEnrolments(w.At(w.Clock.Now(), tx))
	})
	if err != nil {
		return nil, err
	}
	a.Director.Reset(w.ID)
	if err := a.Journal.Forget(w.ID); err != nil {
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

func (a *API) getSettings(_ *http.Request, w *sandbox.World) (any, error) {
	return w.Settings.All(), nil
}
