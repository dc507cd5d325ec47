package provider

import (
	"cardsim/simulator/clock"
	"cardsim/simulator/core"
	"cardsim/simulator/journal"
	"cardsim/simulator/wire"
)

// complete finishes the journal entry before the last byte of the answer
// leaves. Bodies are masked here, before they are kept.
func (f *Front) complete(c *Call, resp wire.Response, watch clock.Stopwatch) {
	c.record.Keep(
		journal.Side{Header: c.Request.Header, Kind: f.kind(c, true, c.Request.Header.Get("Content-Type"), c.Request.Body), Body: c.Request.Body},
		journal.Side{Type: resp.Type, Header: resp.Header, Kind: f.kind(c, false, resp.Type, resp.Body), Body: resp.Body},
		c.notes.secrets,
	)
	c.FindFlow() // of a call that did not run
	took := watch.Elapsed()
	c.record.Complete(func(e *journal.Entry) {
		f.describe(c, e)
		e.Status = seen(resp)
		e.DurationMs = float64(took.Microseconds()) / 1000
		e.Decision = f.explain(c)
	})
	f.measure(c, seen(resp), took)
}

// seen is the status that the client sees: 0 for a connection closed without an
// answer.
func seen(resp wire.Response) int {
	if resp.Abort || resp.Fault.Kind == core.FaultReset && resp.Fault.At != core.AfterAnswer {
		return 0
	}
	return resp.Status
}

// describe fills in what the call was about.
func (f *Front) describe(c *Call, e *journal.Entry) {
	e.Provider = c.Provider.Name()
	if c.Operation != nil {
		e.Operation = c.Operation.ID()
	}
	e.Flow, e.Outcome, e.Result = c.notes.flow, c.notes.outcome, c.notes.result
	e.Rule, e.Warnings, e.Refusal = c.Plan.Rule, c.notes.warnings, c.notes.refusal
	if card := c.Facts.Card; !card.IsZero() {
		e.Card = &journal.Card{Brand: string(card.Brand), Bin: card.First6, Last4: card.Last4}
	}
	if c.Merchant != nil {
		e.Merchant = c.Merchant.ID
	}
	if m := c.Facts.Money; m.Currency != "" {
		e.Amount = new(m.Float())
		e.Currency = m.Currency
	}
	e.Reference = c.Facts.Reference
}

func (f *Front) kind(c *Call, request bool, contentType string, body []byte) journal.Kind {
	if k, ok := c.Provider.(KindOf); ok {
		return k.BodyKind(c, request)
	}
	return journal.KindOf(contentType, body)
}
