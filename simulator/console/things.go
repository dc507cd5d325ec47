package console

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"cardsim/web"
)

// listings are the pages of what exists in a sandbox.
func listings() []listing {
	const demo = "cardsim demo --url URL --admin-url ADMIN_URL"
	return []listing{
		{
			section: "payments", title: "Payments", live: "payment request", row: typed(paymentRow),
			columns: []web.Column{{Name: "Payment"}, {Name: "Time"}, {Name: "Action"}, {Name: "Standing"}, {Name: "Amount", Right: true}, {Name: "Captured", Right: true}, {Name: "Refunded", Right: true}, {Name: "Card"}, {Name: "Tracking code"}, {Name: "Liability"}, {Name: "Flow"}},
			empty:   web.Empty{Title: "Payments appear here, with what was captured and refunded of each.", Command: demo},
		},
		{
			section: "tokens", title: "Tokens", live: "token request", row: typed(tokenRow),
			columns: []web.Column{{Name: "Token"}, {Name: "Time"}, {Name: "Status"}, {Name: "Scheme"}, {Name: "Card"}, {Name: "Network token"}, {Name: "Expiry"}, {Name: "Cryptograms used", Right: true}, {Name: "Merchant"}, {Name: "Flow"}},
			empty:   web.Empty{Title: "Network tokens appear here. The last of the eight steps spends a cryptogram of one.", Command: demo},
		},
		{
			section: "transactions", title: "3-D Secure", live: "transaction challenge request", row: typed(transactionRow),
			columns: []web.Column{{Name: "Transaction"}, {Name: "Time"}, {Name: "Status"}, {Name: "Enrolled"}, {Name: "ECI"}, {Name: "Card"}, {Name: "Amount", Right: true}, {Name: "Order"}, {Name: "Version"}, {Name: "CAVV"}, {Name: "Flow"}},
			empty:   web.Empty{Title: "Each cmpi_lookup opens a transaction here.", Command: demo},
		},
		{
			section: "cardholders", title: "Cardholders", live: "cardholder request", row: typed(cardholderRow),
			columns: []web.Column{{Name: "Card id"}, {Name: "Time"}, {Name: "Status"}, {Name: "Name"}, {Name: "Card"}, {Name: "Tenant"}, {Name: "Product"}},
			empty:   web.Empty{Title: "Cards that are enrolled at the issuer appear here, with their holders.", Command: demo},
		},
		{
			section: "tenants", title: "Tenants", row: typed(tenantRow),
			columns: []web.Column{{Name: "Tenant"}, {Name: "Name"}, {Name: "Code good for", Right: true}, {Name: "Wrong codes", Right: true}, {Name: "Resends", Right: true}, {Name: "Products", Right: true}, {Name: ""}},
			empty:   web.Empty{Title: "The sandbox has no issuer. Fixture files add one.", Command: "cardsim schema fixtures"},
		},
	}
}

type payment struct {
	ID, Flow, Action, Status, TrackingCode, Currency string
	Amount                                           *float64
	Card                                             *card
	Money                                            struct{ Captured, Refunded float64 }
	Result                                           struct{ Message, Refusal string }
	ThreeDSecure                                     *struct{ Liability string }
	CreatedAt                                        time.Time
}

func paymentRow(r *http.Request, p payment) (string, []web.Cell) {
	liability := ""
	if p.ThreeDSecure != nil {
		liability = p.ThreeDSecure.Liability
	}
	why := p.Result.Refusal
	if why == "" {
		why = p.Result.Message
	}
	return p.ID, []web.Cell{
		{Kind: web.Ident, Text: p.ID}, clockTime(p.CreatedAt), {Text: p.Action}, {Kind: web.Mark, Text: p.Status, Tone: standing(p.Status), Title: why},
		{Kind: web.Amount, Text: money(p.Amount, p.Currency)}, {Kind: web.Amount, Text: some(p.Money.Captured, p.Currency)},
		{Kind: web.Amount, Text: some(p.Money.Refunded, p.Currency)}, {Text: p.Card.name()}, {Kind: web.Mono, Text: p.TrackingCode}, {Text: liability}, flowCell(r, p.Flow),
	}
}

// some is an amount, nothing for none.
func some(amount float64, currency string) string {
	if amount == 0 {
		return ""
	}
	return money(&amount, currency)
}

// standing is how a status is meant, whatever it belongs to.
func standing(status string) web.Tone {
	switch status {
	case "authorized", "captured", "refunded", "partially-refunded", "approved", "active", "ACTIVE", "enabled", "ENABLED", "Y", "A", "partially-captured", "credited":
		return web.Good
	case "pending", "waiting", "C", "suspended", "SUSPENDED", "inactive":
		return web.Pending
	case "U", "unexpected-error", "timeout":
		return web.Fault
	case "cancelled", "released", "deleted", "DELETED", "":
		return web.Neutral
	default:
		return web.Bad
	}
}

type token struct {
	ID, Flow, Merchant, Scheme, Status, Expiry string
	Card, Number                               *card
	Cryptograms                                struct{ Issued, Used uint64 }
	CreatedAt                                  time.Time
}

func tokenRow(r *http.Request, t token) (string, []web.Cell) {
	return t.ID, []web.Cell{
		{Kind: web.Ident, Text: t.ID}, clockTime(t.CreatedAt), {Kind: web.Mark, Text: t.Status, Tone: standing(t.Status)}, {Text: t.Scheme}, {Text: t.Card.name()},
		{Text: t.Number.name()}, {Kind: web.Mono, Text: t.Expiry}, {Kind: web.Amount, Text: fmt.Sprintf("%d of %d", t.Cryptograms.Used, t.Cryptograms.Issued)}, {Text: t.Merchant}, flowCell(r, t.Flow),
	}
}

type transaction struct {
	ID, Flow, OrderNumber, Version, Enrolled, Status, ECI, CAVV, Currency, Outcome string
	Amount                                                                         *float64
	Card                                                                           *card
	CreatedAt                                                                      time.Time
}

func transactionRow(r *http.Request, t transaction) (string, []web.Cell) {
	return t.ID, []web.Cell{
		{Kind: web.Ident, Text: t.ID}, clockTime(t.CreatedAt), {Kind: web.Mark, Text: t.Status, Tone: standing(t.Status), Title: t.Outcome}, {Text: t.Enrolled}, {Kind: web.Mono, Text: t.ECI},
		{Text: t.Card.name()}, {Kind: web.Amount, Text: money(t.Amount, t.Currency)}, {Kind: web.Mono, Text: t.OrderNumber}, {Text: t.Version}, {Text: t.CAVV}, flowCell(r, t.Flow),
	}
}

type cardholder struct {
	ID, Tenant, Name, Status, ProductName string
	Card                                  *card
	CreatedAt                             time.Time
}

func cardholderRow(_ *http.Request, h cardholder) (string, []web.Cell) {
	return h.ID, []web.Cell{
		{Kind: web.Ident, Text: h.ID}, clockTime(h.CreatedAt), {Kind: web.Mark, Text: h.Status, Tone: standing(h.Status)}, {Text: h.Name}, {Text: h.Card.name()}, {Kind: web.Mono, Text: h.Tenant}, {Text: h.ProductName},
	}
}

type tenant struct {
	ID, Name          string
	Example, Disabled bool
	Config            struct {
		AuthExpiryInSeconds int
		ChallengeConfig     struct{ ResendOTPLimit, IncorrectChallengeAttemptLimit int }
	}
	Products []json.RawMessage
}

func tenantRow(_ *http.Request, t tenant) (string, []web.Cell) {
	note := ""
	switch {
	case t.Disabled:
		note = "disabled"
	case t.Example:
		note = "the vendor's example: takes any token"
	}
	limits := t.Config.ChallengeConfig
	return t.ID, []web.Cell{
		{Kind: web.Mono, Text: t.ID}, {Text: t.Name}, {Kind: web.Amount, Text: fmt.Sprintf("%d s", t.Config.AuthExpiryInSeconds)},
		{Kind: web.Amount, Text: strconv.Itoa(limits.IncorrectChallengeAttemptLimit)}, {Kind: web.Amount, Text: strconv.Itoa(limits.ResendOTPLimit)},
		{Kind: web.Amount, Text: strconv.Itoa(len(t.Products))}, {Kind: web.Caution, Text: note},
	}
}
