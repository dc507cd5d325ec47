package simulator_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"cardsim/simulator"
	"cardsim/simulator/core"
	"cardsim/simulator/simulatortest"
)

// entities is everything that journeys made, by the entity that drew it.
type entities struct {
	mu     sync.Mutex
	values map[string]string
}

func (e *entities) add(entity string, pairs ...string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for i := 0; i < len(pairs); i += 2 {
		e.values[entity+" "+pairs[i]] = pairs[i+1]
	}
}

// travel walks one journey of its own card to the payment.
func (e *entities) travel(c *simulatortest.Client, n int) error {
	body := fmt.Sprintf("45%013d", n*7919)
	o := good(fmt.Sprintf("ORDER-%04d", n))
	o.Card.PAN = body + string(core.LuhnDigit(body))
	name := "journey " + o.Number
	if n%4 == 0 { // every fourth card is enrolled, and so challenged
		enrolled, err := c.Enrol(o.Card.PAN, "V"+o.Number, fmt.Sprintf("+45%08d", n))
		if err != nil {
			return err
		}
		e.add(name, "cardId", enrolled.CardID, "cardGuid", enrolled.CardGUID, "authProfileId", enrolled.AuthProfileID)
	}
	j, err := c.Walk(c.Env["CARDTOKENS_LIVE_API_KEY"], o)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	paid, err := c.Pay(j.Payment())
	if err != nil || paid.Result != 0 {
		return fmt.Errorf("%s: pay: HTTP %d %s %w", name, paid.HTTP, paid.Raw, err)
	}
	e.add(name, "tokenid", j.Token.TokenID, "token", j.Token.Token, "par", j.Token.PAR, "token expiry", fmt.Sprint(j.Token.ExpMonth, j.Token.ExpYear),
		"TransactionId", j.Lookup["TransactionId"], "OrderId", j.Lookup["OrderId"], "ThreeDSServerTransactionId", j.Lookup["ThreeDSServerTransactionId"],
		"DSTransactionId", j.Lookup["DSTransactionId"], "ACSTransactionId", j.Lookup["ACSTransactionId"], "Cavv", j.Auth["Cavv"],
		"cryptogram", j.Cryptogram.Cryptogram, "paymentdataid", j.Cryptogram.PaymentDataID,
		"payment", paid.Body.Transaction.ID, "approvalCode", paid.Body.Card.ApprovalCode)
	return nil
}

// journeys runs the numbered journeys in the given order with so many workers,
// on a simulator of its own, and returns everything they made.
func journeys(t *testing.T, seed uint64, order []int, workers int) map[string]string {
	t.Helper()
	at := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	c, _ := simulatortest.Start(t, simulator.Config{Seed: &seed, Clock: &at})
	made := &entities{values: map[string]string{}}
	todo := make(chan int)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for n := range todo {
				if err := made.travel(c, n); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for _, n := range order {
		todo <- n
	}
	close(todo)
	wg.Wait()
	return made.values
}

// TestSameSeedSameValues: the same journeys, serially and by 32 workers in
// shuffled order, give identical ids, tokens, cryptograms and CAVVs.
func TestSameSeedSameValues(t *testing.T) {
	count := 500
	if testing.Short() {
		count = 60
	}
	order := make([]int, count)
	for i := range order {
		order[i] = i
	}
	serial := journeys(t, 7, order, 1)
	shuffled := slices.Clone(order)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	parallel := journeys(t, 7, shuffled, 32)
	if len(serial) < count*14 {
		t.Errorf("only %d values were made", len(serial))
	}
	differ := 0
	for entity, value := range serial {
		if parallel[entity] != value {
			if differ++; differ <= 10 {
				t.Errorf("%s: %q serially, %q in parallel", entity, value, parallel[entity])
			}
		}
	}
	if differ > 0 || len(serial) != len(parallel) {
		t.Errorf("%d of %d values differ (%d in parallel)", differ, len(serial), len(parallel))
	}
	elsewhere := journeys(t, 8, order[:5], 1)
	for entity := range maps.Keys(elsewhere) {
		if v := elsewhere[entity]; v != "" && v == serial[entity] && !slices.Contains([]string{"token expiry"}, entity[len("journey ORDER-0000 "):]) {
			t.Errorf("%s is %q with another seed as well", entity, v)
		}
	}
}
