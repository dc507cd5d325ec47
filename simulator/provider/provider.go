package provider

import (
	"cardsim/simulator/core"
	"cardsim/simulator/journal"
	"cardsim/simulator/store"
	"cardsim/simulator/wire"
)

// Tx is the store transaction that Run works in: an alias, so that a provider
// can pass it on to the domain packages without importing the store.
type Tx = store.Tx

// Provider is one simulated company: its paths, envelope, credentials and error
// document.
type Provider interface {
	// Name is the first part of its operation ids: cardtokens.
	Name() string
	// Routes lists its paths; the first match wins.
	Routes() []Route
	// Envelope parses the outer message into c.Envelope, and sets c.Operation
	// where the message names it (Cardinal's MsgType).
	Envelope(c *Call) error
	// Identify finds the sandbox and merchant: it calls c.As or c.In.
	Identify(c *Call) error
	// Authenticate checks the secret of an identity that is known.
	Authenticate(c *Call) error
	// Fail is the provider's own error document for an error of any step.
	Fail(c *Call, err *core.Error) wire.Response
}

// Route is one path of a provider. Operation is nil where the envelope names it.
type Route struct {
	Method    string
	Pattern   string // gorilla/mux's, with variables: /api/token/{tokenid}/status
	Operation Operation
}

// Operation is one documented call, without its types; Op makes it.
type Operation interface {
	// ID is the operation id of interface §6: acehub.payment.create.
	ID() string
	serve(c *Call, f *Front) wire.Response
}

// Planner decides what the active scenarios want of a request. It moves its
// counters in a small committed transaction of its own (decisions 1).
type Planner interface {
	Plan(c *Call) (core.Plan, error)
}

// KindOf lets a provider tell the journal how a body is masked when its content
// type does not say so (Cardinal answers XML as text/html).
type KindOf interface {
	BodyKind(c *Call, request bool) journal.Kind
}
