package shop

import (
	"crypto/rand"
	"strings"
	"sync"
)

// What is on sale.
const (
	product  = "Harbour lamp"
	amount   = "129.00"
	minor    = "12900"
	currency = "EUR"
	numeric  = "978" // EUR, ISO 4217
)

// Card is what the customer types. It is never kept: only the token is.
type Card struct {
	Number       string
	Month, Year  int
	SecurityCode string
	Holder       string
}

// Order is one customer's way through the checkout.
type Order struct {
	ID    string
	Card  string // brand and last four, for people
	Frame bool   // the challenge in a frame, or as a page of its own

	mu       sync.Mutex
	state    state
	result   string // what to tell the customer
	notes    []string
	messages []Message
	secrets  []string
	changed  chan struct{} // closed and replaced at every change

	token  token
	secure secure
	proof  string // the cryptogram, in memory for as long as the order lasts
	once   sync.Once
}

// state says where an order is.
type state string

const (
	running state = "running"
	paid    state = "paid"
	failed  state = "failed"
)

// Message is one call to a company and its answer, with what is secret masked.
type Message struct {
	Company, Call      string
	Sent, Answered     string
	Status, Outcome    string
	MoreSent, MoreBack bool
}

// orders are those of this run.
type orders struct {
	mu   sync.Mutex
	byID map[string]*Order
	list []string
}

// maxOrders bounds what is remembered.
const maxOrders = 200

func (l *orders) open() *Order {
	o := &Order{ID: "LAMP-" + rand.Text()[:12], state: running, changed: make(chan struct{})}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.byID[o.ID] = o
	l.list = append(l.list, o.ID)
	if len(l.list) > maxOrders {
		delete(l.byID, l.list[0])
		l.list = l.list[1:]
	}
	return o
}

func (l *orders) find(id string) (*Order, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	o, ok := l.byID[id]
	return o, ok
}

// secret names a value that is shown nowhere.
func (o *Order) secret(values ...string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, v := range values {
		if len(v) >= 3 {
			o.secrets = append(o.secrets, v)
		}
	}
}

// mask hides the secrets in a text, all but their last four characters if they
// are long.
func (o *Order) mask(text string) string {
	for _, s := range o.secrets {
		shown := "•••"
		if len(s) >= 12 {
			shown += s[len(s)-4:]
		}
		text = strings.ReplaceAll(text, s, shown)
	}
	return text
}

// tell adds a message to the order.
func (o *Order) tell(m Message) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.messages = append(o.messages, m)
	o.wake()
}

// say adds a sentence for the customer.
func (o *Order) say(note string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.notes = append(o.notes, note)
	o.wake()
}

// end says how the order ended.
func (o *Order) end(s state, result string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.state, o.result = s, result
	o.wake()
}

func (o *Order) wake() {
	close(o.changed)
	o.changed = make(chan struct{})
}

// snapshot is the order as it stands, masked, and a channel that closes at the
// next change.
func (o *Order) snapshot() (view, <-chan struct{}) {
	o.mu.Lock()
	defer o.mu.Unlock()
	v := view{ID: o.ID, Card: o.Card, State: o.state, Result: o.result, Notes: append([]string(nil), o.notes...), Product: product, Amount: currency + " " + amount}
	for _, m := range o.messages {
		m.Sent, m.Answered = o.mask(m.Sent), o.mask(m.Answered)
		v.Messages = append(v.Messages, m)
	}
	return v, o.changed
}
