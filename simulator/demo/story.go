package demo

import (
	"context"
	"time"

	"cardsim/scenarios"
)

// Story is a scenario to play.
type Story struct {
	// Name is that of a shipped scenario, which has a play of its own; any other
	// is played by a checkout, and when that fails by a second one.
	Name    string
	Shipped bool
	Summary string
	// Text is the scenario file.
	Text []byte
	// Card is the number to pay with; empty: the demo's.
	Card string
}

// Ending is how a story ended: as the scenario's expect says or not, and what is
// not as it says.
type Ending struct {
	Passed   bool                `json:"passed"`
	Failures []scenarios.Failure `json:"failures"`
}

// storyPatience is how long the shop waits for an answer in a story.
const storyPatience = 5 * time.Second

// Tell puts a scenario in force, plays the shop's, the bank's and the
// cardholder's part over the wire, and prints each call with its answer and what
// the scenario did to it. What fails on the way is part of the story; an error
// says that it could not be told. In a simulator that others use ([Options.Fresh])
// the story has a sandbox of its own, which goes when the story ends as expected.
func Tell(ctx context.Context, o Options, s Story) (Ending, error) {
	w := newWalk(o)
	w.http.Timeout = storyPatience
	w.story = &telling{words: o.Words, told: map[string]bool{}}
	if s.Card != "" {
		w.card = s.Card
	}
	if o.Fresh {
		if err := w.takeSandbox(ctx); err != nil {
			return Ending{}, err
		}
	}
	end, err := w.tale(ctx, s)
	if !o.Fresh {
		return end, err
	}
	if err == nil && !end.Passed {
		w.print.line("The sandbox %s stays to be looked at; the scenarios in force in the others are as they were.", w.admin.sandbox)
		return end, w.print.err
	}
	if gone := w.leaveSandbox(context.WithoutCancel(ctx)); err == nil {
		err = gone
	}
	return end, err
}

// tale is the story from the scenario to the verdict.
func (w *walk) tale(ctx context.Context, s Story) (Ending, error) {
	if err := w.prepare(ctx); err != nil {
		return Ending{}, err
	}
	w.print.line("The story of %s, in sandbox %s. Providers: %s", s.Name, w.admin.sandbox, w.env["CARDSIM_URL"])
	if s.Summary != "" {
		w.print.line("%s", s.Summary)
	}
	if err := w.use(ctx, s.Text); err != nil {
		return Ending{}, err
	}
	p := w.checkout()
	if s.Shipped {
		p = w.playOf(s.Name)
	}
	finished, err := w.perform(ctx, p)
	if err == nil && !finished && !s.Shipped {
		_, err = w.perform(ctx, all(does(w.takeAnotherOrder), w.purchases()))
	}
	if err != nil {
		return Ending{}, err
	}
	return w.verdict(ctx)
}
