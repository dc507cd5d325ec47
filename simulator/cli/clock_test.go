package cli

import (
	"testing"
	"time"
)

func TestReadDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"15m": 15 * time.Minute, "1h30m": 90 * time.Minute, "1ns": 1, "0s": 0, "-1h": -time.Hour,
		"1d": 24 * time.Hour, "30d": 720 * time.Hour, "1d12h": 36 * time.Hour, "0d1ns": 1,
	} {
		if got, err := readDuration(text); err != nil || got != want {
			t.Errorf("%q is %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "soon", "d", "1", "1.5d", "-1d", "1d-1h", "1d2d", "99999999999d", "1x", "1day"} {
		if got, err := readDuration(text); err == nil {
			t.Errorf("%q passes as %v", text, got)
		}
	}
}
