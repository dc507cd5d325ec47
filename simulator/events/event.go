package events

import "cardsim/simulator/journal"

// Kind is what an event is about.
type Kind string

// The kinds of event.
const (
	Request     Kind = "request"     // an entry of the journal; id is the entry's
	Challenge   Kind = "challenge"   // a cardholder being asked; id is the challenge's
	Message     Kind = "message"     // something in the outbox; id is the message's
	Token       Kind = "token"       // a network token; id is the tokenid
	Transaction Kind = "transaction" // 3-D Secure; id is the TransactionId
	Payment     Kind = "payment"     // an operation at the acquirer; id is AceHub's
	Cardholder  Kind = "cardholder"  // an enrolled card, by its cardId, or its holder, by the authProfileId
	Card        Kind = "card"        // how the sandbox's cards behave, by PUT S/cards; without id
	Clock       Kind = "clock"       // without id
	Scenarios   Kind = "scenarios"   // those in force; without id
	Settings    Kind = "settings"    // without id
	Sandbox     Kind = "sandbox"     // id is the sandbox's
	Journal     Kind = "journal"     // the whole of it; without id
)

// Kinds lists them all.
func Kinds() []Kind {
	return []Kind{
		Request, Challenge, Message, Token, Transaction, Payment, Cardholder,
		Card, Clock, Scenarios, Settings, Sandbox, Journal,
	}
}

// The two kinds that are about the stream itself and pass every filter.
const (
	// Ready begins a stream: from here on nothing is missed.
	Ready Kind = "ready"
	// Reset says that events were lost, so that what the reader knows may be out of
	// date: it reads again what it needs, and goes on from here.
	Reset Kind = "reset"
)

// Action is what happened to the thing.
type Action string

// The actions.
const (
	Created  Action = "created"
	Changed  Action = "changed"
	Deleted  Action = "deleted"
	Emptied  Action = "reset"    // a sandbox: read again all that is in it
	Imported Action = "imported" // a sandbox: read again all that is in it
	Cleared  Action = "cleared"  // a journal
	Refused  Action = "refused"  // scenarios: a changed file was not taken, Detail says why
)

// Event is one thing that happened: what stands as data in the stream.
type Event struct {
	// Sandbox is where it happened.
	Sandbox string `json:"sandbox"`
	Kind    Kind   `json:"kind"`
	// ID names the thing among those of its kind; empty where a sandbox has only one.
	ID     string `json:"id"`
	Action Action `json:"action"`
	// Flow is the journey that the thing belongs to.
	Flow string `json:"flow,omitempty"`
	// State is where the thing stands now, as its list shows it.
	State string `json:"state,omitempty"`
	// Detail is a sentence for people.
	Detail string `json:"detail,omitempty"`
	// Entry is the journal's, of a request, as lists have it.
	Entry *journal.Entry `json:"entry,omitempty"`
}
