package scenarios

import (
	"encoding/json"
	"net/textproto"
	"strconv"
	"strings"

	"cardsim/simulator/core"
)

// Parts is a set of the parts of [Documents].
type Parts uint8

// The parts that a condition can name.
const (
	RequestPart Parts = 1 << iota
	HeadersPart
	QueryPart
	FlowPart
)

// partsOf are those that an expression with these names needs.
func partsOf(names map[string]bool) Parts {
	var all Parts
	for name, part := range map[string]Parts{"request": RequestPart, "headers": HeadersPart, "query": QueryPart, "flow": FlowPart} {
		if names[name] {
			all |= part
		}
	}
	return all
}

// Documents are the parts of a request that are costly to make: they are asked
// for only when a condition is reached. Parts that were not asked for are empty.
type Documents struct {
	// Request is what the provider documents inside its envelope, without card
	// number and security code.
	Request map[string]any
	// Headers and Query by name; conditions find a header in any case that is
	// written all small, all as sent, or as HTTP has it (Content-Type).
	Headers, Query map[string]string
	// Flow is the id of the journey that the request belongs to.
	Flow string
}

// open lays out parts of the documents: most of the cost of an environment, and
// most conditions ask for one or none of them.
func (e *environment) open(in Input, parts Parts) {
	var d Documents
	if in.Open != nil {
		d = in.Open(parts)
	}
	if parts&RequestPart != 0 {
		e.Request, _ = plain(d.Request).(map[string]any)
	}
	if parts&FlowPart != 0 {
		e.Flow = d.Flow
	}
	if parts&HeadersPart != 0 {
		e.Headers = anyCase(d.Headers)
	}
	if parts&QueryPart != 0 {
		e.Query = make(map[string]string, len(d.Query))
		for name, value := range d.Query {
			e.Query[name] = cut(value)
		}
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
