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
