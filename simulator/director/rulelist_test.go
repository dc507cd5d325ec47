package director_test

import (
	"fmt"
	"testing"

	"cardsim/scenarios"
	"cardsim/simulator/director"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store/storetest"
)

func story(n int) string {
	return fmt.Sprintf("version: 1\nname: story-%d\nrules:\n  - {name: rule %d, on: acehub.payment.create, do: {outcome: declined}}\n", n, n)
}

// listID is the name of the list of a story's rules.
func listID(t *testing.T, d *director.Director, n int) string {
	t.Helper()
	list, err := d.Check(source(story(n)))
	if err != nil {
		t.Fatal(err)
	}
	active, err := scenarios.NewActive(list...)
	if err != nil {
		t.Fatal(err)
	}
	return active.ListID()
}

func use(t *testing.T, d *director.Director, w *sandbox.World, n int) {
	t.Helper()
	if err := d.Use(w, source(story(n))); err != nil {
		t.Fatal(err)
	}
}

// TestRuleListsOfTheNewestActivationsAreKept: 64 of them, across a restart; rules
// that come into force again are new again, though their list is an old one.
func TestRuleListsOfTheNewestActivationsAreKept(t *testing.T) {
	db, w := storetest.Open(t), world(t)
	d := director.New(db, catalogue())
	for n := range 64 {
		use(t, d, w, n)
	}
	use(t, d, w, 0)
	use(t, d, w, 64) // the 65th list
	restarted := director.New(db, catalogue())
	if err := restarted.Restore(w); err != nil {
		t.Fatal(err)
	}
	for n := range 65 {
		list, ok := restarted.RuleList(w, listID(t, d, n))
		if ok != (n != 1) {
			t.Errorf("the list of story %d is kept: %v", n, ok)
		}
		if ok && (len(list.Rules) != 1 || list.Rules[0].Rule != fmt.Sprintf("rule %d", n)) {
			t.Errorf("story %d had %+v", n, list)
		}
	}
}
