package scheme

import (
	"encoding/base64"
	"strings"
	"testing"

	"cardsim/simulator/core"
)

func TestCAVVForms(t *testing.T) {
	w := world(t, "default", 1)
	for _, tc := range []struct {
		brand  core.Brand
		status core.TransStatus
		head   string
	}{
		{core.Visa, core.StatusAuthenticated, "AAAB"},
		{core.Visa, core.StatusAttempted, "AAAB"},
		{core.Mastercard, core.StatusAuthenticated, "j"},
		{core.Mastercard, core.StatusAttempted, "h"},
		{core.Amex, core.StatusAuthenticated, ""},
	} {
		value := CAVV(w, txID, tc.brand, core.ThreeDS10, tc.status)
		raw, err := base64.StdEncoding.DecodeString(value)
		if err != nil || len(raw) != 20 || len(value) != 28 || !strings.HasPrefix(value, tc.head) {
			t.Errorf("%s %s: CAVV %q", tc.brand, tc.status, value)
		}
	}
	for _, st := range []core.TransStatus{core.StatusNone, core.StatusFailed, core.StatusUnavailable, core.StatusRejected, core.StatusChallenge} {
		if v := CAVV(w, txID, core.Visa, core.ThreeDS22, st); v != "" {
			t.Errorf("status %q has CAVV %s", st, v)
		}
	}
}

// TestXID is the pair of reference cardinal.md §4.
func TestXID(t *testing.T) {
	if got := XID("AbCdEfGhIjKlMnOpQr01"); got != "QWJDZEVmR2hJaktsTW5PcFFyMDE=" {
		t.Errorf("XID %s", got)
	}
}
