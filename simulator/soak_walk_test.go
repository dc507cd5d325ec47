package simulator_test

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"cardsim/simulator/simulatortest"
)

// soakWorker is one client. The first lives in the default sandbox, whose tables grow
// as long as the run lasts; every other one lives in a sandbox of its own, which it
// gives up for a new one now and then.
type soakWorker struct {
	*soak
	id, n   int
	permits <-chan struct{} // nil: go on at once
	stop    <-chan struct{}
	own     *simulatortest.Client
	broken  bool
}

const (
	soakLife   = 60 // journeys in one sandbox
	soakSwitch = 20 // journeys between two changes of scenarios
)

// soakCards are what the journeys pay with: all kinds of authentication.
var soakCards = []string{"4000000000001091", "4000000000001000", "4000000000000002", "5200000000001096"}

// soakRefusing declines every payment of 66.60.
const soakRefusing = `version: 1
name: refusing
rules:
  - {name: refuses, on: acehub.payment.create, when: request.transaction.amount == 66.6, do: {outcome: declined}}
`

// work goes on journey after journey until it is told to stop, or something is wrong.
func (w *soakWorker) work() {
	for w.n = 0; !w.over(); w.n++ {
		if w.n%soakLife == 0 {
			w.move()
		}
		if w.n%soakSwitch == soakSwitch/2 {
			w.refused()
		}
		w.journey()
		w.look()
	}
	if w.id > 0 && w.own != nil {
		_ = w.sandbox(http.MethodDelete, "/"+w.own.Env["CARDSIM_SANDBOX"], nil, http.StatusNoContent, nil) // what was left is not counted
	}
}

// over says whether there is nothing more to do.
func (w *soakWorker) over() bool {
	select {
	case <-w.stop:
		return true
	default:
		return w.broken
	}
}

// step makes one call when it may begin, and keeps how long its answer took. It says
// whether to go on.
func (w *soakWorker) step(what string, call func() error) bool {
	if w.permits != nil {
		select {
		case <-w.permits:
		case <-w.stop:
		}
	}
	if w.over() {
		return false
	}
	began := time.Now()
	err := call()
	w.answered(time.Since(began))
	if err != nil {
		w.t.Errorf("client %d, journey %d: %s: %v", w.id, w.n, what, err)
		w.broken = true
	}
	return err == nil
}

// move leaves a sandbox for a new one.
func (w *soakWorker) move() {
	if w.id == 0 {
		w.own = w.c
		return
	}
	if w.own != nil {
		w.step("delete a sandbox", func() error {
			return w.sandbox(http.MethodDelete, "/"+w.own.Env["CARDSIM_SANDBOX"], nil, http.StatusNoContent, nil)
		})
	}
	var made struct{ Env map[string]string }
	w.step("make a sandbox", func() error {
		return w.sandbox(http.MethodPost, "", map[string]any{}, http.StatusCreated, &made)
	})
	w.own = &simulatortest.Client{Env: made.Env, HTTP: w.c.HTTP}
}

// sandbox calls the admin API of all sandboxes.
func (w *soakWorker) sandbox(method, path string, body any, want int, into any) error {
	a, err := w.c.Do(method, w.c.Env["CARDSIM_ADMIN_URL"]+"/api/v1/sandboxes"+path, jsonOf(body), "Content-Type", "application/json")
	if err != nil || a.Status != want {
		return fmt.Errorf("%s %s: HTTP %d %s %w", method, path, a.Status, a.Body, err)
	}
	if into == nil {
		return nil
	}
	return a.JSON(into)
}

// journey pays once, from the card to the refund.
func (w *soakWorker) journey() {
	key, j := liveKey(w.own), simulatortest.Journey{Order: good(w.number())}
	j.Order.Card.PAN = soakCards[w.n%len(soakCards)]
	var err error
	_ = w.step("enrol", func() error {
		_, err := w.own.Enrol(fmt.Sprintf("9%02d%013d", w.id, time.Now().UnixNano()%1e13), "V-"+w.number(), "+4512345678")
		return err
	}) && w.step("create token", func() error { j.Token, err = w.own.CreateToken(key, j.Order.Card); return err }) &&
		w.step("token status", func() error { _, err := w.own.TokenStatus(key, j.Token.TokenID); return err }) &&
		w.step("lookup", func() error { j.Lookup, err = w.own.Lookup(j.Order); return err }) &&
		w.challenge(&j) &&
		w.step("cryptogram", func() error {
			j.Cryptogram, err = w.own.GetCryptogram(key, j.Token.TokenID, j.Order.Number)
			return err
		}) && w.money(j) &&
		w.step("delete token", func() error { return w.own.DeleteToken(key, j.Token.TokenID) })
}

// number is a word that no other order has.
func (w *soakWorker) number() string {
	return fmt.Sprintf("SOAK-%d-%d-%d", w.id, w.n, time.Now().UnixNano())
}

// challenge plays the cardholder, if he is asked for.
func (w *soakWorker) challenge(j *simulatortest.Journey) bool {
	j.Auth = j.Lookup
	if j.Lookup["ACSUrl"] == "" {
		return true
	}
	var id string
	var err error
	return w.step("transaction", func() error { id, err = challengeOf(w.own, j.Lookup["TransactionId"]); return err }) &&
		w.step("approve", func() error {
			_, err := w.own.Act(id, map[string]string{"action": "approve"})
			return err
		}) &&
		w.step("authenticate", func() error { j.Auth, err = w.own.Authenticate(j.Lookup["TransactionId"]); return err })
}

// money authorises, captures and refunds.
func (w *soakWorker) money(j simulatortest.Journey) bool {
	var paid simulatortest.Paid
	var err error
	follow := func(verb string, amount float64) func() error {
		return func() error {
			return approval(w.own.AceHub(http.MethodPost, "payments/"+paid.Body.Transaction.ID+"/"+verb, map[string]any{
				"header": map[string]string{"businessId": w.own.Env["ACEHUB_BUSINESS_ID"]},
				"body":   map[string]any{"transaction": map[string]any{"trackingCode": verb + "-" + w.number(), "amount": amount, "currencyCode": "EUR"}},
			}))
		}
	}
	return w.step("pay", func() error { paid, err = w.own.Pay(j.Payment()); return approval(paid, err) }) &&
		w.step("capture", follow("capture", 100)) && w.step("refund", follow("refund", 40)) && w.keeps(paid.Body.Transaction.ID) &&
		w.step("read the payment", func() error {
			_, err := w.own.AceHub(http.MethodGet, "payments/"+paid.Body.Transaction.ID+"?businessId="+w.own.Env["ACEHUB_BUSINESS_ID"], nil)
			return err
		})
}

// refused switches a scenario on that declines a payment, meets it, and switches it off.
func (w *soakWorker) refused() {
	put := func(media, body string) func() error {
		return func() error {
			a, err := w.own.Do(http.MethodPut, w.own.Env["CARDSIM_ADMIN_URL"]+"/api/v1/sandboxes/"+w.own.Env["CARDSIM_SANDBOX"]+"/scenarios", []byte(body), "Content-Type", media)
			if err == nil && a.Status != http.StatusOK {
				err = fmt.Errorf("HTTP %d %s", a.Status, a.Body)
			}
			return err
		}
	}
	_ = w.step("use a scenario", put(yamlType, soakRefusing)) && w.step("pay in vain", func() error {
		paid, err := w.own.Pay(simulatortest.Payment{
			Action:      "authorize",
			Transaction: map[string]any{"trackingCode": w.number(), "brandId": 1010, "amount": 66.6, "currencyCode": "EUR"},
			Card:        map[string]any{"number": "4111111111111111", "expiryMonth": 1, "expiryYear": 2031, "cvv": "123"},
		})
		if err == nil && paid.Result == 0 {
			err = fmt.Errorf("the scenario did not decline: %s", paid.Raw)
		}
		return err
	}) && w.step("use none", put("application/json", `{"use":[]}`))
}

// soakLooks are what people look at meanwhile.
var soakLooks = []string{
	"/requests?limit=50", "/payments?limit=50", "/transactions?limit=50", "/tokens?limit=50", "/requests?limit=20&operation=acehub.*",
	"/requests/har?limit=20", "/clock", "/settings", "/messages?limit=50",
}

// look asks the admin API for one of them, or for a page of the console.
func (w *soakWorker) look() {
	path := soakLooks[w.n%len(soakLooks)]
	w.step(path, func() error { return w.own.Admin(http.MethodGet, path, nil, nil) })
	if w.n%10 == 0 {
		w.step("console", func() error {
			a, err := w.own.Do(http.MethodGet, w.own.Env["CARDSIM_ADMIN_URL"]+"/s/"+w.own.Env["CARDSIM_SANDBOX"]+"/flows", nil)
			if err == nil && a.Status != http.StatusOK {
				err = fmt.Errorf("HTTP %d", a.Status)
			}
			return err
		})
	}
}

// sortedTimes sorts in place.
func sortedTimes(all []time.Duration) []time.Duration {
	slices.Sort(all)
	return all
}
