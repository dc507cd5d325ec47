package provider

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"

	"cardsim/simulator/clock"
	"cardsim/simulator/core"
	"cardsim/simulator/guard"
	"cardsim/simulator/journal"
	"cardsim/simulator/metrics"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
	"cardsim/simulator/wire"
)

// Front is the providers' listener: it receives, routes, walks the pipeline,
// keeps the journal and writes the answer.
type Front struct {
	db      *store.DB
	worlds  *sandbox.Registry
	journal *journal.Journal
	planner Planner
	log     *slog.Logger
	base    func(r *http.Request) string
	mounts  []mount
	metrics *metrics.Metrics // nil: nobody counts
	guard   guard.Mode

	suspected sync.Map // provider and reason -> true: what the log was told of
}

// Options are the parts a Front works with.
type Options struct {
	DB      *store.DB
	Worlds  *sandbox.Registry
	Journal *journal.Journal
	Planner Planner // nil: nothing is planned
	Log     *slog.Logger
	Metrics *metrics.Metrics // nil: nothing is counted
	Guard   guard.Mode       // what becomes of numbers and credentials that may be real
	// Base gives the root of the URLs that a request may hand out.
	Base func(r *http.Request) string
}

// NewFront makes the listener's handler.
func NewFront(o Options) *Front {
	return &Front{db: o.DB, worlds: o.Worlds, journal: o.Journal, planner: o.Planner, log: o.Log, base: o.Base, metrics: o.Metrics, guard: o.Guard}
}

// mount is one provider's paths.
type mount struct {
	provider Provider
	prefixes []string
	fold     bool
	router   *wire.Router[Operation]
	static   http.Handler
}

// Mount says where a provider lives: every path under one of the prefixes is
// its own, also those it does not know.
type Mount struct {
	Provider Provider
	Prefixes []string // "/api/", each ends in a slash
	// Fold matches paths in any case.
	Fold bool
	// Static serves files under Prefixes[0]+"static/", outside the journal.
	Static http.Handler
}

// Mount adds a provider.
func (f *Front) Mount(m Mount) {
	mt := mount{provider: m.Provider, prefixes: m.Prefixes, fold: m.Fold, router: wire.NewRouter[Operation](m.Fold), static: m.Static}
	for _, r := range m.Provider.Routes() {
		mt.router.Handle(r.Method, r.Pattern, r.Operation)
	}
	f.mounts = append(f.mounts, mt)
}

// find is the mount that a path belongs to.
func (f *Front) find(path string) *mount {
	for i := range f.mounts {
		m := &f.mounts[i]
		p := path
		if m.fold {
			p = strings.ToLower(path)
		}
		for _, prefix := range m.prefixes {
			if strings.HasPrefix(p, prefix) || p == prefix[:len(prefix)-1] {
				return m
			}
		}
	}
	return nil
}

// ServeHTTP receives one request. Nothing it meets ends the program: a panic is
// logged with its stack and answered as the provider's own internal error.
func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := wire.CleanPath(r.URL.Path)
	m := f.find(path)
	if m == nil {
		f.strayed()
		wire.Send(w, noProvider(path))
		return
	}
	if m.static != nil && strings.HasPrefix(path, m.prefixes[0]+"static/") {
		m.static.ServeHTTP(w, r)
		return
	}
	watch := clock.StartStopwatch()
	c, resp := f.receive(m, r)
	if resp.Hold > 0 {
		_ = clock.Wait(r.Context(), resp.Hold) // the client's going is the end of the wait
	}
	f.complete(c, resp, watch)
	wire.Send(w, resp)
}

// receive reads the request and walks the pipeline up to the answer.
func (f *Front) receive(m *mount, r *http.Request) (*Call, wire.Response) {
	world := f.worlds.Default()
	req, err := wire.Read(r)
	now := world.Clock.Now()
	rec := f.journal.Begin(journal.Receipt{Sandbox: world.ID, At: now, Method: req.Method, Path: req.Path, Query: req.RawQuery})
	req.ID = rec.ID()
	c := &Call{Request: req, Provider: m.provider, World: world, Now: now, Base: f.base(r), record: rec, front: f}
	return c, f.guarded(c, m, err)
}

// guarded walks the pipeline and turns a panic into an internal error.
func (f *Front) guarded(c *Call, m *mount, readErr error) (resp wire.Response) {
	defer func() {
		if p := recover(); p != nil {
			f.log.Error("request panicked", "request", c.Request.ID, "panic", f.masked(c, fmt.Sprint(p)), "stack", string(debug.Stack()))
			resp = f.fail(c, core.Errf(core.CodeInternal, "", "the simulator failed: see the log"))
		}
	}()
	op, vars, err := m.router.Match(c.Request.Method, c.Request.Path)
	if err == nil {
		c.Operation, c.Request.Vars = op, vars
	}
	return f.walk(c, readErr, err)
}

// walk takes the steps before the operation's own.
func (f *Front) walk(c *Call, readErr, routeErr error) wire.Response {
	if routeErr != nil {
		return f.fail(c, routeError(c, routeErr))
	}
	if readErr != nil {
		return f.fail(c, readErr)
	}
	for _, step := range []func(*Call) error{c.Provider.Envelope, c.Provider.Identify, c.Provider.Authenticate, f.guardCredentials} {
		if err := step(c); err != nil {
			return f.fail(c, err)
		}
	}
	resp := c.Operation.serve(c, f)
	if c.Plan.Respond != nil {
		resp = replaced(c.Plan.Respond)
	}
	if at := c.Plan.Fault.At; at == core.MidBody || at == core.AfterAnswer {
		resp.Fault, c.struck = c.Plan.Fault, c.Plan.Fault
	}
	resp.Hold += c.Plan.Delay
	return resp
}

// plan asks the scenarios. Without a planner nothing is planned.
func (f *Front) plan(c *Call) error {
	if f.planner == nil {
		return nil
	}
	p, err := f.planner.Plan(c)
	c.Plan = p
	return err
}

// fail renders an error in the provider's own words.
func (f *Front) fail(c *Call, err error) wire.Response {
	e := asError(err)
	if e.Code == core.CodeInternal {
		f.log.Error("request failed", "request", c.Request.ID, "error", f.masked(c, e.Detail))
	}
	if e.Refusal != nil || c.notes.refusal == nil {
		c.Refuse(e.Reason())
	}
	return c.Provider.Fail(c, e)
}

// masked is a text that may carry a value of the request, fit for the log.
func (f *Front) masked(c *Call, text string) string {
	return journal.MaskBody(journal.Text, []byte(text), c.notes.secrets)
}

func routeError(c *Call, err error) *core.Error {
	code := core.CodeNoRoute
	if err == wire.ErrMethod { //nolint:errorlint // the router returns it bare
		code = core.CodeMethod
	}
	return core.Errf(code, "", "%s %s: %v", c.Request.Method, c.Request.Path, err)
}

func replaced(r *core.Respond) wire.Response {
	resp := wire.Bytes(r.Status, "", []byte(r.Body))
	for k, v := range r.Headers {
		resp = resp.With(k, v)
	}
	return resp
}

// noProvider answers a path that belongs to nobody (*ours*).
func noProvider(path string) wire.Response {
	return wire.JSON(http.StatusNotFound, map[string]string{
		"error": "no simulated provider serves " + path,
		"hint":  "Cardtokens /api/, AceHub /gateway/v3/, Cardinal /maps/ /V1/ /V2/, Cipher /tenants/, the issuer's pages /acs/; the admin API has its own address",
	})
}
