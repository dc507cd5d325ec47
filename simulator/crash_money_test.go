package simulator_test

import (
	"errors"
	"fmt"
	"net/http"

	"cardsim/simulator/simulatortest"
)

// open sends an authorisation or a payment. It is asked for by its tracking code,
// so that it is found, or not, when no answer came.
func (w *crashWorker) open(action string, money func(minor int) crashMoney) crashCall {
	minor := 100 + w.rnd.IntN(100_000)
	thing, m := w.book.add("payment", "KILL-"+w.name()+"-abcdef"), money(minor)
	return crashCall{thing: thing, want: m.String(), money: m, send: func() error {
		paid, err := w.c.Pay(simulatortest.Payment{
			Action:      action,
			Transaction: map[string]any{"trackingCode": thing.id, "brandId": 1010, "amount": major(minor), "currencyCode": "EUR"},
			Card:        map[string]any{"number": "4111111111111111", "expiryMonth": 1, "expiryYear": 2031, "cvv": "123"},
		})
		return approval(paid, err)
	}}
}

func (w *crashWorker) authorize() crashCall {
	return w.open("authorize", func(minor int) crashMoney { return crashMoney{held: minor} })
}

func (w *crashWorker) payment() crashCall {
	return w.open("payment", func(minor int) crashMoney { return crashMoney{held: minor, taken: minor} })
}

// capture takes a part; what is left of the authorisation is let go.
func (w *crashWorker) capture() crashCall {
	return w.follow("capture", func(m crashMoney) bool { return m.left() == m.held }, func(m *crashMoney) int {
		taken := 1 + w.rnd.IntN(m.held)
		m.taken, m.released = taken, m.held-taken
		return taken
	})
}

func (w *crashWorker) cancel() crashCall {
	return w.follow("cancel", func(m crashMoney) bool { return m.left() == m.held }, func(m *crashMoney) int {
		m.released = m.held
		return 0
	})
}

func (w *crashWorker) refund() crashCall {
	return w.follow("refund", func(m crashMoney) bool { return m.taken > m.back }, func(m *crashMoney) int {
		back := 1 + w.rnd.IntN(m.taken-m.back)
		m.back += back
		return back
	})
}

// follow sends a capture, cancel or refund of a payment that fits.
func (w *crashWorker) follow(verb string, fits func(crashMoney) bool, move func(*crashMoney) int) crashCall {
	thing := w.pick("payment", func(c *crashThing) bool { return c.state != "none" && fits(c.money) })
	if thing == nil {
		return crashCall{}
	}
	next := thing.money
	transaction := map[string]any{"trackingCode": "FOLLOW-" + w.name() + "-abcdef"}
	if minor := move(&next); minor > 0 {
		transaction["amount"], transaction["currencyCode"] = major(minor), "EUR"
	}
	return crashCall{thing: thing, want: next.String(), money: next, send: func() error {
		id, err := paymentID(w.c, thing.id)
		if err != nil {
			return err
		}
		return approval(w.c.AceHub(http.MethodPost, "payments/"+id+"/"+verb, map[string]any{
			"header": map[string]string{"businessId": w.c.Env["ACEHUB_BUSINESS_ID"]}, "body": map[string]any{"transaction": transaction},
		}))
	}}
}

// major is an amount as AceHub takes it.
func major(minor int) float64 { return float64(minor) / 100 }

func approval(p simulatortest.Paid, err error) error {
	if err == nil && (p.HTTP != http.StatusOK || p.Result != 0) {
		err = fmt.Errorf("HTTP %d %s", p.HTTP, p.Raw)
	}
	return err
}

// errNone says that a tracking code leads nowhere.
var errNone = errors.New("no payment has this tracking code")

// paymentID finds a payment by its tracking code.
func paymentID(c *simulatortest.Client, code string) (string, error) {
	a, err := c.Do(http.MethodGet, c.Env["ACEHUB_URL"]+"payments?businessId="+c.Env["ACEHUB_BUSINESS_ID"]+"&trackingCode="+code, nil, "Authorization", basicAuth(c))
	if err != nil {
		return "", err
	}
	var found []simulatortest.Paid
	if a.Status != http.StatusNotFound {
		if err := a.JSON(&found); err != nil {
			return "", err
		}
	}
	switch len(found) {
	case 0:
		return "", errNone
	case 1:
		return found[0].Body.Transaction.ID, nil
	default:
		return "", fmt.Errorf("%s is found %d times", code, len(found))
	}
}
