package notify

import (
	"fmt"
	"strings"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// The channels of an outbox (interface §4).
const (
	SMS     = "sms"
	Email   = "email"
	Webhook = "webhook"
)

// Code stands in a Text where the one-time password goes.
const Code = "{code}"

// Delivered is the Status of an Attempt that reached the outbox: all that can
// happen to an SMS or e-mail of a sandbox.
const Delivered = "delivered"

// Message is one thing sent. The JSON is a format that users keep.
type Message struct {
	ID        string    `json:"id"` // rises within the sandbox: msg-0000000001
	At        time.Time `json:"at"` // sandbox time
	Channel   string    `json:"channel"`
	To        string    `json:"to"`                  // phone number, address or URL, in clear
	Flow      string    `json:"flow,omitempty"`      // the card's journey it belongs to
	Challenge string    `json:"challenge,omitempty"` // the challenge whose code it carries
	Sending   int       `json:"sending,omitempty"`   // ordinal of the sending within the challenge, from 1
	Text      string    `json:"text"`
	// Attempts are the deliveries tried, oldest first.
	Attempts []Attempt `json:"attempts"`
}

// Attempt is one try to deliver a message.
type Attempt struct {
	At     time.Time `json:"at"`              // sandbox time of the attempt
	Status string    `json:"status"`          // Delivered, or the HTTP status of a webhook's receiver
	Error  string    `json:"error,omitempty"` // why it failed, for people
}

// An id is the message's ordinal within its sandbox, so that ids sort by age.
const (
	idPrefix = "msg-"
	idDigits = 10
)

// messages holds every message under its id; ids sort by age.
var messages = store.NewTable[Message]("notify.messages").Rising()

// Send puts a message into the outbox and returns it with its id and time. An
// SMS or e-mail is delivered by that; a webhook's attempts are added as they
// happen.
func Send(s sandbox.Scope, m Message) (Message, error) {
	n, err := s.Next("notify.messages")
	if err != nil {
		return Message{}, fmt.Errorf("number a message: %w", err)
	}
	m.ID, m.At = fmt.Sprintf("%s%0*d", idPrefix, idDigits, n), s.Now
	if m.Channel != Webhook {
		m.Attempts = []Attempt{{At: s.Now, Status: Delivered}}
	}
	return m, keep(s, m)
}

// ByID finds a message.
func ByID(s sandbox.Scope, id string) (Message, bool, error) {
	m, ok, err := messages.Get(s.Tx, s.World.ID, id)
	if err != nil {
		return Message{}, false, fmt.Errorf("read message: %w", err)
	}
	return m, ok, nil
}

// Tried adds a delivery attempt to a message.
func Tried(s sandbox.Scope, id string, a Attempt) (Message, error) {
	m, ok, err := ByID(s, id)
	if err != nil {
		return Message{}, err
	}
	if !ok {
		return Message{}, fmt.Errorf("the outbox has no message %q", id)
	}
	m.Attempts = append(m.Attempts, a)
	return m, keep(s, m)
}

// Newest walks the outbox, the newest message first, or from behind the id of a
// message, until fn wants no more. It reads nothing beyond that.
func Newest(s sandbox.Scope, after string, fn func(id string, m Message) (more bool, err error)) error {
	if err := messages.Scan(s.Tx, s.World.ID, store.ScanOptions{After: after, Reverse: true}, fn); err != nil {
		return fmt.Errorf("list the outbox: %w", err)
	}
	return nil
}

// List returns the whole outbox newest first; a channel other than empty keeps that
// channel only.
func List(s sandbox.Scope, channel string) ([]Message, error) {
	list := []Message{}
	err := Newest(s, "", func(_ string, m Message) (bool, error) {
		if channel == "" || m.Channel == channel {
			list = append(list, m)
		}
		return true, nil
	})
	return list, err
}

// IsID says whether a text has the shape of a message's id.
func IsID(text string) bool {
	digits, ok := strings.CutPrefix(text, idPrefix)
	return ok && len(digits) == idDigits && core.AllDigits(digits)
}

func keep(s sandbox.Scope, m Message) error {
	if err := messages.Put(s.Tx, s.World.ID, m.ID, m); err != nil {
		return fmt.Errorf("keep message %s: %w", m.ID, err)
	}
	return nil
}
