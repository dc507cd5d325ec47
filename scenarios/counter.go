package scenarios

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"slices"
	"strings"

	"cardsim/scenarios/strictyaml"
)

// Counters are the counters of one sandbox inside one store transaction: whatever
// Plan reads and moves there belongs together.
type Counters interface {
	// Get reads a counter: how often it was moved, 0 for an unknown one.
	Get(key string) (uint64, error)
	// Next moves a counter and gives its new value: 1 for an unknown one. In a
	// transaction that only reads it gives ErrNeedsCounter.
	Next(key string) (uint64, error)
}

// ErrNeedsCounter says that a plan cannot be made without moving a counter: make
// it again inside a transaction that writes. Nothing has moved.
var ErrNeedsCounter = errors.New("the plan needs a counter to be moved")

// CounterPrefix begins the key of every counter, so that the counters of a sandbox
// can be set back when its scenarios change.
const CounterPrefix = "scenario:"

// What a counter counts.
const (
	countsCalls = "call" // requests that came as far as the rule
	countsDraws = "draw" // requests that chance was asked about
	countsSteps = "step" // requests that took a step
)

// counterKey says whose counter a rule moves: one of the words, or an expression.
type counterKey struct {
	word       string // empty when per was not given
	expression *expression
}

// The words of per.
const (
	perSandbox  = "sandbox"
	perCard     = "card"
	perMerchant = "merchant"
	perOrder    = "order"
	perFlow     = "flow"
)

// perWords lists the words of per, which win over expressions of the same text.
var perWords = []string{perSandbox, perCard, perMerchant, perOrder, perFlow}

// readPer reads what stands at the node.
func readPer(n *strictyaml.Node) counterKey {
	if n == nil || n.Kind != strictyaml.Text || strings.TrimSpace(n.Value) == "" {
		return counterKey{}
	}
	if slices.Contains(perWords, n.Value) {
		return counterKey{word: n.Value}
	}
	l := counterKeys()
	l.names = append(slices.Clone(perWords), l.names...)
	e, mistakes := l.compile(n.Value)
	report(n, mistakes)
	return counterKey{word: n.Value, expression: e}
}

// ownerOf gives the value that tells one counter from another, or says in a
// sentence why the request has none.
func (k counterKey) ownerOf(p *planning) (owner, problem string) {
	in := p.in
	if k.expression != nil {
		text, err := p.machine().text(k.expression, p.environment(k.expression.documents))
		if err != nil {
			return "", p.clean(err.Error())
		}
		return text, ""
	}
	switch k.word {
	case perCard:
		return in.Card.Fingerprint, missing(in.Card.Fingerprint, "the request has no card")
	case perMerchant:
		return in.Merchant, missing(in.Merchant, "the request has no merchant")
	case perOrder:
		return in.Order, missing(in.Order, "the request has no order of the merchant's")
	case perFlow:
		flow := p.environment(FlowPart).Flow
		return flow, missing(flow, "the request belongs to no flow")
	}
	return "", ""
}

// finest gives the owner of the draws of a rule whose per is not given: the
// request's own card and order, so that chance does not depend on the order in
// which requests of others arrive (interface §3).
func (k counterKey) finest(in Input) string {
	return in.Merchant + "\x00" + in.Card.Fingerprint + "\x00" + in.Order
}

func missing(value, why string) string {
	if value == "" {
		return why
	}
	return ""
}

// keyOf names a counter. The owner is hashed: it may be a text out of the request,
// which has no place in the store.
func keyOf(r *rule, counts, owner string) string {
	h := sha256.New()
	for _, part := range []string{r.scenario, r.name, owner} {
		var length [4]byte
		binary.BigEndian.PutUint32(length[:], uint32(len(part)))
		h.Write(length[:])
		h.Write([]byte(part))
	}
	return CounterPrefix + counts + ":" + base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:16])
}
