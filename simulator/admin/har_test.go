package admin

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"
	"time"

	"cardsim/simulator/journal"
)

// harEntries are one of every kind: answered, lost, under way.
func harEntries() []journal.Entry {
	at := time.Date(2026, 1, 2, 3, 4, 5, 600_000_000, time.UTC)
	return []journal.Entry{{
		ID: "r-000001", At: at, Flow: "f1", Operation: "acehub.payment.find", Outcome: "ok", Method: "GET", Path: "/gateway/v3/payments", Query: "trackingCode=A+%26%20B&bad=%zz&flag",
		Status: 200, State: journal.Done, DurationMs: 1.25,
		Request:  &journal.Message{Headers: map[string]string{"Accept": "*/*", "Authorization": "Basic [masked]"}},
		Response: &journal.Message{Headers: map[string]string{"Content-Type": "application/json;charset=UTF-8"}, Body: `[{"result":0}]`},
	}, {
		ID: "r-000002", At: at.Add(time.Second), Flow: "f1", Operation: "acehub.payment.create", Outcome: "fault reset", Method: "POST", Path: "/gateway/v3/payments",
		State: journal.Done, DurationMs: 2,
		Request: &journal.Message{Headers: map[string]string{"Content-Length": "31", "Content-Type": "application/json"}, Body: `{"number":"400000******1091"}`},
	}, {
		ID: "r-000003", At: at.Add(2 * time.Second), Operation: "acs.challenge.open", Outcome: "ok", Method: "POST", Path: "/acs/a b/é", Status: 302, State: journal.Done,
		Request:  &journal.Message{Headers: map[string]string{}, Body: "a=b"},
		Response: &journal.Message{Headers: map[string]string{"Location": "https://shop.example/back"}},
	}, {
		ID: "r-000004", At: at.Add(3 * time.Second), Method: "POST", Path: "/api/token", State: journal.InFlight,
	}}
}

// TestHARGolden keeps the archive that users keep. Written anew with -update.
func TestHARGolden(t *testing.T) {
	got, err := json.MarshalIndent(archive{version: "1.2.3", root: "http://127.0.0.1:7710"}.of(harEntries()), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/requests.har"
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.WriteFile(golden, append(got, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(append(got, '\n'), want) {
		t.Errorf("the archive has changed:\n%s", got)
	}
}

// TestEmptyHAR: no entry is an empty list, not null.
func TestEmptyHAR(t *testing.T) {
	got, err := json.Marshal(archive{version: "1"}.of(nil))
	if err != nil || !bytes.Contains(got, []byte(`"entries":[]`)) {
		t.Errorf("%s %v", got, err)
	}
}
