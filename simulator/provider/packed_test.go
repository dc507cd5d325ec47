package provider

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cardsim/simulator/store"
)

// TestPacked: what comes out is what went in, without the journal's own bookkeeping.
func TestPacked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Custom(func(t *rapid.T) json.RawMessage {
			return rapid.SampledFrom([]json.RawMessage{nil, json.RawMessage(`1`), json.RawMessage(`{"a":"` + strings.Repeat("x", 300) + `"}`)}).Draw(t, "value")
		})
		changes := rapid.SliceOf(rapid.Custom(func(t *rapid.T) store.Change {
			return store.Change{
				Table: rapid.SampledFrom([]string{"pay.payments", flowTable, cardFlowTable, "t"}).Draw(t, "table"),
				Key:   rapid.StringN(1, 40, 80).Draw(t, "key"), Before: value.Draw(t, "before"), After: value.Draw(t, "after"),
			}
		})).Draw(t, "changes")
		want := []store.Change{}
		for _, c := range changes {
			if c.Table != flowTable && c.Table != cardFlowTable {
				want = append(want, c)
			}
		}
		wanted, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(wanted), string(pack(changes).appendJSON(nil))); diff != "" {
			t.Fatal(diff)
		}
	})
}
