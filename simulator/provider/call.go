package provider

import (
	"fmt"
	"slices"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/journal"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/wire"
)

// Call is one request on its way through the pipeline.
type Call struct {
	Request  *wire.Request
	Provider Provider
	// Operation is known after routing, or after the envelope.
	Operation Operation
	// Envelope is what the provider parsed.
	Envelope any
	// World and Merchant are known after Identify.
	World    *sandbox.World
	Merchant *sandbox.Merchant
	Identity sandbox.Identity
	// Now is the request's one instant, of the world's clock.
	Now time.Time
	// Plan is what the active scenarios decided.
	Plan core.Plan
	// Facts is what the request is about.
	Facts Facts
	// Base is the root of the URLs this request may hand out.
	Base string

	notes notes
	// decision is the scenarios' record of the plan, for explain.
	decision any
	changes  packed     // what the run wrote
	struck   core.Fault // the fault that was served
	record   *journal.Record
	front    *Front
}

// Facts is what scenarios may ask about a request, and what the journal shows.
type Facts struct {
	Card      core.CardRef
	Money     core.Money // zero Currency: no amount
	Reference string     // the merchant's own: order number, tracking code
	// Flow is the journey that the thing acted on was made in: a payment's, a
	// transaction's. Empty leaves it to the card.
	Flow string
	// Found is what the look at the sandbox came upon, for a reading Run that would look
	// for the same once more; nil when it found nothing. A writing Run must look itself:
	// its transaction may see another state.
	Found any
	// Request gives what the provider documents inside its envelope, for
	// conditions: never a PAN or security code. Few conditions ask for it.
	Request func() map[string]any
}

// notes is what a run leaves for the journal; a run that is repeated starts
// from a copy.
type notes struct {
	warnings []string
	refusal  *core.Refusal
	outcome  string
	result   string
	flow     string
	secrets  []string
}

func (n notes) clone() notes {
	n.warnings = slices.Clone(n.warnings)
	n.secrets = slices.Clone(n.secrets)
	return n
}

// As says who the request speaks for. An unseen identity leaves a warning.
func (c *Call) As(id sandbox.Identity) {
	c.Identity, c.Merchant = id, id.Merchant
	c.In(id.World)
	if !id.Known {
		c.Warn("the credentials are unknown: taken as the default sandbox's own merchant, unverified")
	}
}

// In says which sandbox the request belongs to, and reads its clock once.
func (c *Call) In(w *sandbox.World) {
	if w != c.World {
		c.World, c.Now = w, w.Clock.Now()
	}
	w.Touch()
	c.record.Identify(w.ID, c.Now)
	if w.Alive() != nil { // its journal was emptied while the request looked for it
		c.record.Leave()
	}
}

// Worlds is the registry that identities are resolved in.
func (c *Call) Worlds() *sandbox.Registry { return c.front.worlds }

// Scope is the call's world, instant and journey inside a transaction.
func (c *Call) Scope(tx *Tx) sandbox.Scope {
	s := c.World.At(c.Now, tx)
	s.Flow = c.notes.flow
	return s
}

// View runs fn in a reading transaction, for an Identify that finds the
// sandbox through something stored (a browser step's transaction).
func (c *Call) View(fn func(tx *Tx) error) error { return c.front.db.View(fn) }

// Setting reads the world's switches.
func (c *Call) Setting() *sandbox.Settings { return c.World.Settings }

// Secret names values that must not reach the journal, wherever they stand.
func (c *Call) Secret(values ...string) {
	for _, v := range values {
		if v != "" && !slices.Contains(c.notes.secrets, v) {
			c.notes.secrets = append(c.notes.secrets, v)
		}
	}
}

// Warn leaves a sentence in the journal: what the caller should know and the
// provider would never tell.
func (c *Call) Warn(format string, args ...any) {
	if len(args) > 0 {
		format = fmt.Sprintf(format, args...)
	}
	c.notes.warnings = append(c.notes.warnings, format)
}

// Refuse leaves the true reason of a refusal in the journal.
func (c *Call) Refuse(r *core.Refusal) { c.notes.refusal = r }

// Result leaves the outcome's name and the provider's own result code in the
// journal: approved and 0, failed and N.
func (c *Call) Result(outcome, result string) { c.notes.outcome, c.notes.result = outcome, result }

// Flow is the id of the card's journey that the call belongs to; empty before
// the run and for calls without a card.
func (c *Call) Flow() string { return c.notes.flow }

// FindFlow is Flow for those who cannot wait for the run, or where there is none: a
// scenario, the journal of a refused call. It must not be asked for inside a transaction.
func (c *Call) FindFlow() string {
	if c.notes.flow == "" && c.Facts.journeys() {
		// What cannot be read stays unknown: it explains, it does not decide.
		_ = c.View(func(tx *Tx) error { return c.front.joinFlow(c, tx, true) })
	}
	return c.notes.flow
}

// journeys says that a call about this belongs to a journey.
func (f Facts) journeys() bool { return f.Flow != "" || !f.Card.IsZero() }

// Decided keeps the scenarios' record of how the plan came about: it is made
// once and serves both the answer and explain.
func (c *Call) Decided(record any) { c.decision = record }

// strike says whether the planned delay or fault comes in at this point, and
// the answer that the fault puts in place of the provider's.
func (c *Call) strike(at core.FaultPoint) (wire.Response, bool) {
	f := c.Plan.Fault
	if f.Kind == "" || f.At != at {
		return wire.Response{}, false
	}
	c.Result("fault "+string(f.Kind), "")
	c.struck = f
	return wire.Trouble(f), true
}
