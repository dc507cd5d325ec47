package admin

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"time"

	"cardsim/simulator/journal"
)

// Search is what POST S/requests/count, find and wait look for. Without a body, or
// with an empty one, every answered request is found. A member that one of the three
// has no use for is checked and passed over, so that the same body does for all.
type Search struct {
	// Operation is an operation id, or a pattern such as acehub.*.
	Operation string `json:"operation,omitempty"`
	// Where is an expression over the entry. Requests that are not answered yet are
	// found only where it speaks of state: what they are about may not be known.
	Where string `json:"where,omitempty"`
	// Flow is the id of a journey.
	Flow string `json:"flow,omitempty"`
	// Count is how many entries a wait wants, 1 unless given.
	Count *int `json:"count,omitempty"`
	// Timeout is how long a wait lasts by the machine's time, as a Go duration from 0s,
	// which looks once, to 5m; 10s unless given.
	Timeout string `json:"timeout,omitempty"`
	// Limit is the largest number of entries that find and wait show, 100 unless given.
	Limit *int `json:"limit,omitempty"`
	// After is the next of the page before, for find.
	After string `json:"after,omitempty"`
}

const (
	defaultWait = 10 * time.Second
	maxWait     = 5 * time.Minute
)

// search is a Search that was checked.
type search struct {
	asked   Search
	query   journal.Query
	count   int
	timeout time.Duration
}

// readSearch reads a body, or says everything that is wrong with it.
func (a *API) readSearch(r *http.Request) (search, error) {
	raw, err := readBody(r)
	if err != nil {
		return search{}, err
	}
	s := search{query: journal.Query{Limit: defaultLimit}, count: 1, timeout: defaultWait}
	if len(bytes.TrimSpace(raw)) > 0 {
		r.Body = io.NopCloser(bytes.NewReader(raw))
		if err := decode(r, &s.asked); err != nil {
			return search{}, err
		}
	}
	if wrong := s.check(a); len(wrong) > 0 {
		return search{}, refused("the journal cannot be searched for this", wrong)
	}
	return s, nil
}

// check fills in the search from what was asked.
func (s *search) check(a *API) (wrong []ProblemError) {
	in := s.asked
	s.query.Operation, s.query.Flow, s.query.After = in.Operation, in.Flow, in.After
	if in.Operation != "" {
		if p, unknown := a.unknownOperation("/operation", in.Operation); unknown {
			wrong = append(wrong, p)
		}
	}
	where, mistakes := compileWhere("/where", in.Where)
	wrong = append(wrong, mistakes...)
	s.query.Match = matcher(where)
	if !where.Takes(string(journal.InFlight)) {
		s.query.State = journal.Done
	}
	return append(wrong, s.checkNumbers()...)
}

func (s *search) checkNumbers() (wrong []ProblemError) {
	add := func(pointer, format string, args ...any) {
		wrong = append(wrong, ProblemError{Pointer: pointer, Detail: fmt.Sprintf(format, args...)})
	}
	in := s.asked
	if in.Count != nil {
		if s.count = *in.Count; s.count < 1 {
			add("/count", "a wait is for at least 1 entry; POST requests/count tells that there is none")
		}
	}
	if in.Limit != nil {
		if s.query.Limit = *in.Limit; s.query.Limit < 1 || s.query.Limit > maxLimit {
			add("/limit", "limit is a whole number from 1 to %d", maxLimit)
		}
	}
	if in.After != "" && !journal.IsID(in.After) {
		add("/after", "after is the next of the page before")
	}
	if in.Timeout != "" {
		d, err := time.ParseDuration(in.Timeout)
		if s.timeout = d; err != nil || d < 0 || d > maxWait {
			add("/timeout", "a timeout is a Go duration from 0s to 5m, such as 500ms or 30s")
		}
	}
	return wrong
}
