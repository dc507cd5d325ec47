package scenarios

import (
	"encoding/json"
	"net/textproto"
	"strconv"
	"strings"

	"cardsim/simulator/core"
)

// environment is what conditions see of a request (interface §7). Its tags are the
// names that people write.
type environment struct {
	Request  map[string]any    `expr:"request"`
	Headers  map[string]string `expr:"headers"`
	Query    map[string]string `expr:"query"`
	Card     cardView          `expr:"card"`
	Merchant string            `expr:"merchant"`
	Amount   float64           `expr:"amount"`
	Minor    int               `expr:"minor"`
	Currency string            `expr:"currency"`
	Flow     string            `expr:"flow"`
	Call     int               `expr:"call"`
	Sandbox  string            `expr:"sandbox"`

	last recollection
}

// cardView is the card in conditions: the underlying one (decisions 4).
type cardView struct {
	Brand  string `expr:"brand"`
	Bin    string `expr:"bin"`
	Last4  string `expr:"last4"`
	Issuer string `expr:"issuer"`
}

// cardNames are the members of the card.
var cardNames = []string{"brand", "bin", "last4", "issuer"}

// environmentNames are the names of the environment, for suggestions.
var environmentNames = []string{
	"request", "headers", "query", "card", "merchant", "amount", "minor", "currency", "flow", "call", "sandbox",
}

// Documents are the parts of a request that are costly to make: they are asked
// for only when a condition is reached.
type Documents struct {
	// Request is what the provider documents inside its envelope, without card
	// number and security code.
	Request map[string]any
	// Headers and Query by name; conditions find a header in any case that is
	// written all small, all as sent, or as HTTP has it (Content-Type).
	Headers, Query map[string]string
}

// newEnvironment lays a request out for conditions, without its documents.
func newEnvironment(in Input) *environment {
	amount := 0.0
	if in.Money.Currency != "" {
		amount, _ = strconv.ParseFloat(in.Money.Major(), 64) // what Major writes always reads
	}
	return &environment{
		Card:     cardView{Brand: string(in.Card.Brand), Bin: in.Card.First6, Last4: in.Card.Last4, Issuer: in.Issuer},
		Merchant: in.Merchant, Amount: amount, Minor: int(in.Money.Minor), Currency: in.Money.Currency,
		Flow: in.Flow, Sandbox: in.Sandbox,
	}
}

// open lays out the documents: most of the cost of an environment, and most
// conditions ask for none of them.
func (e *environment) open(in Input) {
	var d Documents
	if in.Open != nil {
		d = in.Open()
	}
	e.Request, _ = plain(d.Request).(map[string]any)
	e.Headers = anyCase(d.Headers)
	e.Query = make(map[string]string, len(d.Query))
	for name, value := range d.Query {
		e.Query[name] = cut(value)
	}
}

// anyCase adds the usual spellings of each header's name.
func anyCase(headers map[string]string) map[string]string {
	all := make(map[string]string, 2*len(headers))
	for name, value := range headers {
		value = cut(value)
		all[strings.ToLower(name)], all[textproto.CanonicalMIMEHeaderKey(name)], all[name] = value, value, value
	}
	return all
}

// What conditions see of values that a caller can make as large as a body may be:
// a loop or a pattern costs no more than that (ours).
const (
	maxListed = 1000  // entries of a list
	maxText   = 10000 // bytes of a text
)

// plain copies a value into the types that expressions compare: numbers as
// numbers (decisions 4), lists not too long.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		m := make(map[string]any, len(v))
		for k, item := range v {
			m[k] = plain(item)
		}
		return m
	case []any:
		list := make([]any, 0, min(len(v), maxListed))
		for _, item := range v[:min(len(v), maxListed)] {
			list = append(list, plain(item))
		}
		return list
	case json.Number:
		return number(v)
	case string:
		return cut(v)
	case core.PAN:
		return v.String() // never in clear, whatever a provider hands in
	default:
		return v
	}
}

func cut(s string) string { return s[:min(len(s), maxText)] }

func number(n json.Number) any {
	if i, err := strconv.Atoi(string(n)); err == nil {
		return i
	}
	if f, err := n.Float64(); err == nil {
		return f
	}
	return string(n)
}
