package events

import (
	"strings"
	"testing"

	"cardsim/simulator/journal"
)

// TestEntriesAreAsListsHaveThem: no null where a list is promised.
func TestEntriesAreAsListsHaveThem(t *testing.T) {
	h := NewHub()
	r, _ := h.Open("", Filter{})
	defer r.Close()
	h.Entry(journal.Entry{ID: "r-000001", Sandbox: "s", State: journal.Done}, false)
	list, _, _, _ := r.Next()
	var all strings.Builder
	for _, told := range list {
		all.Write(told.Data)
	}
	if !strings.Contains(all.String(), `"warnings":[]`) {
		t.Errorf("the stream says %s", all.String())
	}
}
