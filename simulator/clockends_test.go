package simulator_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"cardsim/simulator"
	"cardsim/simulator/clock"
	"cardsim/simulator/simulatortest"
)

// TestClockAtTheEndsOfTime: the first and the last instant of a clock are as good as
// any other: what begins then is answered, and ends in its time.
func TestClockAtTheEndsOfTime(t *testing.T) {
	for _, at := range []time.Time{
		time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(1969, 12, 31, 23, 59, 59, 999_999_999, time.UTC),
		time.Date(2038, 1, 19, 3, 14, 8, 0, time.UTC),    // past 31 bits of seconds
		time.Date(2262, 4, 11, 23, 47, 17, 0, time.UTC),  // past 63 bits of nanoseconds
		time.Date(9998, 12, 31, 23, 59, 59, 0, time.UTC), // what it begins ends in 9999
	} {
		t.Run(at.Format(time.RFC3339Nano), func(t *testing.T) {
			c, _ := simulatortest.Start(t, simulator.Config{Clock: &at})
			s := &timed{tale: tale{t, c}}
			order := good("END-1")
			order.Card.Year = max(order.Card.Year, at.Year())
			order.Card.Month = 12
			j, err := c.Walk(liveKey(c), order)
			s.ok(err)
			same(s.tale, "a payment", s.pays(j.Payment()), "0 ")
			pending, err := c.Pay(simulatortest.Payment{Action: "payment", Transaction: map[string]any{
				"trackingCode": "END-0002", "brandId": 3010, "amount": 11, "currencyCode": "EUR", "returnUrl": "https://shop.example/return", "issuerId": 10,
			}})
			s.ok(err)
			same(s.tale, "a pending payment", pending.Result, 2)
			s.asked()
			same(s.tale, "nothing ends at once", s.advance("0s").FiredCount, 0)
			var back moved
			s.ok(c.Admin(http.MethodPut, "/clock", map[string]any{"mode": "frozen", "now": leapDay}, &back))
			var again moved
			s.ok(c.Admin(http.MethodPut, "/clock", map[string]any{"mode": "frozen", "now": "9998-12-31T23:59:59.999999999Z"}, &again))
			if at.Year() < 9998 {
				same(s.tale, "ended in the end", back.FiredCount+again.FiredCount, 2)
			}
		})
	}
}

// TestClocksBeyondTheEndsAreRefused wherever an instant comes in, and nothing moves.
func TestClocksBeyondTheEndsAreRefused(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{Clock: &leapDay})
	for _, at := range []string{"9999-01-01T00:00:00Z", "9998-12-31T23:59:59-14:00", "0000-01-01T00:00:00+14:00"} {
		for _, call := range []struct{ method, path, body string }{
			{"PUT", s + "/clock", `{"mode":"frozen","now":"` + at + `"}`},
			{"POST", "/api/v1/sandboxes", `{"id":"late","clock":"` + at + `"}`},
		} {
			a := raw(t, c, call.method, call.path, call.body)
			if a.Status != http.StatusUnprocessableEntity || !strings.Contains(string(a.Body), clock.ErrBeyond.Error()) {
				t.Errorf("%s %s: HTTP %d %s", call.path, at, a.Status, a.Body)
			}
		}
		instant, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if run, err := simulator.New(simulator.Config{Clock: &instant}); !errors.Is(err, clock.ErrBeyond) {
			t.Errorf("started at %s: %v", at, err)
			_ = run.Close()
		}
	}
	var now moved
	if err := c.Admin(http.MethodGet, "/clock", nil, &now); err != nil || !now.Now.Equal(leapDay) {
		t.Errorf("the clock shows %v, %v", now.Now, err)
	}
}
