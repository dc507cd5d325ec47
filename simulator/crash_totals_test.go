package simulator_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"cardsim/simulator/simulatortest"
)

// totals compares the whole: there is no payment that no book knows, the money of all
// payments adds up to what the books add up to, and of the rest there is at most what
// unanswered calls may have made.
func (c *crash) totals(t *testing.T, client *simulatortest.Client) {
	t.Helper()
	known, nameless := map[string]int{}, 0
	var want, got crashMoney
	for _, w := range c.workers {
		nameless += w.book.nameless
		for _, thing := range w.book.things {
			if thing.kind == "payment" && thing.state == "" || thing.kind == "sandbox" && thing.state != "there" {
				continue
			}
			known[thing.kind]++
			want.add(thing.money)
		}
	}
	payments := 0
	err := eachListed(client, "/payments", func(p crashListed) error {
		if p.Parent != "" {
			return nil
		}
		payments++
		m := p.Money.minor()
		got.add(m)
		if p.Money.Held < 0 || p.Money.Kept < 0 || m.held < m.taken || m.taken < m.back || minorOf(p.Money.Held) != m.left() || minorOf(p.Money.Kept) != m.taken-m.back {
			return fmt.Errorf("payment %s does not add up: %+v", p.ID, p.Money)
		}
		return nil
	})
	if err != nil || payments != known["payment"] || got != want {
		t.Errorf("%d payments, %s; by the answers there are %d, %s (%v)", payments, got, known["payment"], want, err)
	}
	extra := 0
	for path, kind := range map[string]string{"/tokens": "token", "/cardholders": "card", "/transactions": "challenge"} {
		n := 0
		if err := eachListed(client, path, func(crashListed) error { n++; return nil }); err != nil || n < known[kind] {
			t.Errorf("%d of kind %s, by the answers there are %d at least (%v)", n, kind, known[kind], err)
		}
		extra += n - known[kind]
	}
	if extra > nameless {
		t.Errorf("%d things are there that nobody made: only %d calls were left unanswered", extra, nameless)
	}
}

func (m *crashMoney) add(o crashMoney) {
	m.held, m.taken, m.released, m.back = m.held+o.held, m.taken+o.taken, m.released+o.released, m.back+o.back
}

// crashListed is an item of any list.
type crashListed struct {
	ID, Parent string
	Money      crashSums
}

// eachListed walks a list of the admin API to its end.
func eachListed(c *simulatortest.Client, path string, fn func(crashListed) error) error {
	for after := ""; ; {
		var page struct {
			Items []crashListed
			Next  *string
		}
		if err := c.Admin(http.MethodGet, path+"?limit=1000&after="+after, nil, &page); err != nil {
			return err
		}
		for _, item := range page.Items {
			if err := fn(item); err != nil {
				return err
			}
		}
		if page.Next == nil {
			return nil
		}
		after = *page.Next
	}
}

// summary counts what the books hold.
func (c *crash) summary() string {
	count, nameless := map[string]int{}, 0
	for _, w := range c.workers {
		nameless += w.book.nameless
		for _, thing := range w.book.things {
			if thing.state != "" {
				count[thing.kind]++
			}
		}
	}
	var parts []string
	for _, kind := range []string{"token", "payment", "card", "challenge", "sandbox"} {
		parts = append(parts, fmt.Sprintf("%s %d", kind, count[kind]))
	}
	return strings.Join(parts, ", ") + fmt.Sprintf(" compared; %d creations left unanswered", nameless)
}
