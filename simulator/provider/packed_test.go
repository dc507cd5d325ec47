package provider

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"
)

// TestPacked: what comes out is what the transaction wrote, without the journal's own
// bookkeeping.
func TestPacked(t *testing.T) {
	db := storetest.Open(t)
	rapid.Check(t, func(t *rapid.T) {
		if err := db.Update(func(tx *Tx) error { return store.Clear(tx, "s") }); err != nil {
			t.Fatal(err)
		}
		former, before := someWritten.Draw(t, "before"), map[string]json.RawMessage{}
		if err := db.Update(func(tx *Tx) error { return writeAll(tx, former) }); err != nil {
			t.Fatal(err)
		}
		for _, w := range former {
			before[w.table+"/"+w.key] = w.value
		}
		list := someWritten.Draw(t, "changes")
		want := []store.Change{}
		for _, w := range list {
			if w.table != flowTable && w.table != cardFlowTable {
				want = append(want, store.Change{Table: w.table, Key: w.key, Before: before[w.table+"/"+w.key], After: w.value})
			}
		}
		var got packed
		err := db.Update(func(tx *Tx) error {
			tx.Track()
			err := writeAll(tx, list)
			got = pack(tx)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		wanted, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(wanted), string(got.appendJSON(nil))); diff != "" {
			t.Fatal(diff)
		}
	})
}

type written struct {
	table, key string
	value      json.RawMessage
}

var someWritten = rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) written {
	return written{
		table: rapid.SampledFrom([]string{"pay.payments", flowTable, cardFlowTable, "t"}).Draw(t, "table"),
		key:   rapid.SampledFrom([]string{"a", "b", "\"é", strings.Repeat("k", 200)}).Draw(t, "key"),
		value: rapid.SampledFrom([]json.RawMessage{json.RawMessage(`1`), json.RawMessage(`{"a":"` + strings.Repeat("x", 300) + `"}`)}).Draw(t, "value"),
	}
}), 0, 12, func(w written) string { return w.table + "/" + w.key })

func writeAll(tx *Tx, list []written) error {
	for _, w := range list {
		if err := store.NewTable[json.RawMessage](w.table).Put(tx, "s", w.key, w.value); err != nil {
			return err
		}
	}
	return nil
}
