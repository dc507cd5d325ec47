package admin

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"cardsim/simulator/clock"
	"cardsim/simulator/core"
	"cardsim/simulator/director"
	"cardsim/simulator/events"
	"cardsim/simulator/journal"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
	"cardsim/simulator/threeds"
	"cardsim/simulator/worlds"
)

// Options are the parts the admin API works with.
type Options struct {
	DB        *store.DB
	Worlds    *sandbox.Registry
	Keeper    *worlds.Keeper
	Journal   *journal.Journal
	Director  *director.Director
	Signing   threeds.Signing
	Addresses func() sandbox.Addresses
	Ready     func() bool
	Token     string // empty: none is asked for
	Bound     string // the address that the listener was told, with a name or an IP
	Version   string
	Commit    string
	Log       *slog.Logger
	// CA is the certificate authority of --tls as PEM; nil without one.
	CA []byte
	// Events are told at /api/v1/events, Metrics at /metrics.
	Events  *events.Hub
	Metrics http.Handler
	// Outcomes is the outcome catalogue, by operation.
	Outcomes []core.Outcome
	// Pages makes the pages for people, which get this API and take every path
	// that is not its own; nil for none.
	Pages func(api http.Handler) http.Handler
}

// API is the admin listener's handler.
type API struct {
	Options
	log   *slog.Logger
	watch clock.Stopwatch
	mux   *http.ServeMux
	guard http.Handler
	pages http.Handler // nil: none
}

// maxBody is the largest body the admin API takes.
const maxBody = 1 << 20

// New makes the handler.
func New(o Options) *API {
	a := &API{Options: o, log: o.Log, watch: clock.StartStopwatch(), mux: http.NewServeMux()}
	a.register()
	if o.Pages != nil {
		a.pages = o.Pages(a)
	}
	a.guard = a.atHome(a.sameOrigin(http.HandlerFunc(a.dispatch)))
	return a
}

// ServeHTTP answers one admin request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.guard.ServeHTTP(w, r) }

func (a *API) dispatch(w http.ResponseWriter, r *http.Request) {
	if a.pages != nil && !ours(r.URL.Path) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		a.pages.ServeHTTP(w, r) // they ask for the token in their own way
		return
	}
	if !a.allowed(r) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="cardsim admin"`)
		a.writeProblem(w, problem(http.StatusUnauthorized, "the admin API wants Authorization: Bearer with the token given by --admin-token"))
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, bodyLimit(r))
	a.mux.ServeHTTP(w, r)
}

// ours says that a path is the API's: the pages take every other.
func ours(path string) bool {
	switch path {
	case "/livez", "/readyz", "/health", "/metrics", "/ca.pem":
		return true
	}
	return strings.HasPrefix(path, "/api/")
}

// allowed compares the token in constant time; probes need none.
func (a *API) allowed(r *http.Request) bool {
	if a.Token == "" || r.URL.Path == "/livez" || r.URL.Path == "/readyz" || r.URL.Path == "/ca.pem" {
		return true
	}
	given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	want, have := sha256.Sum256([]byte(a.Token)), sha256.Sum256([]byte(given))
	return ok && subtle.ConstantTimeCompare(want[:], have[:]) == 1
}

// handle serves a function that returns a value to be written as JSON.
func (a *API) handle(fn func(r *http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := fn(r)
		if err != nil {
			a.writeProblem(w, err)
			return
		}
		writeJSON(w, http.StatusOK, v)
	}
}

// writeJSON answers v with a status.
func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // a client that has gone is no error of ours
}

// world serves a function of one sandbox.
func (a *API) world(fn func(r *http.Request, w *sandbox.World) (any, error)) http.HandlerFunc {
	return a.handle(func(r *http.Request) (any, error) {
		w, err := a.find(r)
		if err != nil {
			return nil, err
		}
		return fn(r, w)
	})
}

func (a *API) find(r *http.Request) (*sandbox.World, error) {
	id := r.PathValue("sandbox")
	if w, ok := a.Worlds.ByID(id); ok {
		w.Touch()
		return w, nil
	}
	return nil, problem(http.StatusNotFound, fmt.Sprintf("there is no sandbox %q", id))
}

// decode reads a JSON body strictly: an unknown member is an error.
func decode(r *http.Request, into any) error {
	dec := json.NewDecoder(r.Body)
	dec.DisallowUnknownFields()
	err := dec.Decode(into)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return problem(http.StatusRequestEntityTooLarge, "the body exceeds 1 MiB")
	case errors.Is(err, io.EOF):
		return problem(http.StatusBadRequest, "a JSON body is needed")
	case err != nil:
		return problem(http.StatusBadRequest, "the body is not the JSON expected here: "+err.Error())
	case dec.More():
		return problem(http.StatusBadRequest, "one JSON document is expected, something follows it")
	}
	return nil
}
