package admin

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"cardsim/scenarios"
	"cardsim/scenarios/strictyaml"
	"cardsim/simulator/journal"
)

// requestParameters are those of a list of requests, as the document tells them.
func requestParameters(size string) []Parameter {
	return []Parameter{
		{Name: "operation", Summary: "operation id, or a pattern such as acehub.*"},
		{Name: "flow", Summary: "id of a journey"},
		{Name: "card", Summary: "last four digits of a card, or its first six and last four: 400000…1091"},
		{Name: "outcome", Summary: "name of an outcome"},
		{Name: "state", Summary: "how far the request has come; both unless given", Enum: []string{string(journal.InFlight), string(journal.Done)}},
		{Name: "since", Type: "date-time", Summary: "leaves out what was received before"},
		{Name: "where", Summary: "expression over the entry, such as status >= 400 && card.brand == \"visa\""},
		{Name: "text", Summary: "text that stands anywhere in the entry, headers and bodies included, in any case of its letters"},
		{Name: "limit", Type: "integer", Summary: size},
		{Name: "after", Summary: "next of the page before"},
	}
}

// readFilter reads what a list of requests is narrowed by. A parameter that is not
// known is an error: a misspelt filter would let everything through.
func (a *API) readFilter(query url.Values) (journal.Query, error) {
	if err := checkParameters(query, requestParameters("")...); err != nil {
		return journal.Query{}, err
	}
	q := journal.Query{
		Operation: query.Get("operation"), Flow: query.Get("flow"), Outcome: query.Get("outcome"), State: journal.State(query.Get("state")),
		Text: query.Get("text"), After: query.Get("after"),
	}
	for _, step := range []func(url.Values, *journal.Query) error{a.checkOperation, readCard, readState, readSince, readLimit, readAfter, readWhere} {
		if err := step(query, &q); err != nil {
			return journal.Query{}, err
		}
	}
	return q, nil
}

// checkParameters refuses what a list does not know, with what was probably meant,
// and what is given twice.
func checkParameters(query url.Values, parameters ...Parameter) error {
	var known []string
	for _, p := range parameters {
		known = append(known, p.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if !slices.Contains(known, name) {
			hint := strictyaml.Suggest(name, known)
			if hint == "" {
				hint = "it knows " + strings.Join(known, ", ")
			}
			return problem(http.StatusBadRequest, fmt.Sprintf("this list knows no parameter %q; %s", name, hint))
		}
		if len(query[name]) > 1 {
			return problem(http.StatusBadRequest, fmt.Sprintf("the parameter %s is given twice", name))
		}
	}
	return nil
}

func (a *API) checkOperation(_ url.Values, q *journal.Query) error {
	if q.Operation == "" {
		return nil
	}
	if wrong, unknown := a.unknownOperation("", q.Operation); unknown {
		return problem(http.StatusBadRequest, "operation: "+wrong.Detail)
	}
	return nil
}

// cardShape is a card as people write it: 1091, 400000…1091, 400000******1091. A
// whole number has no place in an address.
var cardShape = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:(\d{6})[^\d]+)?(\d{4})$`) })

func readCard(query url.Values, q *journal.Query) error {
	given := query.Get("card")
	if given == "" {
		return nil
	}
	parts := cardShape().FindStringSubmatch(given)
	if parts == nil {
		return problem(http.StatusBadRequest, "card is the last four digits, 1091, or the first six and last four, 400000…1091")
	}
	q.Bin, q.Last4 = parts[1], parts[2]
	return nil
}

func readState(_ url.Values, q *journal.Query) error {
	switch q.State {
	case "", journal.InFlight, journal.Done:
		return nil
	}
	return problem(http.StatusBadRequest, "state is in-flight or done")
}

func readSince(query url.Values, q *journal.Query) error {
	since := query.Get("since")
	if since == "" {
		return nil
	}
	at, err := time.Parse(time.RFC3339, since)
	if err != nil {
		return problem(http.StatusBadRequest, "since is an instant such as 2026-01-02T03:04:05Z")
	}
	q.Since = at
	return nil
}

func readLimit(query url.Values, q *journal.Query) (err error) {
	q.Limit, err = pageLimit(query, 0)
	return err
}

func readAfter(_ url.Values, q *journal.Query) error {
	if q.After == "" || journal.IsID(q.After) {
		return nil
	}
	return errAfter()
}

func readWhere(query url.Values, q *journal.Query) error {
	where, wrong := compileWhere("", query.Get("where"))
	if len(wrong) > 0 {
		p := problem(http.StatusBadRequest, "where is no expression over an entry: "+wrong[0].Detail)
		p.Errors = wrong
		return p
	}
	q.Match = matcher(where)
	return nil
}

// compileWhere compiles an expression that stands at the pointer; an empty one is
// none.
func compileWhere(pointer, source string) (*scenarios.Where, []ProblemError) {
	if source == "" {
		return nil, nil
	}
	where, mistakes := scenarios.CompileWhere(source)
	var wrong []ProblemError
	for _, m := range mistakes {
		wrong = append(wrong, mistakeAt(pointer, source, m))
	}
	return where, wrong
}

// matcher asks an expression about entries; nil asks nothing. An expression that
// cannot be evaluated for an entry does not fit it.
func matcher(where *scenarios.Where) func(journal.Entry) bool {
	if where == nil {
		return nil
	}
	return func(e journal.Entry) bool {
		ok, err := where.Match(entryObject(e))
		return ok && err == nil
	}
}
