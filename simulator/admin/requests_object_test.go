package admin

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cardsim/simulator/core"
	"cardsim/simulator/journal"
)

// TestEntryObjectIsItsJSON holds what expressions see equal to what the API writes,
// for entries of any content.
func TestEntryObjectIsItsJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := drawEntry(t)
		data, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		var want map[string]any
		if err := json.Unmarshal(data, &want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, entryObject(e)); diff != "" {
			t.Fatalf("%s (-JSON +object):\n%s", data, diff)
		}
	})
}

// anyText also draws what is no UTF-8.
func anyText() *rapid.Generator[string] {
	return rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }))
}

func drawEntry(t *rapid.T) journal.Entry {
	text := func(name string) string { return anyText().Draw(t, name) }
	maybe := func(name string) bool { return rapid.Bool().Draw(t, name) }
	e := journal.Entry{
		ID: "r-000001", At: time.Unix(rapid.Int64Range(0, 1e10).Draw(t, "s"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).UTC(),
		Sandbox: text("sandbox"), Flow: text("flow"), Operation: text("operation"), Provider: text("provider"), Method: text("method"), Path: text("path"),
		Query: text("query"), Status: rapid.IntRange(0, 999).Draw(t, "status"), Outcome: text("outcome"), Result: text("result"), Merchant: text("merchant"),
		Currency: text("currency"), Reference: text("reference"), Rule: text("rule"), State: rapid.SampledFrom([]journal.State{journal.Done, journal.InFlight}).Draw(t, "state"),
		DurationMs: rapid.Float64Range(0, 1e9).Draw(t, "ms"),
	}
	e = e.Brief() // no list is null, as in every answer
	e.Warnings = append(e.Warnings, rapid.SliceOf(anyText()).Draw(t, "warnings")...)
	if maybe("card") {
		e.Card = &journal.Card{Brand: text("brand"), Bin: text("bin"), Last4: text("last4")}
	}
	if maybe("amount") {
		amount := rapid.Float64Range(-1e12, 1e12).Draw(t, "amount")
		e.Amount = &amount
	}
	if maybe("refusal") {
		e.Refusal = &core.Refusal{Code: text("code"), Detail: text("detail")}
	}
	if maybe("messages") {
		e.Request = &journal.Message{Headers: map[string]string{}, Body: text("body")}
		e.Response = &journal.Message{Headers: rapid.MapOf(rapid.String(), anyText()).Draw(t, "headers"), Body: text("answer")}
	}
	return e
}

// BenchmarkEntryObject compares the way with the one through JSON.
func BenchmarkEntryObject(b *testing.B) {
	amount := 12.5
	e := journal.Entry{
		ID: "r-000001", Operation: "acehub.payment.create", Amount: &amount, Card: &journal.Card{Brand: "visa", Bin: "400000", Last4: "1091"}, State: journal.Done,
		Request:  &journal.Message{Headers: map[string]string{"Content-Type": "application/json", "Accept": "*/*", "User-Agent": "x"}, Body: `{"action":"authorize"}`},
		Response: &journal.Message{Headers: map[string]string{"Content-Type": "application/json"}, Body: `{"result":0}`},
	}
	b.Run("object", func(b *testing.B) {
		for b.Loop() {
			entryObject(e)
		}
	})
	b.Run("json", func(b *testing.B) {
		for b.Loop() {
			data, _ := json.Marshal(e)
			var o map[string]any
			_ = json.Unmarshal(data, &o)
		}
	})
}
