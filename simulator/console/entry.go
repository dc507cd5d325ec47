package console

import (
	"fmt"
	"strconv"
	"time"

	"cardsim/web"
)

// entry is what the console reads of a journal entry (decisions, "Shapes on the
// admin API").
type entry struct {
	ID         string
	At         time.Time
	Flow       string
	Operation  string
	Provider   string
	Method     string
	Path       string
	Query      string
	Status     int
	Outcome    string
	Result     string
	Card       *card
	Merchant   string
	Amount     *float64
	Currency   string
	Reference  string
	Rule       string
	State      string
	DurationMs float64
	Warnings   []string
	Refusal    *refused
	Request    *message
	Response   *message
}

type card struct{ Brand, Bin, Last4 string }

// refused is the true reason of a refusal.
type refused struct{ Code, Detail string }

type message struct {
	Headers map[string]string
	Body    string
}

// name is a card as people read it: brand and last four.
func (c *card) name() string {
	if c == nil {
		return ""
	}
	return c.Brand + " ••" + c.Last4
}

// money is an amount with its currency.
func money(amount *float64, currency string) string {
	if amount == nil {
		return ""
	}
	return currency + " " + strconv.FormatFloat(*amount, 'f', decimals(currency), 64)
}

// decimals are the minor digits of a currency (ISO 4217); two for most.
func decimals(currency string) int {
	switch currency {
	case "JPY", "KRW", "VND", "CLP", "ISK", "PYG", "UGX", "XAF", "XOF", "XPF":
		return 0
	case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND":
		return 3
	default:
		return 2
	}
}

// mark is an entry's status: a word with its tone.
func (e entry) mark() web.Cell {
	c := web.Cell{Kind: web.Mark, Text: e.Outcome, Tone: e.tone()}
	if c.Text == "" {
		c.Text = strconv.Itoa(e.Status)
	}
	switch {
	case e.State == "in-flight":
		c.Text = "in flight"
	case e.Status == 0:
		c.Text = "no answer"
	}
	if e.Refusal != nil {
		c.Title = e.Refusal.Detail
	}
	return c
}

func (e entry) tone() web.Tone {
	switch {
	case e.State == "in-flight":
		return web.Pending
	case e.Status == 0 || e.Status >= 500:
		return web.Fault
	case e.Refusal != nil || e.Status >= 400 || badOutcomes[e.Outcome]:
		return web.Bad
	case pendingOutcomes[e.Outcome]:
		return web.Pending
	default:
		return web.Good
	}
}

// duration is a real time in milliseconds.
func (e entry) duration() string {
	if e.State == "in-flight" {
		return ""
	}
	return fmt.Sprintf("%.1f", e.DurationMs)
}

// Outcomes that are an answer, but not the one that was hoped for.
var badOutcomes = map[string]bool{
	"declined": true, "declined-retry": true, "failed": true, "failed-retry": true, "rejected": true, "scheme-declined": true,
	"signature-invalid": true, "cancelled": true, "expired": true, "card-not-found": true, "fraud": true, "not-enrolled": true, "error": true,
	"unavailable": true, "timeout": true, "scheme-timeout": true, "input-error": true, "security-error": true, "business-rule": true,
}

// Outcomes after which something is still to come.
var pendingOutcomes = map[string]bool{"challenge": true, "pending": true, "waiting": true}
