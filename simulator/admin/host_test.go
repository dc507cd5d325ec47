package admin

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestWhoseHostIsOurs(t *testing.T) {
	tests := []struct {
		host, bound, token string
		want               bool
	}{
		{"127.0.0.1:7711", "", "", true},
		{"127.0.0.1", "", "", true},
		{"[::1]:7711", "", "", true},
		{"[::1]", "", "", true},
		{"192.168.1.7:7711", "", "", true},
		{"localhost:7711", "", "", true},
		{"LOCALHOST.", "", "", true},
		{"cardsim.localhost:7711", "", "", true},
		{"cardsim.test:7711", "cardsim.test:7711", "", true},
		{"", "", "", true},
		{"evil.example:7711", "127.0.0.1:7711", "", false},
		{"127.0.0.1.evil.example", "127.0.0.1:7711", "", false},
		{"localhost.evil.example", "", "", false},
		{"notlocalhost", "", "", false},
		{"cardsim.test", "", "", false},
		{"2130706433", "", "", false},
		{"evil.example:7711", "", "secret", true},
	}
	for _, tt := range tests {
		a := &API{Options: Options{Bound: tt.bound, Token: tt.token}}
		r := httptest.NewRequest(http.MethodGet, "/api/v1/sandboxes", nil)
		r.Host = tt.host
		if got := a.belongs(r); got != tt.want {
			t.Errorf("host %q, bound %q, token %q: %v", tt.host, tt.bound, tt.token, got)
		}
	}
}
