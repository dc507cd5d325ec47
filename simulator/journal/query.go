package journal

import (
	"encoding/json"
	"iter"
	"slices"
	"time"

	"cardsim/simulator/core"
)

// Query chooses entries. Its zero value chooses all; every field that is set
// narrows the choice.
type Query struct {
	// Operation is an operation id, in which * stands for any characters: acehub.*.
	Operation string
	Flow      string
	Outcome   string
	// Bin and Last4 are of the card; either may be empty.
	Bin, Last4 string
	// Since leaves out entries received before it, by the sandbox's time.
	Since time.Time
	State State
	// Text is looked for, whatever the case of its letters, in everything that was
	// kept of the request: ids, names, warnings, headers and bodies.
	Text string
	// Match has the last word. It gets whole entries, request and response
	// included, and must not change what they point to.
	Match func(Entry) bool
	// Limit is the largest number of entries, 0 for all.
	Limit int
	// After goes on behind the entry with this id: Page.Next of the page before.
	After string
}

// Page is a part of a list, newest first.
type Page struct {
	// Items leave out request and response.
	Items []Entry `json:"items"`
	// Next is the After of the next page, nil when this is the last.
	Next *string `json:"next"`
}

// List returns the chosen entries of a sandbox, newest first.
func (j *Journal) List(sandbox string, q Query) Page {
	page := Page{Items: []Entry{}}
	for e := range j.chosen(sandbox, q, q.looksInside()) {
		if q.Limit > 0 && len(page.Items) == q.Limit {
			next := page.Items[q.Limit-1].ID
			page.Next = &next
			break
		}
		page.Items = append(page.Items, e.Brief())
	}
	return page
}

// All goes through the chosen entries of a sandbox, newest first, whatever Limit
// says. They are whole, request and response included, and must not be changed.
func (j *Journal) All(sandbox string, q Query) iter.Seq[Entry] { return j.chosen(sandbox, q, true) }

// chosen goes through the chosen entries; whole says whether they have their
// messages.
func (j *Journal) chosen(sandbox string, q Query, whole bool) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for _, r := range slices.Backward(j.records(sandbox, q.After)) {
			e := r.glance()
			if !q.choosesOutside(e) {
				continue
			}
			if whole {
				r.whole(&e)
			}
			if q.choosesInside(e) && !yield(e) {
				return
			}
		}
	}
}

// records copies a shelf up to an id, so that readers hold nobody up.
func (j *Journal) records(sandbox, before string) []*Record {
	j.awaitFormer()
	j.mu.RLock()
	defer j.mu.RUnlock()
	s := j.shelves[sandbox]
	if s == nil {
		return nil
	}
	end := len(s.records)
	if before != "" {
		seq, ok := parseID(before)
		if !ok {
			return nil
		}
		end, _ = s.find(seq)
	}
	return slices.Clone(s.records[:end])
}

// looksInside says that the query asks for what stands in the messages.
func (q Query) looksInside() bool { return q.Text != "" || q.Match != nil }

func (q Query) choosesInside(e Entry) bool {
	return (q.Text == "" || e.mentions(q.Text)) && (q.Match == nil || q.Match(e))
}

// choosesOutside is the part of the choice that needs no messages.
func (q Query) choosesOutside(e Entry) bool {
	return (q.Operation == "" || core.OperationMatches(q.Operation, e.Operation)) &&
		(q.Flow == "" || q.Flow == e.Flow) &&
		(q.Since.IsZero() || !e.At.Before(q.Since)) &&
		(q.State == "" || q.State == e.State) &&
		(q.Outcome == "" || q.Outcome == e.Outcome) &&
		q.choosesCard(e.Card)
}

func (q Query) choosesCard(c *Card) bool {
	if q.Bin == "" && q.Last4 == "" {
		return true
	}
	return c != nil && (q.Bin == "" || q.Bin == c.Bin) && (q.Last4 == "" || q.Last4 == c.Last4)
}

// Get returns one entry of a sandbox, whole but for the record of its decision.
func (j *Journal) Get(sandbox, id string) (Entry, bool) {
	e, ok := j.get(sandbox, id)
	e.Decision = nil
	return e, ok
}

// Decision returns the record of how a request's answer came about; nil while it
// is in flight.
func (j *Journal) Decision(sandbox, id string) (json.RawMessage, bool) {
	e, ok := j.get(sandbox, id)
	if e.Decision == nil {
		return nil, ok
	}
	return e.Decision.text(), ok
}

func (j *Journal) get(sandbox, id string) (Entry, bool) {
	seq, ok := parseID(id)
	if !ok {
		return Entry{}, false
	}
	j.awaitFormer()
	j.mu.RLock()
	var found *Record
	if s := j.shelves[sandbox]; s != nil {
		if i, ok := s.find(seq); ok {
			found = s.records[i]
		}
	}
	j.mu.RUnlock()
	if found == nil {
		return Entry{}, false
	}
	return found.read(), true
}
