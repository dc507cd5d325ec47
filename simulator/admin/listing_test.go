package admin

import (
	"fmt"
	"net/url"
	"strconv"
	"testing"

	"cardsim/simulator/sandbox"
)

// pile is a list of so many things, 1 the oldest, that counts what is read of it.
type pile struct {
	things int
	read   int
}

func (p *pile) walk(_ sandbox.Scope, after string, fn func(string, int) (bool, error)) error {
	from := p.things
	if after != "" {
		n, err := strconv.Atoi(after)
		if err != nil {
			return err
		}
		from = n - 1
	}
	for i := from; i > 0; i-- {
		p.read++
		more, err := fn(fmt.Sprintf("%020d", i), i)
		if err != nil || !more {
			return err
		}
	}
	return nil
}

// thing is an item whose flow is its number's last digit.
type thing int

func (t thing) facts() facts { return facts{flow: strconv.Itoa(int(t) % 10), last4: []string{"0000"}} }

func (p *pile) lister() lister[int, thing] {
	return lister[int, thing]{walk: p.walk, show: func(_ sandbox.Scope, i int) (thing, error) { return thing(i), nil }}
}

const many = 100_000

func TestAPageReadsOneThingMoreThanItShows(t *testing.T) {
	for _, limit := range []int{1, 100, 1000} {
		p := &pile{things: many}
		page, err := p.lister().page(sandbox.Scope{}, listing{limit: limit})
		if err != nil || len(page.Items) != limit || page.Next == nil || p.read != limit+1 || page.Items[0] != many {
			t.Errorf("limit %d: %d items, %d read, next %v, %v", limit, len(page.Items), p.read, page.Next, err)
		}
	}
}

func TestAFilterLooksSoFarAndNoFurther(t *testing.T) {
	p := &pile{things: many}
	page, err := p.lister().page(sandbox.Scope{}, listing{limit: 100, flow: "none"})
	if err != nil || len(page.Items) != 0 || page.Next == nil || p.read != maxLook+1 {
		t.Fatalf("%d items, %d read, next %v, %v", len(page.Items), p.read, page.Next, err)
	}
	p = &pile{things: maxLook}
	if page, err = p.lister().page(sandbox.Scope{}, listing{limit: 100, flow: "none"}); err != nil || page.Next != nil {
		t.Errorf("nothing is left, and next is %v, %v", page.Next, err)
	}
}

func TestPagesMeetEveryThingOnce(t *testing.T) {
	for name, q := range map[string]listing{
		"all":          {limit: 777},
		"one of ten":   {limit: 777, flow: "3"},
		"the last one": {limit: 1, flow: "1"},
	} {
		t.Run(name, func(t *testing.T) {
			p := &pile{things: 12_345}
			want := 0
			for i := range p.things {
				if q.wants(thing(i + 1).facts()) {
					want++
				}
			}
			got, last := 0, thing(many)
			for {
				page, err := p.lister().page(sandbox.Scope{}, q)
				if err != nil {
					t.Fatal(err)
				}
				for _, item := range page.Items {
					if item >= last {
						t.Fatalf("%d comes after %d", item, last)
					}
					last = item
					got++
				}
				if page.Next == nil {
					break
				}
				q.after = *page.Next
			}
			if got != want {
				t.Errorf("%d of %d", got, want)
			}
		})
	}
}

func TestReadListingRefusesWhatItCannotMean(t *testing.T) {
	for _, query := range []string{"limit=0", "limit=1001", "limit=x", "after=7", "after=0000000000000000000x", "card=109", "card=4000000000001091", "crad=1091", "status=Y"} {
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		if q, err := readListing(values, "card", "flow"); err == nil {
			t.Errorf("%s is taken as %+v", query, q)
		}
	}
	q, err := readListing(url.Values{"limit": {"7"}, "card": {"1091"}, "after": {"00000000000000000009"}}, "card")
	if err != nil || q.limit != 7 || q.card != "1091" || q.after != "00000000000000000009" {
		t.Errorf("%+v %v", q, err)
	}
}
