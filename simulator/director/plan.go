package director

import (
	"cmp"
	"errors"
	"maps"

	"cardsim/scenarios"
	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// The operations that a card's behaviour speaks of (interface §7).
const (
	opLookup  = "cardinal.lookup"
	opPayment = "acehub.payment.create"
)

// flowToResult is the flow of a card for which only a result is given: nothing but
// a challenge leads to one (*ours*).
const flowToResult = "challenge"

// Plan implements provider.Planner. A rule that needs no counter is decided
// without a transaction; one that does, in a small one of its own (decisions 1),
// so that two simultaneous calls never see the same step.
func (d *Director) Plan(c *provider.Call) (core.Plan, error) {
	s, card := d.steering(c.World.ID, c.Facts.Card)
	if s == nil {
		return behave(c.Operation.ID(), core.Plan{}, told{card: card}), nil
	}
	in := input(c)
	plan, decision, err := s.active.Plan(in, nil)
	if errors.Is(err, scenarios.ErrNeedsCounter) {
		plan, decision, err = d.counted(c, s, in)
	}
	if err != nil {
		return core.Plan{}, err
	}
	s.note(decision)
	plan = behave(c.Operation.ID(), plan, told{card, s.active.Cardholder(), decision.Pass})
	c.Decided(decision.Record())
	return plan, nil
}

// counted makes a plan that moves counters.
func (d *Director) counted(c *provider.Call, s *stage, in scenarios.Input) (plan core.Plan, decision scenarios.Decision, err error) {
	c.FindFlow() // not inside the transaction, where a rule may ask for it
	err = d.db.Update(func(tx *store.Tx) error {
		if err := c.World.Alive(); err != nil {
			return err
		}
		var err error
		plan, decision, err = s.active.Plan(in, counters{tx, c.World.ID})
		return err
	})
	return plan, decision, err
}

// counters are a sandbox's, inside one transaction.
type counters struct {
	tx      *store.Tx
	sandbox string
}

func (k counters) Get(key string) (uint64, error) { return store.Count(k.tx, k.sandbox, key) }

func (k counters) Next(key string) (uint64, error) { return store.Next(k.tx, k.sandbox, key) }

// draws is a world's chance as scenarios draw it.
type draws struct{ w *sandbox.World }

func (d draws) Draw(what string, entity ...string) float64 {
	return d.w.Draw(what, entity...).Float64()
}

// input is what scenarios may know of a call.
func input(c *provider.Call) scenarios.Input {
	in := scenarios.Input{
		Operation: c.Operation.ID(), Sandbox: c.World.ID, Order: c.Facts.Reference,
		Card: c.Facts.Card, Money: c.Facts.Money, Draws: draws{c.World},
		Open: func(parts scenarios.Parts) scenarios.Documents { return documents(c, parts) },
	}
	if c.Merchant != nil {
		in.Merchant = c.Merchant.ID
	}
	return in
}

// documents makes the parts of a call that are asked for.
func documents(c *provider.Call, parts scenarios.Parts) scenarios.Documents {
	var d scenarios.Documents
	if parts&scenarios.RequestPart != 0 && c.Facts.Request != nil {
		d.Request = c.Facts.Request()
	}
	if parts&scenarios.HeadersPart != 0 {
		d.Headers = make(map[string]string, len(c.Request.Header))
		for name := range c.Request.Header {
			d.Headers[name] = c.Request.Header.Get(name)
		}
	}
	if parts&scenarios.QueryPart != 0 {
		d.Query = map[string]string{}
		for name, values := range c.Request.Query() {
			d.Query[name] = values[0]
		}
	}
	if parts&scenarios.FlowPart != 0 {
		d.Flow = c.FindFlow()
	}
	return d
}

// told is what is said of a card and its holder.
type told struct {
	card  Behaviour
	steps []string // of the headless cardholder
	pass  bool     // a rule wants nothing to be done
}

// behave adds what is said of the card and its holder, where no rule has decided
// the outcome.
func behave(op string, plan core.Plan, t told) core.Plan {
	b := t.card
	if op == opLookup {
		plan.With = lookupWith(plan.With, t)
	}
	switch {
	case plan.Outcome != "" || t.pass:
		return plan
	case op == opLookup && b.ThreeDS != nil:
		plan.Outcome = cmp.Or(b.ThreeDS.Flow, flowToResult)
	case op == opPayment && b.Authorization != nil:
		plan.Outcome, plan.With = b.Authorization.Outcome, b.Authorization.With
	default:
		return plan
	}
	if plan.Rule == "" {
		plan.Rule = "card behaviour"
	}
	return plan
}

// lookupWith gives a lookup the challenge's result and code of the card and the
// steps of the headless cardholder, as far as no rule has.
func lookupWith(with map[string]any, t told) map[string]any {
	add := map[string]any{}
	if t.card.ThreeDS != nil && t.card.ThreeDS.Result != "" {
		add["result"] = t.card.ThreeDS.Result
	}
	if t.card.code != "" {
		add["otp"] = t.card.code
	}
	if len(t.steps) > 0 {
		add["cardholder"] = t.steps
	}
	if len(add) == 0 {
		return with
	}
	maps.Copy(add, with)
	return add
}
