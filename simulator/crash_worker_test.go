package simulator_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"cardsim/simulator/simulatortest"
)

// crashWorker is one client: it does one thing after another and writes its book.
type crashWorker struct {
	id   int
	n    int // of its calls, over all rounds
	book *crashBook
	rnd  *rand.Rand
	c    *simulatortest.Client
}

// crashCall is one call: what it would make of a thing, and the call itself, whose
// answer may bring the thing's id. thing is nil when there is nothing to do it to.
type crashCall struct {
	thing *crashThing
	want  string
	money crashMoney
	send  func() error
}

// work makes calls until the program is gone. A call that fails before the program
// was killed is a failure of the program.
func (w *crashWorker) work(t *testing.T, c *simulatortest.Client, acked chan<- struct{}, dead <-chan struct{}) {
	w.c = c
	kinds := []func() crashCall{
		w.token, w.cryptogram, w.deleteToken, w.authorize, w.payment, w.capture, w.cancel, w.refund, w.enrol, w.disable, w.lookup, w.approve, w.sandbox, w.deleteSandbox,
	}
	for {
		w.n++
		call := kinds[w.rnd.IntN(len(kinds))]()
		if call.thing == nil {
			continue
		}
		thing := call.thing
		thing.fresh, thing.unsure, thing.doubt, thing.next = true, true, call.want, call.money
		if err := call.send(); err != nil {
			select {
			case <-dead:
			default:
				t.Errorf("worker %d: %s %s: %v", w.id, thing.kind, thing.id, err)
			}
			return
		}
		thing.settle(call.want)
		thing.fresh = true
		select {
		case acked <- struct{}{}:
		case <-dead: // answered before the kill, or just in time
		}
	}
}

// name is a word that no other call uses.
func (w *crashWorker) name() string { return fmt.Sprintf("w%d-%d", w.id, w.n) }

func (w *crashWorker) pick(kind string, fits func(*crashThing) bool) *crashThing {
	return w.book.recent(kind, w.rnd.IntN(1000), fits)
}

func (w *crashWorker) key() string { return w.c.Env["CARDTOKENS_API_KEY"] }

// token makes a network token, whose id only the answer tells.
func (w *crashWorker) token() crashCall {
	thing := &crashThing{kind: "token"}
	return crashCall{thing: thing, want: "ACTIVE 0", send: func() error {
		w.book.nameless++
		token, err := w.c.CreateToken(w.key(), simulatortest.Card{PAN: "4111111145551142", Month: 1, Year: 2031})
		if err != nil {
			return err
		}
		w.book.nameless--
		thing.id = token.TokenID
		w.book.things = append(w.book.things, thing)
		return nil
	}}
}

func alive(c *crashThing) bool { return strings.HasPrefix(c.state, "ACTIVE") }

func (w *crashWorker) cryptogram() crashCall {
	thing := w.pick("token", alive)
	if thing == nil {
		return crashCall{}
	}
	return crashCall{thing: thing, want: fmt.Sprintf("ACTIVE %d", thing.cryptograms()+1), send: func() error {
		_, err := w.c.GetCryptogram(w.key(), thing.id, w.name())
		return err
	}}
}

func (w *crashWorker) deleteToken() crashCall {
	thing := w.pick("token", alive)
	if thing == nil {
		return crashCall{}
	}
	return crashCall{thing: thing, want: fmt.Sprintf("DEACTIVATED %d", thing.cryptograms()), send: func() error {
		return w.c.DeleteToken(w.key(), thing.id)
	}}
}

// enrol enrols a card of its own; the answer's cardId is what it is asked for by.
func (w *crashWorker) enrol() crashCall {
	thing := &crashThing{kind: "card"}
	return crashCall{thing: thing, want: "ENABLED", send: func() error {
		w.book.nameless++
		card, err := w.c.Enrol(fmt.Sprintf("9%02d%013d", w.id, w.n), "V-"+w.name(), "+4512345678")
		if err != nil {
			return err
		}
		w.book.nameless--
		thing.id = card.CardID
		w.book.things = append(w.book.things, thing)
		return nil
	}}
}

func (w *crashWorker) disable() crashCall {
	thing := w.pick("card", func(c *crashThing) bool { return c.state == "ENABLED" })
	if thing == nil {
		return crashCall{}
	}
	return crashCall{thing: thing, want: "DISABLED", send: func() error { return w.c.SetCardState(thing.id, "DISABLED") }}
}

// lookup begins a 3-D Secure transaction that ends in a challenge.
func (w *crashWorker) lookup() crashCall {
	thing := &crashThing{kind: "challenge"}
	return crashCall{thing: thing, want: "C pending", send: func() error {
		w.book.nameless++
		answer, err := w.c.Lookup(simulatortest.Order{
			Number: w.name(), Minor: 1000, Currency: "978", Card: simulatortest.Card{PAN: "4000000000001091", Month: 1, Year: 2031},
		})
		if err == nil && (answer["ErrorNo"] != "0" || answer["TransactionId"] == "") {
			err = fmt.Errorf("lookup answered %v", answer)
		}
		if err != nil {
			return err
		}
		w.book.nameless--
		thing.id = answer["TransactionId"]
		w.book.things = append(w.book.things, thing)
		return nil
	}}
}

// approve plays the cardholder of a challenge.
func (w *crashWorker) approve() crashCall {
	thing := w.pick("challenge", func(c *crashThing) bool { return c.state == "C pending" })
	if thing == nil {
		return crashCall{}
	}
	return crashCall{thing: thing, want: "Y finished", send: func() error {
		id, err := challengeOf(w.c, thing.id)
		if err != nil {
			return err
		}
		_, err = w.c.Act(id, map[string]string{"action": "approve"})
		return err
	}}
}

func (w *crashWorker) sandbox() crashCall {
	thing := w.book.add("sandbox", w.name())
	return crashCall{thing: thing, want: "there", send: func() error {
		return w.admin(http.MethodPost, "", map[string]any{"id": thing.id}, http.StatusCreated)
	}}
}

func (w *crashWorker) deleteSandbox() crashCall {
	thing := w.pick("sandbox", func(c *crashThing) bool { return c.state == "there" })
	if thing == nil {
		return crashCall{}
	}
	return crashCall{thing: thing, want: "gone", send: func() error {
		return w.admin(http.MethodDelete, "/"+thing.id, nil, http.StatusNoContent)
	}}
}

// admin calls the admin API of all sandboxes.
func (w *crashWorker) admin(method, path string, body any, want int) error {
	a, err := w.c.Do(method, w.c.Env["CARDSIM_ADMIN_URL"]+"/api/v1/sandboxes"+path, jsonOf(body), "Content-Type", "application/json")
	if err == nil && a.Status != want {
		err = fmt.Errorf("%s %s: HTTP %d %s", method, path, a.Status, a.Body)
	}
	return err
}
