package admin

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/journal"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// List is a page of a list, newest first.
type List[T any] struct {
	// Items are the things on this page.
	Items []T `json:"items"`
	// Next is what to give as after for the page behind this one, null when there is
	// none. A page behind a filter may hold fewer items than its limit, or none, and
	// still have a next: so far was looked.
	Next *string `json:"next"`
}

const (
	// maxLimit is the largest page.
	maxLimit = 1000
	// maxLook is how many things a page looks at for those that its filter wants.
	maxLook = 10_000
	// cursorLength is that of every cursor: the digits of an order of arrival.
	cursorLength = 20
)

// listing is the part of a list that a caller asks for.
type listing struct {
	limit              int
	after              string
	card, flow, status string
}

// facts are what a list is filtered by.
type facts struct {
	last4        []string
	flow, status string
}

// last4 is what the card filter compares with.
func last4(cards ...*journal.Card) []string {
	var list []string
	for _, c := range cards {
		if c != nil {
			list = append(list, c.Last4)
		}
	}
	return list
}

// listed is an item of a list.
type listed interface{ facts() facts }

// readListing reads the query. A parameter that the list does not know is an
// error: a misspelt filter would let everything through.
func readListing(query url.Values, filters ...string) (listing, error) {
	q := listing{after: query.Get("after"), card: query.Get("card"), flow: query.Get("flow"), status: query.Get("status")}
	known := append([]string{"limit", "after"}, filters...)
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if !slices.Contains(known, name) {
			return q, problem(http.StatusBadRequest, fmt.Sprintf("this list knows no parameter %q, only %s", name, strings.Join(known, ", ")))
		}
	}
	var err error
	if q.limit, err = pageLimit(query, defaultLimit); err != nil {
		return q, err
	}
	if q.after != "" && (len(q.after) != cursorLength || !core.AllDigits(q.after)) {
		return q, errAfter()
	}
	if q.card != "" && (len(q.card) != 4 || !core.AllDigits(q.card)) {
		return q, problem(http.StatusBadRequest, "card is the last four digits of a card, or of the token that was sent for it")
	}
	return q, nil
}

// pageLimit reads the size of a page.
func pageLimit(query url.Values, unlessGiven int) (int, error) {
	text := query.Get("limit")
	if text == "" {
		return unlessGiven, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxLimit {
		return 0, problem(http.StatusBadRequest, fmt.Sprintf("limit is a whole number from 1 to %d", maxLimit))
	}
	return n, nil
}

// errAfter refuses a cursor that no page has given.
func errAfter() error {
	return problem(http.StatusBadRequest, "after is the next of the page before")
}

func (q listing) wants(f facts) bool {
	return (q.card == "" || slices.Contains(f.last4, q.card)) &&
		(q.flow == "" || q.flow == f.flow) &&
		(q.status == "" || strings.EqualFold(q.status, f.status))
}

// lister makes a list of what a package keeps: walk goes through it, newest
// first, and show makes an item of each that skip, if there is one, leaves.
type lister[T any, V listed] struct {
	walk func(s sandbox.Scope, after string, fn func(cursor string, v T) (more bool, err error)) error
	skip func(v T) bool
	show func(s sandbox.Scope, v T) (V, error)
}

// page fills a page and reads nothing behind it but one thing more, to know
// whether there is a next.
func (l lister[T, V]) page(s sandbox.Scope, q listing) (List[V], error) {
	page := List[V]{Items: []V{}}
	last, looked := "", 0
	err := l.walk(s, q.after, func(cursor string, v T) (bool, error) {
		if len(page.Items) == q.limit || looked == maxLook {
			page.Next = &last
			return false, nil
		}
		last, looked = cursor, looked+1
		if l.skip != nil && l.skip(v) {
			return true, nil
		}
		item, err := l.show(s, v)
		if err == nil && q.wants(item.facts()) {
			page.Items = append(page.Items, item)
		}
		return true, err
	})
	return page, err
}

// answer reads a page of a sandbox at one instant.
func (l lister[T, V]) answer(a *API, w *sandbox.World, q listing) (page List[V], err error) {
	err = a.DB.View(func(tx *store.Tx) error {
		page, err = l.page(w.At(w.Clock.Now(), tx), q)
		return err
	})
	return page, err
}

// one reads a single thing of a sandbox, or answers 404; what names its kind.
func one[V any](a *API, w *sandbox.World, what string, find func(s sandbox.Scope) (V, bool, error)) (any, error) {
	var item V
	found := false
	err := a.DB.View(func(tx *store.Tx) (err error) {
		item, found, err = find(w.At(w.Clock.Now(), tx))
		return err
	})
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, problem(http.StatusNotFound, fmt.Sprintf("sandbox %s has no such %s", w.ID, what))
	}
	return item, nil
}

// cardOf is what may be shown of a card; nil for none.
func cardOf(c core.CardRef) *journal.Card {
	if c.IsZero() {
		return nil
	}
	return &journal.Card{Brand: string(c.Brand), Bin: c.First6, Last4: c.Last4}
}

// maskText is a text that a merchant or tenant wrote, with what looks like a card
// number in it masked.
func maskText(text string) string { return journal.MaskBody(journal.Text, []byte(text), nil) }
