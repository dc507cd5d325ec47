package demo

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"cardsim/simulator/clock"
)

// takeSandbox makes a sandbox for the story, so that nobody's scenarios, clock and
// journal are touched.
func (w *walk) takeSandbox(ctx context.Context) error {
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
	w.print.line("The sandbox %s is gone again; the scenarios in force in the others are as they were.", w.admin.sandbox)
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
