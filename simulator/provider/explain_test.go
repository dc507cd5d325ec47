package provider_test

import (
	"encoding/json"
	"strings"
	"testing"

	"cardsim/simulator/provider"
)

func TestExplanationTellsWhatChanged(t *testing.T) {
	p := &toy{run: func(c *provider.Call, tx *provider.Tx) error { return kept.Put(tx, c.World.ID, "k", "v") }}
	h := open(t, p)
	h.Do("POST", "/toy/play", "")
	id := h.Last(t).ID
	record, ok := h.Journal.Decision(h.World.ID, id)
	var e provider.Explanation
	if err := json.Unmarshal(record, &e); err != nil || !ok {
		t.Fatalf("%s %v", record, err)
	}
	if len(e.State) != 1 || e.State[0].Table != "toy.kept" || e.State[0].Key != "k" || string(e.State[0].Before) != "null" || string(e.State[0].After) != `"v"` {
		t.Errorf("state %+v", e.State)
	}
	if e.Clock.Mode != "real" || e.Clock.Now.IsZero() || string(e.Decision) != "null" {
		t.Errorf("%s", record)
	}
	if e, _ := h.Journal.Get(h.World.ID, id); e.Decision != nil {
		t.Error("Get shows the record")
	}
	p.fail = "run"
	h.Do("POST", "/toy/play", "")
	if record, _ := h.Journal.Decision(h.World.ID, h.Last(t).ID); !strings.Contains(string(record), `"state":[]`) {
		t.Errorf("a request that was rolled back changed %s", record)
	}
}
