package journal

import (
	"maps"
	"slices"
	"time"

	"cardsim/simulator/core"
)

// State says how far a request has come.
type State string

// The two states of an entry.
const (
	InFlight State = "in-flight" // received, not answered yet
	Done     State = "done"      // answered, or given up
)

// Entry is what the journal knows of one request. Its JSON is a contract (decisions,
// "Shapes on the admin API") and the format on disk. Everything in it has been masked.
type Entry struct {
	// ID is the journal's own, r-000001: it rises with the order of receipt and is
	// never used twice, also across restarts.
	ID string `json:"id"`
	// At is the sandbox's time of receipt.
	At      time.Time `json:"at"`
	Sandbox string    `json:"sandbox"` // whose credential came
	// Flow ties the requests of one journey together; empty when none is known.
	Flow      string `json:"flow"`
	Operation string `json:"operation"` // operation id, acehub.payment.create; empty when none was recognised
	Provider  string `json:"provider"`  // whose path it was; empty for nobody's
	Method    string `json:"method"`    // of HTTP
	Path      string `json:"path"`      // without the query
	// Query is the masked query as it was sent; left out when there was none (ours).
	Query string `json:"query,omitempty"`
	// Status is the HTTP status, 0 when the connection was closed without an answer.
	Status  int    `json:"status"`
	Outcome string `json:"outcome"` // name in the outcome catalogue
	Result  string `json:"result"`  // the provider's own result code
	Card    *Card  `json:"card"`
	// Merchant is the sandbox's name of the merchant, no provider's id.
	Merchant string `json:"merchant"`
	// Amount is in major units, whatever the provider sends; nil when there is none.
	Amount    *float64 `json:"amount"`
	Currency  string   `json:"currency"`  // ISO 4217 alpha-3
	Reference string   `json:"reference"` // the merchant's own: order number, tracking code
	Rule      string   `json:"rule"`      // the scenario rule that decided, if any
	State     State    `json:"state"`
	// DurationMs is the real time from receipt to answer in milliseconds.
	DurationMs float64 `json:"durationMs"`
	// Warnings are what the caller should know and the provider would never say.
	Warnings []string `json:"warnings"`
	// Refusal is the true reason of a refusal, nil when nothing was refused.
	Refusal *core.Refusal `json:"refusal"`
	// Request and Response are nil in lists.
	Request  *Message `json:"request,omitempty"`
	Response *Message `json:"response,omitempty"`
	// Decision is the record of how the answer came about, for explain: neither
	// lists nor Get show it, Decision does.
	Decision *Account `json:"decision,omitempty"`
}

// Card is what may be shown of a card.
type Card struct {
	Brand string `json:"brand"` // lower case: visa
	Bin   string `json:"bin"`   // first six digits
	Last4 string `json:"last4"` // last four digits
}

// Message is one side of the exchange, masked.
type Message struct {
	Headers map[string]string `json:"headers"` // by name; secrets masked
	// Body is the masked body, cut behind 64 KiB with a note of its full length.
	Body string `json:"body"`
}

// Brief is the entry as lists show it, without request and response; a copy that is
// the caller's own.
func (e Entry) Brief() Entry {
	e.Request, e.Response, e.Decision = nil, nil, nil
	return e.clone()
}

// clone returns a copy that shares nothing that could be written to, with the
// empty values that JSON readers expect in place of null.
func (e Entry) clone() Entry {
	if e.Card != nil {
		c := *e.Card
		e.Card = &c
	}
	if e.Amount != nil {
		a := *e.Amount
		e.Amount = &a
	}
	if e.Refusal != nil {
		r := *e.Refusal
		e.Refusal = &r
	}
	if e.Warnings = slices.Clone(e.Warnings); e.Warnings == nil {
		e.Warnings = []string{}
	}
	e.Request, e.Response = e.Request.clone(), e.Response.clone()
	return e
}

func (m *Message) clone() *Message {
	if m == nil {
		return nil
	}
	c := &Message{Headers: maps.Clone(m.Headers), Body: m.Body}
	if c.Headers == nil {
		c.Headers = map[string]string{}
	}
	return c
}
