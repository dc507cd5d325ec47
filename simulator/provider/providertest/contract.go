package providertest

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/wire"
)

// Contract is what a provider brings to the suite.
type Contract struct {
	Mount provider.Mount
	Spec  sandbox.Spec
	// Unknown is a path of the provider that it does not know: its own 404.
	Unknown string
	// Good is a request that succeeds, may be sent again, and reaches a run.
	Good Request
	// Prepare, when set, makes what the good request needs and returns it in
	// place of Good: a browser step needs its transaction.
	Prepare func(t *testing.T, h *House) Request
	// Document checks that a body is the provider's own error document.
	Document func(body string) bool
	// Silent are codes that the provider answers without a body or at all.
	Silent []core.Code
}

// Request is one request of the suite.
type Request struct {
	Method, Path, Body string
	Header             []string
}

func (r Request) send(h *House) Answer { return h.Do(r.Method, r.Path, r.Body, r.Header...) }

// open serves the provider and tells the good request.
func (c Contract) open(t *testing.T) (*House, Request) {
	t.Helper()
	h := Open(t, c.Mount, c.Spec)
	if c.Prepare != nil {
		return h, c.Prepare(t, h)
	}
	return h, c.Good
}

// Run runs the suite.
func Run(t *testing.T, c Contract) {
	t.Run("operation ids are well formed and unique by path", c.operations)
	t.Run("every code has a document", c.codes)
	t.Run("an unknown path is the provider's own 404", c.unknown)
	t.Run("a body above the limit is refused in the provider's words", c.tooLarge)
	t.Run("repeated slashes are collapsed without a redirect", c.slashes)
	t.Run("the journal is complete before the answer leaves", c.journal)
	t.Run("every fault point is a real step", c.faults)
	t.Run("a raw answer replaces the provider's", c.respond)
	t.Run("a panic is the provider's own internal error", c.panics)
}

var operationID = regexp.MustCompile(`^[a-z]+\.[a-z]+(\.[a-z]+)?$`)

func (c Contract) operations(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range c.Mount.Provider.Routes() {
		if key := r.Method + " " + r.Pattern; seen[key] {
			t.Errorf("%s is routed twice", key)
		} else {
			seen[key] = true
		}
		if r.Operation != nil && !operationID.MatchString(r.Operation.ID()) {
			t.Errorf("operation id %q", r.Operation.ID())
		}
	}
	if len(seen) == 0 {
		t.Error("the provider has no routes")
	}
}

func (c Contract) silent(code core.Code) bool {
	for _, s := range c.Silent {
		if s == code {
			return true
		}
	}
	return false
}

func (c Contract) codes(t *testing.T) {
	world, err := sandbox.New(sandbox.Spec{ID: "w", Merchants: []*sandbox.Merchant{{ID: "m"}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range core.Codes() {
		call := &provider.Call{
			Request:  &wire.Request{ID: "r-1", Method: http.MethodPost, Path: "/x", Header: http.Header{}},
			Provider: c.Mount.Provider, World: world, Now: world.Clock.Now(),
		}
		const secret = "4111111145551142"
		resp := c.Mount.Provider.Fail(call, &core.Error{Code: code, Field: "field", Detail: "detail"})
		if resp.Status < 200 || resp.Status > 599 {
			t.Errorf("%s answers status %d", code, resp.Status)
		}
		if !c.silent(code) && !c.Document(string(resp.Body)) {
			t.Errorf("%s answers %q, which is not the provider's document", code, resp.Body)
		}
		if strings.Contains(string(resp.Body), secret) {
			t.Errorf("%s shows a card number", code)
		}
	}
}

func (c Contract) unknown(t *testing.T) {
	h := Open(t, c.Mount, c.Spec)
	a := h.Do(http.MethodPost, c.Unknown, "")
	if a.Err != nil || a.Status != http.StatusNotFound || !c.silent(core.CodeNoRoute) && !c.Document(a.Body) {
		t.Errorf("%+v", a)
	}
	if e := h.Last(t); e.Status != http.StatusNotFound || e.Provider != c.Mount.Provider.Name() || e.State != "done" {
		t.Errorf("journal: %+v", e)
	}
}

func (c Contract) tooLarge(t *testing.T) {
	h, good := c.open(t)
	big := good
	big.Method, big.Body = http.MethodPost, strings.Repeat("a", wire.MaxBody+1)
	for _, r := range c.Mount.Provider.Routes() {
		if r.Method == http.MethodPost {
			big.Path = regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(r.Pattern, "x")
			break
		}
	}
	if a := big.send(h); a.Err != nil || a.Status == http.StatusOK && a.Body == "" || !c.silent(core.CodeTooLarge) && !c.Document(a.Body) {
		t.Errorf("%s: HTTP %d %.200q %v", big.Path, a.Status, a.Body, a.Err)
	}
}

func (c Contract) slashes(t *testing.T) {
	h, good := c.open(t)
	plain := good.send(h)
	doubled := good
	doubled.Path = "/" + doubled.Path
	if a := doubled.send(h); a.Err != nil || a.Status != plain.Status {
		t.Errorf("%s: HTTP %d, with one slash %d", doubled.Path, a.Status, plain.Status)
	}
}

func (c Contract) journal(t *testing.T) {
	h, good := c.open(t)
	for range 20 {
		a := good.send(h)
		if a.Err != nil || a.Status != http.StatusOK {
			t.Fatalf("the good request: %+v", a)
		}
		e := h.Last(t)
		if e.State != "done" || e.Status != http.StatusOK || e.Operation == "" || e.Response == nil || len(a.Body) > 0 && e.Response.Body == "" {
			t.Fatalf("after the answer the entry is %+v", e)
		}
	}
}

// faults strikes at each point and sees where the request stopped.
func (c Contract) faults(t *testing.T) {
	points := map[core.FaultPoint]core.FaultKind{
		core.BeforeValidation: core.FaultHTTP, core.AfterValidation: core.FaultHTTP, core.AfterCommit: core.FaultHTTP,
	}
	for at, kind := range points {
		h, good := c.open(t)
		before := h.state(t)
		h.Planner.Set(core.Plan{Rule: "trouble", Fault: core.Fault{Kind: kind, At: at, Status: http.StatusBadGateway}})
		if a := good.send(h); a.Err != nil || a.Status != http.StatusBadGateway {
			t.Errorf("%s: %+v", at, a)
		}
		if e := h.Last(t); e.Status != http.StatusBadGateway || e.Rule != "trouble" {
			t.Errorf("%s: journal %+v", at, e)
		}
		if changed := h.state(t) != before; changed != (at == core.AfterCommit) {
			t.Errorf("%s: the state has changed: %v", at, changed)
		}
	}
	h, good := c.open(t)
	h.Planner.Set(core.Plan{Fault: core.Fault{Kind: core.FaultTruncate, At: core.MidBody}})
	if a := good.send(h); a.Err == nil {
		t.Errorf("a truncated answer arrives whole: %+v", a)
	}
	h.Planner.Set(core.Plan{Fault: core.Fault{Kind: core.FaultReset, At: core.AfterAnswer}})
	if a := good.send(h); a.Err != nil || a.Status != http.StatusOK {
		t.Errorf("a reset after the answer: %+v", a)
	}
	h.Planner.Set(core.Plan{Fault: core.Fault{Kind: core.FaultEmpty, At: core.AfterCommit}})
	if a := good.send(h); a.Err == nil {
		t.Errorf("an empty answer is %+v", a)
	}
	if e := h.Last(t); e.Status != 0 || e.State != "done" {
		t.Errorf("the entry of a closed connection: %+v", e)
	}
}

func (c Contract) respond(t *testing.T) {
	h, good := c.open(t)
	h.Planner.Set(core.Plan{Respond: &core.Respond{Status: 418, Headers: map[string]string{"X-Raw": "1"}, Body: "short and stout"}})
	if a := good.send(h); a.Status != 418 || a.Body != "short and stout" || a.Header.Get("X-Raw") != "1" {
		t.Errorf("%+v", a)
	}
}

// panicking is a provider whose credentials check blows up.
type panicking struct{ provider.Provider }

func (panicking) Authenticate(*provider.Call) error { panic("boom with 4111111145551142") }

func (c Contract) panics(t *testing.T) {
	c.Mount.Provider = panicking{c.Mount.Provider}
	h, good := c.open(t)
	a := good.send(h)
	if a.Err != nil || !c.silent(core.CodeInternal) && !c.Document(a.Body) || strings.Contains(a.Body, "boom") {
		t.Errorf("%+v", a)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if !strings.Contains(h.Log.String(), "panicked") {
		t.Errorf("the log says nothing: %s", h.Log)
	}
	if strings.Contains(h.Log.String(), "4111111145551142") {
		t.Error("the log shows what the panic carried")
	}
}
