package core

import (
	"testing"
	"time"
)

func TestExpiryLastsThroughItsMonth(t *testing.T) {
	tests := []struct {
		expiry Expiry
		end    string
	}{
		{Expiry{2, 2028}, "2028-03-01T00:00:00Z"}, // leap year
		{Expiry{2, 2027}, "2027-03-01T00:00:00Z"},
		{Expiry{12, 2026}, "2027-01-01T00:00:00Z"},
		{Expiry{4, 2026}, "2026-05-01T00:00:00Z"},
	}
	for _, tt := range tests {
		end, err := time.Parse(time.RFC3339, tt.end)
		if err != nil {
			t.Fatal(err)
		}
		if got := tt.expiry.End(); !got.Equal(end) {
			t.Errorf("%v ends %v, want %v", tt.expiry, got, end)
		}
		if tt.expiry.Expired(end.Add(-1)) {
			t.Errorf("%v is expired a nanosecond before its end", tt.expiry)
		}
		if !tt.expiry.Expired(end) || !tt.expiry.Expired(end.Add(1)) {
			t.Errorf("%v is good at or after its end", tt.expiry)
		}
	}
}

func TestExpiryValid(t *testing.T) {
	for _, e := range []Expiry{{0, 2028}, {13, 2028}, {1, 28}, {1, 10000}} {
		if e.Valid() {
			t.Errorf("%+v passes", e)
		}
	}
	if !(Expiry{1, 2028}).Valid() {
		t.Error("01/2028 is refused")
	}
}

// TestExpiryString: draws are made of it, so that it stays as it is, also for what is no
// expiry.
func TestExpiryString(t *testing.T) {
	for e, want := range map[Expiry]string{
		{1, 2031}: "2031-01", {12, 2031}: "2031-12", {10, 1000}: "1000-10", {9, 9999}: "9999-09",
		{}: "0000-00", {13, 31}: "0031-13", {1, 12345}: "12345-01", {-1, 2031}: "2031--1",
	} {
		if got := e.String(); got != want {
			t.Errorf("%+v is %s, want %s", e, got, want)
		}
	}
}
