package provider_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/journal"
	"cardsim/simulator/provider"
	"cardsim/simulator/provider/providertest"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
	"cardsim/simulator/wire"
)

// toy is a provider that writes down which steps a request passed.
type toy struct {
	mu    sync.Mutex
	steps []string
	fail  string // the step that refuses
	run   func(c *provider.Call, tx *provider.Tx) error
}

func (p *toy) step(name string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.steps = append(p.steps, name)
	if p.fail == name {
		return core.Errf(core.CodeInvalid, name, "refused at %s", name)
	}
	return nil
}

func (p *toy) passed() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.steps, " ")
}

func (p *toy) Name() string                      { return "toy" }
func (p *toy) Envelope(*provider.Call) error     { return p.step("envelope") }
func (p *toy) Authenticate(*provider.Call) error { return p.step("authenticate") }

func (p *toy) Identify(c *provider.Call) error {
	id, err := c.Worlds().ByBusiness(c.Request.Header.Get("X-Business"))
	if err != nil {
		return err
	}
	c.As(id)
	return p.step("identify")
}

func (p *toy) Fail(_ *provider.Call, err *core.Error) wire.Response {
	return wire.Text(http.StatusTeapot, string(err.Code))
}

func (p *toy) Routes() []provider.Route {
	op := provider.Op[string, string]{
		Name:     "toy.play",
		Decode:   func(*provider.Call) (string, error) { return "q", p.step("decode") },
		Validate: func(*provider.Call, string) error { return p.step("validate") },
		Facts: func(c *provider.Call, _ *provider.Tx, _ string) provider.Facts {
			pan, _ := core.ParsePAN("4111111145551142")
			return provider.Facts{Card: c.World.Ref(pan), Reference: "R-1", Money: core.Money{Minor: 1250, Currency: "EUR"}}
		},
		Run: func(c *provider.Call, tx *provider.Tx, _ string) (string, error) {
			if err := p.step("run"); err != nil {
				return "", err
			}
			if p.run != nil {
				return "a", p.run(c, tx)
			}
			return "a", nil
		},
		Encode: func(_ *provider.Call, a string) wire.Response { _ = p.step("encode"); return wire.Text(200, a) },
	}
	return []provider.Route{{Method: "POST", Pattern: "/toy/play", Operation: provider.Make(op)}}
}

func open(t *testing.T, p *toy) *providertest.House {
	t.Helper()
	return providertest.Open(t, provider.Mount{Provider: p, Prefixes: []string{"/toy/"}}, sandbox.Spec{})
}

func TestStepsInOrder(t *testing.T) {
	all := []string{"envelope", "identify", "authenticate", "decode", "validate", "run", "encode"}
	for i, fail := range append(slices.Clone(all[:6]), "") {
		p := &toy{fail: fail}
		a := open(t, p).Do("POST", "/toy/play", "")
		want := strings.Join(all, " ")
		if fail != "" {
			want = strings.Join(all[:i+1], " ")
		}
		if a.Err != nil || p.passed() != want || (fail == "") != (a.Status == 200) {
			t.Errorf("refused at %q: HTTP %d after %s, want %s", fail, a.Status, p.passed(), want)
		}
	}
}

var kept = store.NewTable[string]("toy.kept")

func TestARefusalByErrorRollsBack(t *testing.T) {
	p := &toy{run: func(c *provider.Call, tx *provider.Tx) error {
		if err := kept.Put(tx, c.World.ID, "k", "v"); err != nil {
			return err
		}
		return core.Errf(core.CodeRule, "", "no")
	}}
	h := open(t, p)
	if a := h.Do("POST", "/toy/play", ""); a.Status != http.StatusTeapot {
		t.Errorf("%+v", a)
	}
	err := h.DB.View(func(tx *store.Tx) error {
		if _, found, err := kept.Get(tx, h.World.ID, "k"); found || err != nil {
			t.Errorf("what was written is there: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A neighbour in the group fails, so the run is repeated: what it left for the
// journal stands there once.
func TestARepeatedRunLeavesItsNotesOnce(t *testing.T) {
	p := &toy{}
	var runs sync.Map
	p.run = func(c *provider.Call, tx *provider.Tx) error {
		n, _ := runs.LoadOrStore(c.Request.ID, new(int))
		*n.(*int)++
		c.Warn("a warning")
		c.Refuse(core.Refusef("why", "because"))
		if c.Request.Header.Get("X-Fail") != "" {
			if err := kept.Put(tx, c.World.ID, "k"+c.Request.ID, "v"); err != nil {
				return err
			}
			return errors.New("this one spoils its group")
		}
		return nil
	}
	h := open(t, p)
	var wg sync.WaitGroup
	for n := range 64 {
		wg.Go(func() {
			if n%8 == 0 {
				h.Do("POST", "/toy/play", "", "X-Fail", "1")
				return
			}
			if a := h.Do("POST", "/toy/play", ""); a.Status != 200 {
				t.Errorf("%+v", a)
			}
		})
	}
	wg.Wait()
	for _, e := range h.Journal.List(h.World.ID, journal.Query{Limit: 100}).Items {
		if e.Status == 200 && (len(e.Warnings) != 2 || e.Refusal == nil) { // the second is of the unknown identity
			t.Errorf("%s: warnings %q", e.ID, e.Warnings)
		}
	}
}

func TestJournalTellsTheFacts(t *testing.T) {
	h := open(t, &toy{})
	h.Do("POST", "/toy/play", "")
	e := h.Last(t)
	if e.Operation != "toy.play" || e.Provider != "toy" || e.Card == nil || e.Card.Last4 != "1142" || e.Reference != "R-1" || e.Currency != "EUR" || e.Amount == nil || *e.Amount != 12.5 {
		t.Errorf("%+v", e)
	}
	if e.Flow == "" || e.Merchant != "own" || len(e.Warnings) != 1 || !strings.Contains(e.Warnings[0], "unknown") {
		t.Errorf("flow %q merchant %q warnings %q", e.Flow, e.Merchant, e.Warnings)
	}
}

func TestInFlightIsSeen(t *testing.T) {
	entered, leave := make(chan struct{}), make(chan struct{})
	p := &toy{run: func(*provider.Call, *provider.Tx) error {
		close(entered)
		<-leave
		return nil
	}}
	h := open(t, p)
	done := make(chan providertest.Answer)
	go func() { done <- h.Do("POST", "/toy/play", "") }()
	<-entered
	if e := h.Last(t); e.State != "in-flight" || e.Path != "/toy/play" {
		t.Errorf("%+v", e)
	}
	close(leave)
	if a := <-done; a.Status != 200 {
		t.Errorf("%+v", a)
	}
	if e := h.Last(t); e.State != "done" {
		t.Errorf("%+v", e)
	}
}

func TestNobodysPath(t *testing.T) {
	h := open(t, &toy{})
	a := h.Do("GET", "/elsewhere", "")
	if a.Status != http.StatusNotFound || !strings.Contains(a.Body, "no simulated provider serves /elsewhere") {
		t.Errorf("%+v", a)
	}
}

// TestEntryOfASandboxThatIsGone: a request that found its sandbox a moment before the end
// of that leaves nothing for the next sandbox of the id.
func TestEntryOfASandboxThatIsGone(t *testing.T) {
	h := open(t, &toy{})
	h.World.End(true)
	h.Do("POST", "/toy/play", "")
	if page := h.Journal.List(h.World.ID, journal.Query{}); len(page.Items) != 0 {
		t.Errorf("the journal holds %+v", page.Items)
	}
}
