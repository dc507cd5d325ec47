package demo

import (
	"context"
	"net/url"
	"slices"
	"time"

	"cardsim/scenarios"
	"cardsim/simulator/clock"
	"cardsim/simulator/journal"
)

// telling is what a story has said about the scenario so far.
type telling struct {
	words func(*scenarios.Decision) string
	told  map[string]bool // requests by their id in the journal
}

// tell says what the scenario did to the requests that were answered since it was
// last called. In the plain demo there is no scenario to speak of.
func (w *walk) tell(ctx context.Context) error {
	if w.story == nil {
		return nil
	}
	_, err := w.tellNew(ctx)
	return err
}

// tellNew tells of what is new and reports whether a request is still under way.
func (w *walk) tellNew(ctx context.Context) (underWay bool, err error) {
	var page struct {
		Items []struct {
			ID    string
			State journal.State
		}
	}
	if err := w.admin.get(ctx, "/requests?limit=10", &page); err != nil {
		return false, err
	}
	for _, r := range slices.Backward(page.Items) {
		switch {
		case w.story.told[r.ID]:
		case r.State != journal.Done:
			underWay = true
		default:
			w.story.told[r.ID] = true
			if err := w.tellOne(ctx, r.ID); err != nil {
				return underWay, err
			}
		}
	}
	return underWay, nil
}

// tellOne prints the rule that won, from the record that explain shows.
func (w *walk) tellOne(ctx context.Context, id string) error {
	var e struct{ Decision *scenarios.Decision }
	if err := w.admin.get(ctx, "/requests/"+url.PathEscape(id)+"/explain", &e); err != nil {
		return err
	}
	d := e.Decision
	if d == nil || d.Rule == "" {
		return nil
	}
	words := ""
	if w.story.words != nil {
		words = ": " + w.story.words(d)
	}
	if d.Step > 0 {
		w.print.line("     * the scenario's rule %q, step %d%s", d.Rule, d.Step, words)
	} else {
		w.print.line("     * the scenario's rule %q%s", d.Rule, words)
	}
	return nil
}

// tellRest waits a moment for requests that the shop gave up, then tells of them
// and of the rules that nothing met.
func (w *walk) tellRest(ctx context.Context) error {
	const rounds, pause = 40, 25 * time.Millisecond
	for range rounds {
		underWay, err := w.tellNew(ctx)
		if err != nil {
			return err
		}
		if !underWay {
			break
		}
		if err := clock.Wait(ctx, pause); err != nil {
			return err
		}
	}
	var now struct {
		Active []struct {
			Name  string
			Rules []struct {
				Name   string
				Unused bool
			}
		}
	}
	if err := w.admin.get(ctx, "/scenarios", &now); err != nil {
		return err
	}
	w.print.line("")
	for _, s := range now.Active {
		for _, r := range s.Rules {
			if r.Unused {
				w.print.line("Nothing met the rule %q of %s.", r.Name, s.Name)
			}
		}
	}
	return nil
}

// tellCardholder says how far the scenario's cardholder has played the challenge,
// who does so at the lookup (decisions 15).
func (w *walk) tellCardholder(ctx context.Context) error {
	var list struct {
		Items []struct {
			TransactionID, State      string
			AttemptsLeft, ResendsLeft int
		}
	}
	if err := w.admin.get(ctx, "/challenges", &list); err != nil {
		return err
	}
	for _, c := range list.Items {
		if c.TransactionID == w.lookup.TransactionID && c.State != "pending" {
			w.print.line("     * the scenario's cardholder played at once: the challenge is %s, %d attempts and %d resends are left", c.State, c.AttemptsLeft, c.ResendsLeft)
		}
	}
	return nil
}
