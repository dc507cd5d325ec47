package journal

import (
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/store/storetest"
)

// searched is a journal with three entries, r-000001 to r-000003.
func searched(t *testing.T) *Journal {
	t.Helper()
	j := open(t, storetest.Open(t), Options{})
	begin(j, "default").Complete(func(e *Entry) {
		e.Operation, e.Outcome, e.Flow, e.Card = "acehub.payment.create", "declined", "f1", &Card{"visa", "400000", "1091"}
		e.Refusal, e.Warnings = core.Refusef("cavv-used", "The CAVV was used"), []string{"Odd thing"}
		e.Request, e.Response = &Message{Headers: map[string]string{"X-Probe": "Beta"}}, &Message{Body: `{"Kind":"Gamma"}`}
	})
	begin(j, "default").Complete(func(e *Entry) {
		e.Operation, e.Outcome, e.Card = "cardinal.lookup", "challenge", &Card{"mastercard", "520000", "1096"}
	})
	begin(j, "default")
	return j
}

func TestQueryNarrows(t *testing.T) {
	j := searched(t)
	tests := []struct {
		name string
		q    Query
		want []string
	}{
		{"outcome", Query{Outcome: "declined"}, []string{"r-000001"}},
		{"last four", Query{Last4: "1096"}, []string{"r-000002"}},
		{"bin", Query{Bin: "400000"}, []string{"r-000001"}},
		{"both, of different cards", Query{Bin: "400000", Last4: "1096"}, nil},
		{"no card", Query{Bin: "000000"}, nil},
		{"state", Query{State: InFlight}, []string{"r-000003"}},
		{"text in an id", Query{Text: "R-000002"}, []string{"r-000002"}},
		{"text in a path", Query{Text: "/API/"}, []string{"r-000003", "r-000002", "r-000001"}},
		{"text in an operation", Query{Text: "Lookup"}, []string{"r-000002"}},
		{"text in a card", Query{Text: "520000"}, []string{"r-000002"}},
		{"text in a refusal", Query{Text: "the cavv"}, []string{"r-000001"}},
		{"text in a warning", Query{Text: "odd"}, []string{"r-000001"}},
		{"text in a header's name", Query{Text: "x-probe"}, []string{"r-000001"}},
		{"text in a header", Query{Text: "beta"}, []string{"r-000001"}},
		{"text in a body", Query{Text: "gamma"}, []string{"r-000001"}},
		{"text of two entries", Query{Text: "gamma", Outcome: "challenge"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { wantIDs(t, j.List("default", tt.q), tt.want...) })
	}
}

// TestAllIsWhole: the walk shows what lists leave out, and stops when asked.
func TestAllIsWhole(t *testing.T) {
	j := searched(t)
	var ids []string
	for e := range j.All("default", Query{State: Done, Limit: 1}) {
		ids = append(ids, e.ID)
		if e.ID == "r-000001" && (e.Request == nil || e.Response == nil || e.Response.Body == "") {
			t.Errorf("%+v", e)
		}
	}
	if len(ids) != 2 || ids[0] != "r-000002" {
		t.Errorf("ids %v", ids)
	}
	for range j.All("default", Query{}) {
		break
	}
}

func TestIsID(t *testing.T) {
	for text, want := range map[string]bool{"r-000001": true, "r-1234567": true, "r-1": false, "000001": false, "": false, "r-00000x": false} {
		if IsID(text) != want {
			t.Errorf("IsID(%q) is %v", text, !want)
		}
	}
}
