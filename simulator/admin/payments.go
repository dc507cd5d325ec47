package admin

import (
	"net/http"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/journal"
	"cardsim/simulator/pay"
	"cardsim/simulator/provider/acehub"
	"cardsim/simulator/sandbox"
)

// Payment is an operation at the acquirer as people and tests read it: an
// authorisation, a payment, or a capture, cancel or refund of one.
type Payment struct {
	// ID is AceHub's transaction id.
	ID   string `json:"id"`
	Flow string `json:"flow"` // id of the journey; empty for none
	// Business is AceHub's businessId, Merchant the sandbox's name of the merchant.
	Business string     `json:"business"`
	Merchant string     `json:"merchant"` // the sandbox's name of it
	Action   pay.Action `json:"action"`
	// Parent is the operation that a follow-up was addressed to; empty for the first.
	Parent string `json:"parent"`
	// Root is the payment whose money moves: the first operation's own id.
	Root         string `json:"root"`
	TrackingCode string `json:"trackingCode"` // the merchant's own
	// Card is the card whose money moves, null for a bank; Number is what may be
	// shown of the number that was sent, which a network token's differs in.
	Card   *journal.Card `json:"card"`
	Number *journal.Card `json:"number"`
	// Token is the tokenid of the network token that paid; empty for a card.
	Token string `json:"token"`
	// Amount and the sums of the money are in major units.
	Amount   float64 `json:"amount"`
	Currency string  `json:"currency"` // ISO 4217 alpha-3
	// Status is the result of the operation or, of an approved payment, what became
	// of its money since: authorized, captured, partially-refunded and so on.
	Status pay.Standing  `json:"status"`
	Result PaymentResult `json:"result"`
	Money  PaymentMoney  `json:"money"`
	// ThreeDSecure is what was said about 3-D Secure, null for nothing.
	ThreeDSecure *PaymentClaim `json:"threeDSecure"`
	CreatedAt    time.Time     `json:"createdAt"` // sandbox time
}

// PaymentResult is how an operation ended.
type PaymentResult struct {
	Name pay.Result `json:"name"` // name of the outcome
	// Number, Code and Message are what AceHub told: its result, and the code and
	// message of an error, 0 and empty for none.
	Number  int    `json:"number"`
	Code    int64  `json:"code"`    // AceHub's error code, 0 for none
	Message string `json:"message"` // AceHub's words for it
	// Refusal is the code of the true reason of a decline; empty for none.
	Refusal      string `json:"refusal"`
	ApprovalCode string `json:"approvalCode"` // the scheme's, of an approval
}

// PaymentMoney is the ledger of the payment that an operation belongs to, in major
// units of its currency: what was ever held, taken, let go and given back.
type PaymentMoney struct {
	Authorized float64 `json:"authorized"` // what was approved
	Captured   float64 `json:"captured"`   // what was taken
	Released   float64 `json:"released"`   // what is held no more without having been taken
	Refunded   float64 `json:"refunded"`   // what was given back
	// Held and Kept are the balances: still reserved, and the merchant's to keep.
	Held float64 `json:"held"`
	Kept float64 `json:"kept"` // what the merchant has: captured less refunded
}

// PaymentClaim is what the merchant, or the gateway's own 3-D Secure, said and
// whether the scheme upholds it.
type PaymentClaim struct {
	ECI core.ECI `json:"eci"`
	// TransactionID is the 3-D Secure transaction that it rests on; empty for none.
	TransactionID string `json:"transactionId"`
	Holds         bool   `json:"holds"` // whether the issuer's authentication stands behind the payment
	// Refusal is the code of the reason why it does not hold.
	Refusal string `json:"refusal"`
	// Liability is who bears fraud: issuer or merchant.
	Liability string `json:"liability"`
}

func (p Payment) facts() facts {
	return facts{last4: last4(p.Card, p.Number), flow: p.Flow, status: string(p.Status)}
}

func showPayment(s sandbox.Scope, p pay.Payment) (Payment, error) {
	book, err := pay.BookOf(s, p.Root)
	told := acehub.TellOf(p)
	out := Payment{
		ID: p.ID, Flow: p.Flow, Business: p.Business, Merchant: p.Merchant, Action: p.Action, Parent: p.Parent, Root: p.Root,
		TrackingCode: maskText(p.TrackingCode), Amount: p.Money.Float(), Currency: p.Money.Currency, Status: p.StandingIn(book),
		Result: PaymentResult{Name: p.Result, Number: told.Result, Code: told.Code, Message: maskText(told.Message), Refusal: p.Refusal},
		Money:  moneyOf(book, p.Money.Currency), ThreeDSecure: claimOf(p), CreatedAt: p.Created,
	}
	if c := p.Card; c != nil {
		out.Card, out.Number, out.Token, out.Result.ApprovalCode = cardOf(c.Card), cardOf(c.Number), c.NetworkToken, c.ApprovalCode
	}
	return out, err
}

func moneyOf(b pay.Book, currency string) PaymentMoney {
	in := func(minor int64) float64 { return core.Money{Minor: minor, Currency: currency}.Float() }
	return PaymentMoney{
		Authorized: in(b.Authorised(currency)), Captured: in(b.Captured(currency)), Released: in(b.Released(currency)), Refunded: in(b.Refunded(currency)),
		Held: in(b.Balance(pay.Reserved, currency)), Kept: in(b.Balance(pay.Merchant, currency)),
	}
}

func claimOf(p pay.Payment) *PaymentClaim {
	c := p.Claim
	if c == nil {
		return nil
	}
	out := &PaymentClaim{ECI: c.ECI, TransactionID: c.Transaction, Holds: c.Refusal == "", Refusal: c.Refusal, Liability: "merchant"}
	if c.Shifts() {
		out.Liability = "issuer"
	}
	return out
}

// listPayments lists the acquirer's operations; card is the last four digits of
// the card or of the number that was sent.
func (a *API) listPayments(r *http.Request, w *sandbox.World) (any, error) {
	q, err := readListing(r.URL.Query(), "card", "flow", "status")
	if err != nil {
		return nil, err
	}
	return lister[pay.Payment, Payment]{walk: pay.Newest, show: showPayment}.answer(a, w, q)
}

func (a *API) getPayment(r *http.Request, w *sandbox.World) (any, error) {
	return one(a, w, "payment", func(s sandbox.Scope) (Payment, bool, error) {
		p, ok, err := pay.Any(s, r.PathValue("id"))
		if err != nil || !ok {
			return Payment{}, false, err
		}
		item, err := showPayment(s, p)
		return item, true, err
	})
}
