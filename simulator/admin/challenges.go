package admin

import (
	"net/http"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/journal"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
	"cardsim/simulator/threeds"
)

// Challenge is a cardholder being asked, as the list shows it.
type Challenge struct {
	ID            string        `json:"id"`             // 32 hex digits; the page's address ends in it
	Flow          string        `json:"flow,omitempty"` // id of the journey
	TransactionID string        `json:"transactionId"`  // Cardinal's TransactionId
	Protocol      string        `json:"protocol"`       // 1.0.2, 2.1.0 or 2.2.0
	State         threeds.State `json:"state"`
	Card          *journal.Card `json:"card"`
	Amount        float64       `json:"amount"`       // major units
	Currency      string        `json:"currency"`     // ISO 4217 alpha-3
	AttemptsLeft  int           `json:"attemptsLeft"` // wrong entries that the cardholder may still make, with the one that ends it
	ResendsLeft   int           `json:"resendsLeft"`  // how often the cardholder may still ask for a new code
	ExpiresAt     time.Time     `json:"expiresAt"`    // first instant, in sandbox time, at which it has expired
	Result        string        `json:"result"`       // Y, N, U, A, R; empty while it runs
}

func (c Challenge) facts() facts {
	return facts{last4: last4(c.Card), flow: c.Flow, status: string(c.State)}
}

func challengeOf(t threeds.Transaction) Challenge {
	c := t.Challenge
	return Challenge{
		ID: c.ID, Flow: t.Flow, TransactionID: t.ID, Protocol: string(t.Version), State: c.State,
		Card: cardOf(t.Card), Amount: t.Money.Float(), Currency: t.Money.Currency,
		AttemptsLeft: c.AttemptsLeft(), ResendsLeft: c.ResendsLeft(), ExpiresAt: c.Deadline, Result: string(c.Result),
	}
}

// listChallenges lists the challenges of the sandbox, newest first; a finished one
// stays listed with its result. status filters by state.
func (a *API) listChallenges(r *http.Request, w *sandbox.World) (any, error) {
	q, err := readListing(r.URL.Query(), "card", "flow", "status")
	if err != nil {
		return nil, err
	}
	return lister[threeds.Transaction, Challenge]{walk: threeds.Newest, skip: unasked, show: showChallenge}.answer(a, w, q)
}

// unasked says that a transaction has no challenge.
func unasked(t threeds.Transaction) bool { return t.Challenge == nil }

func showChallenge(_ sandbox.Scope, t threeds.Transaction) (Challenge, error) {
	return challengeOf(t), nil
}

// ChallengeAction is a step of a headless cardholder (decisions 15).
type ChallengeAction struct {
	Action string `json:"action" enum:"submit,approve,cancel,resend,expire,fail"` // what the cardholder does
	// OTP is the code to submit.
	OTP string `json:"otp,omitempty"`
	// TermURL, of 3-D Secure 1.0, or ReturnURL is where the merchant takes the result,
	// and MD the merchant's session data: what the browser would have brought.
	TermURL   *string `json:"termUrl,omitempty"`
	ReturnURL *string `json:"returnUrl,omitempty"` // where an EMV merchant takes the result
	MD        *string `json:"md,omitempty"`        // the merchant's session data
}

// Acted is a challenge after a step and, once it has ended, the very form that
// the browser would post to the merchant; url is null where nobody named one.
type Acted struct {
	Challenge
	Verdict threeds.Verdict   `json:"verdict,omitempty"`
	URL     *string           `json:"url"`              // where the form goes; null where nobody named an address
	Method  string            `json:"method,omitempty"` // POST, once the challenge has ended
	Fields  map[string]string `json:"fields,omitempty"` // the form's fields by name, once the challenge has ended
}

func (a *API) actOnChallenge(r *http.Request, w *sandbox.World) (any, error) {
	var act ChallengeAction
	if err := decode(r, &act); err != nil {
		return nil, err
	}
	step, ok := steps[act.Action]
	if !ok {
		return nil, problem(http.StatusUnprocessableEntity, "action is submit, approve, cancel, resend, expire or fail")
	}
	id := r.PathValue("id")
	var t threeds.Transaction
	var verdict threeds.Verdict
	err := a.DB.Update(func(tx *store.Tx) error {
		s := w.At(w.Clock.Now(), tx)
		if err := address(s, id, act); err != nil {
			return err
		}
		var err error
		t, verdict, err = step(s, id, act)
		return err
	})
	if err != nil {
		return nil, err
	}
	return a.acted(w, t, verdict)
}

// acted answers the new state. A PaRes is signed here, outside the transaction.
func (a *API) acted(w *sandbox.World, t threeds.Transaction, verdict threeds.Verdict) (any, error) {
	out := Acted{Challenge: challengeOf(t), Verdict: verdict}
	if t.Running() {
		return out, nil
	}
	form, err := threeds.MerchantForm(w, t, a.Signing)
	if err != nil {
		return nil, err
	}
	if form.URL != "" {
		out.URL = &form.URL
	}
	out.Method, out.Fields = form.Method, form.Map()
	return out, nil
}

// stepFunc is one step on a challenge.
type stepFunc func(s sandbox.Scope, id string, act ChallengeAction) (threeds.Transaction, threeds.Verdict, error)

// steps are what a cardholder, or the issuer, can do without a browser.
var steps = map[string]stepFunc{
	"submit": func(s sandbox.Scope, id string, act ChallengeAction) (threeds.Transaction, threeds.Verdict, error) {
		return threeds.Submit(s, id, act.OTP)
	},
	"approve": func(s sandbox.Scope, id string, _ ChallengeAction) (threeds.Transaction, threeds.Verdict, error) {
		return threeds.Approve(s, id)
	},
	"resend": func(s sandbox.Scope, id string, _ ChallengeAction) (threeds.Transaction, threeds.Verdict, error) {
		t, _, err := threeds.Resend(s, id)
		return t, "", err
	},
	"cancel": plain(threeds.Cancel),
	"expire": plain(threeds.Expire),
	"fail":   plain(threeds.Fail),
}

// plain fits a step that has no verdict.
func plain(step func(sandbox.Scope, string) (threeds.Transaction, error)) stepFunc {
	return func(s sandbox.Scope, id string, _ ChallengeAction) (threeds.Transaction, threeds.Verdict, error) {
		t, err := step(s, id)
		return t, "", err
	}
}

// address notes where the browser would have taken the result.
func address(s sandbox.Scope, id string, act ChallengeAction) error {
	if act.TermURL == nil && act.ReturnURL == nil && act.MD == nil {
		return nil
	}
	for name, u := range map[string]*string{"termUrl": act.TermURL, "returnUrl": act.ReturnURL} {
		if u != nil && !core.WebURL(*u) {
			return problem(http.StatusUnprocessableEntity, name+" is an absolute http or https address")
		}
	}
	to := threeds.Addresses{TermURL: value(act.TermURL), ReturnURL: value(act.ReturnURL), MD: value(act.MD)}
	_, err := threeds.OpenChallenge(s, id, threeds.OpenRequest{Addresses: to})
	return err
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
