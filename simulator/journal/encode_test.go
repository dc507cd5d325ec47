package journal

import (
	"encoding/json"
	"testing"

	"cardsim/simulator/core"
)

// TestEncodeIsMarshal: what goes to the disk is byte for byte what json.Marshal makes of
// the entry.
func TestEncodeIsMarshal(t *testing.T) {
	amount := 12.5
	full := Entry{
		ID: "r-000001", At: noon, Sandbox: "a", Amount: &amount, Card: &Card{Brand: "visa"}, Warnings: []string{"<&>"},
		Refusal: &core.Refusal{Code: "c"}, Request: &Message{Headers: map[string]string{"B": "1", "A": "2"}, Body: "{}"},
		Decision: new(AccountOf(map[string]any{"a": []int{1}}, 10)),
	}
	plain := full
	plain.Decision = nil
	for _, e := range []Entry{full, plain, {}} {
		want, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := encode(e); err != nil || string(got) != string(want) {
			t.Errorf("%s\nis not %s (%v)", got, want, err)
		}
	}
}
