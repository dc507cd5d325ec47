package admin

import (
	"net/http"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/journal"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
	"cardsim/simulator/threeds"
)

// Transaction is a 3-D Secure transaction as people and tests read it: never its
// CAVV.
type Transaction struct {
	// ID is Cardinal's TransactionId, OrderID its OrderId.
	ID      string `json:"id"`
	OrderID string `json:"orderId"` // Cardinal's OrderId
	Flow    string `json:"flow"`    // id of the journey; empty for none
	// Merchant is the sandbox's name of the merchant, OrderNumber the merchant's own.
	Merchant    string        `json:"merchant"`
	OrderNumber string        `json:"orderNumber"` // the merchant's own
	Card        *journal.Card `json:"card"`
	// Amount is in major units.
	Amount   float64 `json:"amount"`
	Currency string  `json:"currency"` // ISO 4217 alpha-3
	// Version is the protocol's: 1.0.2, 2.1.0 or 2.2.0.
	Version core.ThreeDSVersion `json:"version"`
	// Enrolled is what the lookup said: Y, N, U or B.
	Enrolled core.Enrolled `json:"enrolled"`
	// Status is the result so far, C while a challenge runs; empty where 3-D Secure
	// 1.0 knows none yet.
	Status core.TransStatus `json:"status"`
	// StatusReason is EMVCo's number of two digits; empty for none.
	StatusReason string   `json:"statusReason"`
	ECI          core.ECI `json:"eci"`
	// SignatureValid says whether the issuer's answer verifies.
	SignatureValid bool `json:"signatureValid"`
	// CAVV says what became of the authentication value: none, issued or used.
	CAVV string `json:"cavv"`
	// Case and Variant name the row of Cardinal's card tables that decided, Outcome
	// what a scenario wanted; 0 and empty where there was none.
	Case    int    `json:"case"`
	Variant string `json:"variant"` // name of a row without a number
	Outcome string `json:"outcome"` // that a scenario asked for; empty for none
	// LookupError and AuthenticateError are Cardinal's numbers; empty for none.
	LookupError       string `json:"lookupError"`
	AuthenticateError string `json:"authenticateError"` // Cardinal's ErrorNo on cmpi_authenticate, empty for none
	// DSTransactionID and ACSTransactionID are EMV's; empty in 3-D Secure 1.0.
	DSTransactionID  string `json:"dsTransactionId"`
	ACSTransactionID string `json:"acsTransactionId"` // the issuer's id
	// Challenge is null where the cardholder is not asked.
	Challenge *TransactionChallenge `json:"challenge"`
	CreatedAt time.Time             `json:"createdAt"` // sandbox time of the lookup
}

// TransactionChallenge is where a transaction's challenge stands; GET S/challenges
// tells more.
type TransactionChallenge struct {
	ID     string           `json:"id"` // the challenge's
	State  threeds.State    `json:"state"`
	Result core.TransStatus `json:"result"`
	// End says why it ended; empty while it runs.
	End threeds.End `json:"end"`
}

func (t Transaction) facts() facts {
	return facts{last4: last4(t.Card), flow: t.Flow, status: string(t.Status)}
}

func showTransaction(s sandbox.Scope, t threeds.Transaction) (Transaction, error) {
	out := Transaction{
		ID: t.ID, OrderID: t.OrderID, Flow: t.Flow, Merchant: t.Merchant, OrderNumber: maskText(t.OrderNumber),
		Card: cardOf(t.Card), Amount: t.Money.Float(), Currency: t.Money.Currency,
		Version: t.Version, Enrolled: t.Enrolled, Status: t.Status, StatusReason: t.StatusReason, ECI: t.ECI(),
		SignatureValid: !t.BadSignature, Case: t.Case, Variant: t.Variant, Outcome: t.Outcome,
		LookupError: t.LookupError, AuthenticateError: t.AuthenticateError,
		DSTransactionID: t.DSTransID, ACSTransactionID: t.ACSTransID, CreatedAt: t.Created,
	}
	if c := t.Challenge; c != nil {
		out.Challenge = &TransactionChallenge{ID: c.ID, State: c.State, Result: c.Result, End: c.End}
	}
	var err error
	out.CAVV, err = cavvState(s, t)
	return out, err
}

// cavvState says what became of a transaction's CAVV.
func cavvState(s sandbox.Scope, t threeds.Transaction) (string, error) {
	if t.CAVV(s.World) == "" {
		return "none", nil
	}
	spent, err := scheme.Spent(s, t.ID)
	if spent {
		return "used", err
	}
	return "issued", err
}

// listTransactions lists the 3-D Secure transactions.
func (a *API) listTransactions(r *http.Request, w *sandbox.World) (any, error) {
	q, err := readListing(r.URL.Query(), "card", "flow", "status")
	if err != nil {
		return nil, err
	}
	return lister[threeds.Transaction, Transaction]{walk: threeds.Newest, show: showTransaction}.answer(a, w, q)
}

func (a *API) getTransaction(r *http.Request, w *sandbox.World) (any, error) {
	return one(a, w, "3-D Secure transaction", func(s sandbox.Scope) (Transaction, bool, error) {
		t, ok, err := threeds.ByID(s, r.PathValue("id"))
		if err != nil || !ok {
			return Transaction{}, false, err
		}
		item, err := showTransaction(s, t)
		return item, true, err
	})
}
