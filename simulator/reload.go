package simulator

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"cardsim/scenarios"
	"cardsim/simulator/clock"
	"cardsim/simulator/director"
)

const (
	// settle is how long a change is left alone: editors write a file in several
	// steps.
	settle = 50 * time.Millisecond
	// pollEvery finds what the system does not report, such as changes on a network
	// drive or behind a link.
	pollEvery = 2 * time.Second
)

// reloader puts the scenario files of the start in force again when they change.
// Its goroutine alone touches active and fail.
type reloader struct {
	s      *Simulator
	files  []string
	events *fsnotify.Watcher // nil when the system has none: the poll remains
	stop   context.CancelFunc
	done   chan struct{}

	active []director.Source // what was taken last
	fail   string            // why the newest version is not taken; empty when it is
}

// close ends the watch and waits for a reload that is under way.
func (r *reloader) close() error {
	r.stop()
	<-r.done
	if r.events == nil {
		return nil
	}
	return r.events.Close()
}

func (r *reloader) run(ctx context.Context) {
	defer close(r.done)
	var events <-chan fsnotify.Event
	var gaps <-chan error
	if r.events != nil {
		events, gaps = r.events.Events, r.events.Errors
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-events:
			if clock.Wait(ctx, settle) != nil {
				return
			}
			drain(events)
		case err := <-gaps:
			r.s.log.Warn("reports of changed scenario files were lost; the files are looked at now", "error", err)
		case <-clock.After(pollEvery):
		}
		r.reload()
	}
}

// drain takes the reports of the change that has settled meanwhile.
func drain(events <-chan fsnotify.Event) {
	for {
		select {
		case <-events:
		default:
			return
		}
	}
}

// reload looks at the files and takes what has changed, all or nothing, with the
// counters set back. What cannot be taken leaves everything as it was.
func (r *reloader) reload() {
	sources, err := Sources(r.s.cfg.Scenarios)
	if err == nil && same(sources, r.active) {
		r.report("")
		return
	}
	if !r.inForce() {
		return
	}
	if err == nil {
		err = r.s.useScenarios(sources)
	}
	if err != nil {
		r.report(sentences(err))
		return
	}
	r.active, r.fail = sources, ""
	r.s.log.Info("scenario files reloaded", "files", r.files)
}

// inForce says whether the files still steer the default sandbox: scenarios that
// came through the admin API since are not pushed aside by a file.
func (r *reloader) inForce() bool {
	return slices.ContainsFunc(r.s.director.Status(r.s.worlds.Default().ID), func(st director.Status) bool {
		return slices.Contains(r.files, st.Source)
	})
}

// report says why the newest version is not taken, once for each reason.
func (r *reloader) report(why string) {
	if why == r.fail {
		return
	}
	r.fail = why
	r.s.director.Fail(r.s.worlds.Default().ID, why)
	if why == "" {
		r.s.log.Info("the scenario files are again those in force", "files", r.files)
		return
	}
	r.s.log.Error("the changed scenario files are not taken; those before stay in force", "problems", why)
}

// sentences tells problems without their source lines, which may hold card
// numbers, and masks what a sentence repeats of them.
func sentences(err error) string {
	var problems *director.ProblemsError
	if !errors.As(err, &problems) {
		return err.Error()
	}
	list := make([]string, 0, len(problems.Problems))
	for _, p := range problems.Problems {
		list = append(list, p.String())
	}
	return string(scenarios.Masked([]byte(strings.Join(list, "\n"))))
}

func same(a, b []director.Source) bool {
	return slices.EqualFunc(a, b, func(x, y director.Source) bool { return x.Name == y.Name && bytes.Equal(x.Text, y.Text) })
}
