package demo

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"cardsim/scenarios"
	"cardsim/simulator/clock"
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
	// Demands is how many entries its expect has.
	Demands int
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
		if err := w.settle(ctx); err != nil {
			return Ending{}, err
		}
	}
	end, err := w.tale(ctx, s)
	if !o.Fresh {
		return end, err
	}
	if err == nil && !end.Passed {
		w.print.line("\nThe other sandboxes were not touched. This one stays to be looked at: %s", w.admin.sandbox)
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
	w.print.line("The story of %s. Providers: %s", s.Name, w.env["CARDSIM_URL"])
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

// settle makes a sandbox for the story, so that nobody's scenarios, clock and
// journal are touched.
func (w *walk) settle(ctx context.Context) error {
	body, err := json.Marshal(map[string]string{"id": "demo-" + strings.ToLower(rand.Text()[:10])})
	if err != nil {
		return fmt.Errorf("encode the request: %w", err)
	}
	got, err := w.admin.do(ctx, message{method: http.MethodPost, url: sandboxes, contentType: "application/json", body: body})
	if err != nil {
		return err
	}
	if got.status != http.StatusCreated {
		return w.admin.problem(got)
	}
	var made struct{ ID string }
	if err := w.admin.read(got, &made); err != nil {
		return err
	}
	w.admin.sandbox = made.ID
	return nil
}

// leaveSandbox deletes the story's sandbox.
func (w *walk) leaveSandbox(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, storyPatience)
	defer cancel()
	if err := w.admin.change(ctx, http.MethodDelete, "", nil); err != nil {
		return err
	}
	w.print.line("\nThe story had a sandbox to itself, which is gone. The scenarios in force in the others are as they were.")
	return w.print.err
}

// use puts the scenario in force.
func (w *walk) use(ctx context.Context, text []byte) error {
	got, err := w.admin.do(ctx, message{
		method: http.MethodPut, url: sandboxes + "/" + w.admin.sandbox + "/scenarios", contentType: "application/yaml", body: text,
	})
	if err == nil && got.status != http.StatusOK {
		err = w.admin.problem(got)
	}
	return err
}

// verdict holds the journal against the scenario's expect.
func (w *walk) verdict(ctx context.Context) (Ending, error) {
	if err := w.tellRest(ctx); err != nil {
		return Ending{}, err
	}
	got, err := w.admin.do(ctx, message{method: http.MethodPost, url: sandboxes + "/" + w.admin.sandbox + "/verify"})
	if err != nil {
		return Ending{}, err
	}
	if got.status != http.StatusOK && got.status != http.StatusConflict {
		return Ending{}, w.admin.problem(got)
	}
	var end Ending
	if err := w.admin.read(got, &end); err != nil {
		return Ending{}, err
	}
	return end, w.print.err
}

// freeze stops the sandbox's clock, so that it can be moved.
func (w *walk) freeze(ctx context.Context) error {
	w.print.step("Before", "the sandbox's clock is stopped")
	return w.admin.change(ctx, http.MethodPut, "/clock", map[string]any{"mode": clock.Frozen})
}

// hourPasses moves the sandbox's clock.
func (w *walk) hourPasses(ctx context.Context) error {
	w.print.step("Later", "an hour passes, by the sandbox's clock")
	return w.admin.change(ctx, http.MethodPost, "/clock/advance", map[string]string{"by": "1h"})
}
