package providertest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/journal"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"
)

// House is a provider behind a listening server, with a store, a journal and
// one sandbox.
type House struct {
	DB      *store.DB
	World   *sandbox.World
	Journal *journal.Journal
	Planner *Planner
	Log     *bytes.Buffer
	server  *httptest.Server
	mu      sync.Mutex
}

// Open serves a mount for the length of the test. The default sandbox is made
// from spec, whose id and seed may be left out.
func Open(t testing.TB, m provider.Mount, spec sandbox.Spec) *House {
	t.Helper()
	if spec.ID == "" {
		spec.ID, spec.Seed = sandbox.DefaultID, 1
	}
	if len(spec.Merchants) == 0 {
		spec.Merchants = []*sandbox.Merchant{sandbox.DerivedMerchant(1, spec.ID)}
	}
	w, err := sandbox.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	worlds := sandbox.NewRegistry(false)
	if err := worlds.Add(w); err != nil {
		t.Fatal(err)
	}
	h := &House{DB: storetest.Open(t), World: w, Planner: &Planner{}, Log: &bytes.Buffer{}}
	if h.Journal, err = journal.Open(h.DB, journal.Options{}); err != nil {
		t.Fatal(err)
	}
	front := provider.NewFront(provider.Options{
		DB: h.DB, Worlds: worlds, Journal: h.Journal, Planner: h.Planner,
		Log:  slog.New(slog.NewTextHandler(h, nil)),
		Base: func(r *http.Request) string { return "http://" + r.Host },
	})
	front.Mount(m)
	h.server = httptest.NewServer(front)
	t.Cleanup(func() {
		h.server.Close()
		if err := h.Journal.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// Write takes the log.
func (h *House) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.Log.Write(p)
}

// URL is the root of the server.
func (h *House) URL() string { return h.server.URL }

// Answer is what a client saw; Err is set when the connection broke.
type Answer struct {
	Status int
	Header http.Header
	Body   string
	Err    error
}

// Do sends a request with headers given as name, value, name, value.
func (h *House) Do(method, path, body string, header ...string) Answer {
	req, err := http.NewRequestWithContext(context.Background(), method, h.server.URL+path, strings.NewReader(body))
	if err != nil {
		return Answer{Err: err}
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	// A connection each: one that a fault has broken must not meet the next request.
	transport := &http.Transport{DisableKeepAlives: true}
	client := &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		return Answer{Err: err}
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return Answer{Status: resp.StatusCode, Header: resp.Header, Body: string(text), Err: err}
}

// Last is the newest journal entry of the sandbox, in full.
func (h *House) Last(t testing.TB) journal.Entry {
	t.Helper()
	page := h.Journal.List(h.World.ID, journal.Query{Limit: 1})
	if len(page.Items) == 0 {
		t.Fatal("the journal is empty")
	}
	e, ok := h.Journal.Get(h.World.ID, page.Items[0].ID)
	if !ok {
		t.Fatalf("entry %s is listed and not found", page.Items[0].ID)
	}
	return e
}

// state is a digest of everything the sandbox keeps, the journal apart.
func (h *House) state(t testing.TB) string {
	t.Helper()
	sum := sha256.New()
	err := h.DB.View(func(tx *store.Tx) error {
		return store.Each(tx, h.World.ID, func(table, key string, value []byte) error {
			if table != journal.Table {
				_, _ = fmt.Fprintf(sum, "%q %q %q\n", table, key, value) // a hash takes every write
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Planner plans the same for every request until it is changed.
type Planner struct {
	mu   sync.Mutex
	plan core.Plan
}

// Set changes what is planned.
func (p *Planner) Set(plan core.Plan) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.plan = plan
}

// Plan implements provider.Planner.
func (p *Planner) Plan(*provider.Call) (core.Plan, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.plan, nil
}
