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

// TestTransactionOf: nothing but a printable text of a bounded length comes of an XID.
func TestTransactionOf(t *testing.T) {
	if id, ok := TransactionOf(XID("AbCdEfGhIjKlMnOpQr01")); !ok || id != "AbCdEfGhIjKlMnOpQr01" {
		t.Errorf("%q %v", id, ok)
	}
	for _, xid := range []string{"", "?", "QWJD=", XID("a\x00"), XID("\xff"), XID(strings.Repeat("a", maxTransactionID+1))} {
		if id, ok := TransactionOf(xid); ok {
			t.Errorf("%q is of %q", xid, id)
		}
	}
}

// TestXID is the pair of reference cardinal.md §4.
func TestXID(t *testing.T) {
	if got := XID("AbCdEfGhIjKlMnOpQr01"); got != "QWJDZEVmR2hJaktsTW5PcFFyMDE=" {
		t.Errorf("XID %s", got)
	}
}
