package director_test

import (
	"errors"
	"strings"
	"testing"

	"cardsim/scenarios"
	"cardsim/simulator/core"
	"cardsim/simulator/director"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"
)

func catalogue() scenarios.Catalogue {
	return scenarios.NewCatalogue([]core.Outcome{
		{Operation: "acehub.payment.create", Name: "approved"}, {Operation: "acehub.payment.create", Name: "declined"},
	})
}

func world(t *testing.T) *sandbox.World {
	t.Helper()
	w, err := sandbox.New(sandbox.Spec{ID: "w", Seed: 1, Merchants: []*sandbox.Merchant{{ID: "shop"}}})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func source(text string) []director.Source {
	return []director.Source{{Name: "test", Text: []byte(text)}}
}

const declining = `version: 1
name: declining
rules:
  - name: no
    on: acehub.payment.create
    do: {outcome: declined}
cards:
  - {pan: "4539578763621486", authorization: {outcome: declined}}
`

func TestUseIsAllOrNothing(t *testing.T) {
	db, w := storetest.Open(t), world(t)
	d := director.New(db, catalogue())
	if err := d.Use(w, source(declining)); err != nil {
		t.Fatal(err)
	}
	bad := append(source(strings.Replace(declining, "declining", "other", 1)), source("version: 1\nname: bad\nrules:\n  - {on: acehub.payment.create, do: {outcome: declind}}\n")...)
	var problems *director.ProblemsError
	if err := d.Use(w, bad); !errors.As(err, &problems) || len(problems.Problems) != 1 || problems.Problems[0].Line != 4 {
		t.Fatalf("%v", err)
	}
	status := d.Status("w")
	if len(status) != 1 || status[0].Name != "declining" || len(status[0].Rules) != 1 || !status[0].Rules[0].Unused {
		t.Errorf("what is active: %+v", status)
	}
	if err := d.Use(w, append(source(declining), source(declining)...)); err == nil {
		t.Error("the same name twice is taken")
	}
	if err := d.Use(w, nil); err != nil || len(d.Status("w")) != 0 {
		t.Errorf("cleared: %v, %+v", err, d.Status("w"))
	}
}

func TestScenarioCardsAreTestCards(t *testing.T) {
	w := world(t)
	d := director.New(storetest.Open(t), catalogue())
	pan, _ := core.ParsePAN("4539578763621486")
	if _, known := w.Profile(w.Ref(pan).Fingerprint); known {
		t.Fatal("the card is in the catalogue")
	}
	if err := d.Use(w, source(declining)); err != nil {
		t.Fatal(err)
	}
	if p, known := w.Profile(w.Ref(pan).Fingerprint); !known || p.Provider != "scenario" {
		t.Errorf("%+v %v", p, known)
	}
	if err := d.Use(w, nil); err != nil {
		t.Fatal(err)
	}
	if _, known := w.Profile(w.Ref(pan).Fingerprint); known {
		t.Error("the card outlives its scenario")
	}
}

// Sources are kept sealed, found again, and their counters with them.
func TestRestore(t *testing.T) {
	db, w := storetest.Open(t), world(t)
	if err := director.New(db, catalogue()).Use(w, source(declining)); err != nil {
		t.Fatal(err)
	}
	err := db.Update(func(tx *store.Tx) error {
		_, err := store.Next(tx, "w", scenarios.CounterPrefix+"x")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	again := director.New(db, catalogue())
	if err := again.Restore(w); err != nil || len(again.Status("w")) != 1 {
		t.Fatalf("%v, %+v", err, again.Status("w"))
	}
	err = db.View(func(tx *store.Tx) error {
		if n, err := store.Count(tx, "w", scenarios.CounterPrefix+"x"); n != 1 || err != nil {
			t.Errorf("the counter is %d, %v", n, err)
		}
		return store.Each(tx, "w", func(table, _ string, value []byte) error {
			if strings.Contains(string(value), "4539578763621486") {
				t.Errorf("table %s shows the card number", table)
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}
