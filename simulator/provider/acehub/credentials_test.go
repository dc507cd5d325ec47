package acehub

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"cardsim/simulator/journal"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store/storetest"
)

// paying sends the test payment as a business, with a header or none, and
// returns status and body.
func paying(t *testing.T, url, code, business, authorization string) (int, string) {
	t.Helper()
	body := strings.Replace(payment("payment", code, "20"), ownBusiness, business, 1)
	req, err := http.NewRequest(http.MethodPost, url+Prefix+"payments", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if authorization != "" {
		req.Header.Set("Authorization", authorization)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text := make([]byte, 4096)
	n, _ := resp.Body.Read(text)
	return resp.StatusCode, string(text[:n])
}

// serve is an AceHub in open or strict mode.
func serve(t *testing.T, strict bool) string {
	t.Helper()
	world, err := sandbox.New(newSpec(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	worlds := sandbox.NewRegistry(strict)
	if err := worlds.Add(world); err != nil {
		t.Fatal(err)
	}
	db := storetest.Open(t)
	j, err := journal.Open(db, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	front := provider.NewFront(provider.Options{
		DB: db, Worlds: worlds, Journal: j, Log: slog.New(slog.DiscardHandler), Base: func(*http.Request) string { return "http://sim" },
	})
	front.Mount(mount())
	server := httptest.NewServer(front)
	t.Cleanup(func() {
		server.Close()
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	})
	return server.URL
}

// Decisions 7: who passes with which secret.
func TestCredentials(t *testing.T) {
	right := basicHeader("user-"+ownBusiness, password)
	tests := []struct {
		name, business, authorization string
		open, strict                  bool
	}{
		{"own with the right secret", ownBusiness, right, true, true},
		{"own with a wrong password", ownBusiness, basicHeader("user-"+ownBusiness, "x"), false, false},
		{"own with another's user", ownBusiness, basicHeader("user-"+otherBusiness, password), false, false},
		{"own without", ownBusiness, "", false, false},
		{"own with another scheme", ownBusiness, "Bearer abc", false, false},
		{"own with broken base64", ownBusiness, "Basic !!!", false, false},
		{"example with the right secret", example, right, true, true},
		{"example with any", example, basicHeader("any", "thing"), true, false},
		{"example without", example, "", true, false},
		{"unseen", "999999", "", true, false},
		{"unseen with any", "999998", basicHeader("any", "thing"), true, false},
	}
	for _, strict := range []bool{false, true} {
		url := serve(t, strict)
		for i, tt := range tests {
			status, body := paying(t, url, fmt.Sprintf("ORDER-%04d", i), tt.business, tt.authorization)
			if pass := tt.open && !strict || tt.strict && strict; pass != (status == http.StatusOK) {
				t.Errorf("strict %v, %s: HTTP %d %s", strict, tt.name, status, body)
			}
			if status != http.StatusOK && (status != http.StatusUnauthorized || !strings.Contains(body, `"result":-6,"description":"Security error"`) || !strings.Contains(body, `"error":{"code":9106`)) {
				t.Errorf("strict %v, %s: HTTP %d %s", strict, tt.name, status, body)
			}
		}
	}
}
