package demo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// acted is a deed that notes that it was done and then fails with err.
func acted(done *string, name string, err error) deed {
	return func(context.Context) error {
		*done += name
		return err
	}
}

// TestPerform: which failures end a play, and what is said about them.
func TestPerform(t *testing.T) {
	refusal := failed("make the token", http.StatusConflict, []byte("pan=4000000000001091"))
	stop := fmt.Errorf("PAResStatus N: %w", errStop)
	tests := map[string]struct {
		mood     mood
		err      error
		done     string
		finished bool
		said     string
	}{
		"it must and does":      {must, nil, "ab", true, ""},
		"it must and does not":  {must, refusal, "a", false, "make the token: refused with HTTP 409. Here the shop gives up."},
		"the shop has to stop":  {must, stop, "a", false, "PAResStatus N: the shop must not send this payment. An honest shop ends here."},
		"it fails as it should": {fails, refusal, "ab", true, "make the token: refused with HTTP 409. The story goes on."},
		"it fails to fail":      {fails, nil, "ab", true, "this was to fail in this story, and did not"},
		"it may and does not":   {may, refusal, "ab", true, "make the token: refused with HTTP 409. The story goes on."},
		"it may and does":       {may, nil, "ab", true, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			var done string
			w := &walk{print: &printer{out: &out}}
			finished, err := w.perform(t.Context(), play{{acted(&done, "a", tt.err), tt.mood}, {acted(&done, "b", nil), must}})
			if err != nil || finished != tt.finished || done != tt.done {
				t.Errorf("finished %v after %q with %v, want %v after %q", finished, done, err, tt.finished, tt.done)
			}
			if got := strings.TrimPrefix(strings.TrimSpace(out.String()), "= "); got != tt.said {
				t.Errorf("it says %q, want %q", got, tt.said)
			}
		})
	}
}

// TestPerformIsBrokenOff: trouble with the simulator itself and the end of the
// context are no story, whatever the play expects.
func TestPerformIsBrokenOff(t *testing.T) {
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for name, tt := range map[string]struct {
		ctx context.Context
		err error
	}{
		"the admin API is gone": {t.Context(), errors.Join(errors.New("lost"), brokenf("no simulator answers"))},
		"the context is over":   {over, nil},
	} {
		var done string
		w := &walk{print: &printer{out: &strings.Builder{}}}
		finished, err := w.perform(tt.ctx, refused(acted(&done, "a", tt.err), acted(&done, "b", nil)))
		if err == nil || finished || done != "a" {
			t.Errorf("%s: finished %v after %q with %v", name, finished, done, err)
		}
	}
}

// TestClaims: what the shop shows the acquirer of an answer of Cardinal's.
func TestClaims(t *testing.T) {
	tests := map[string]struct {
		answer map[string]string
		want   string
	}{
		"3-D Secure 2":      {map[string]string{"EciFlag": "05", "Cavv": "C", "DSTransactionId": "D", "Xid": "X"}, "map[avv:C dsTransactionId:D eci:05 version:2]"},
		"3-D Secure 1.0":    {map[string]string{"EciFlag": "05", "Cavv": "C", "Xid": "X"}, "map[avv:C eci:05 version:1 xid:X]"},
		"not enrolled":      {map[string]string{"EciFlag": "06"}, "map[eci:06 version:1]"},
		"nothing to show":   {map[string]string{"Cavv": ""}, "map[]"},
		"no authentication": {map[string]string{"EciFlag": "07", "DSTransactionId": "D"}, "map[dsTransactionId:D eci:07 version:2]"},
	}
	for name, tt := range tests {
		if got := fmt.Sprint(claimOf(tt.answer).members()); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

// TestOrderNumbers: a run's numbers differ, and those of two runs in one simulator.
func TestOrderNumbers(t *testing.T) {
	for want, got := range map[string]string{
		"DEMO-0001": orderNumber("", 1), "DEMO-0002": orderNumber("", 2), "DEMO-AB": orderNumber("AB", 1), "DEMO-AB-2": orderNumber("AB", 2),
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
