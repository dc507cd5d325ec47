package cipher

import (
	"net/http"
	"strings"
	"testing"

	"cardsim/simulator/core"
)

func TestEveryCodeIsMapped(t *testing.T) {
	for _, code := range core.Codes() {
		if r, ok := rows[code]; !ok || r.code == "" || r.message == "" || r.status < 400 {
			t.Errorf("code %s answers %+v", code, r)
		}
	}
}

// TestErrorTable meets every row of seed 004's table as reference cipher-acs.md
// A8 maps it.
func TestErrorTable(t *testing.T) {
	h := build(t, options{})
	card := h.post(createNew).want(t, http.StatusOK)
	vendorCards, vendorHolders := "/tenants/900912/cards", "/tenants/900912/cardHolders/"
	tests := []struct {
		name, method, path, body string
		header                   []string
		want                     row
	}{
		{"malformed JSON", "POST", vendorCards, `{"name":`, nil, er001},
		{"no body", "POST", vendorCards, "", nil, er001},
		{"an array", "POST", vendorCards, `[]`, nil, er001},
		{"null", "POST", vendorCards, `null`, nil, er001},
		{"two documents", "POST", vendorCards, `{}{}`, nil, er001},
		{"too large", "POST", vendorCards, `{"name":"` + strings.Repeat("x", 1<<20) + `"}`, nil, er001},
		{"tenantId that is no number", "GET", "/tenants/HDFC", "", nil, er001},
		{"vector with other identities", "POST", vendorCards, enrol("A", "111111844739172", "D7480"), nil, er002},
		{"card under another vector", "POST", vendorCards, enrol("A", "1112228948763895", "D7481"), nil, er002},
		{"unknown tenant", "GET", "/tenants/900913", "", nil, er003},
		{"unknown tenant, whatever the body", "POST", "/tenants/900913/cards", `{`, nil, er003},
		{"unknown card", "PATCH", vendorCards + "/CRN9999999999", disable, nil, er003},
		{"unknown card before a wrong body", "PATCH", vendorCards + "/CRN9999999999", `{`, nil, er003},
		{"unknown cardholder", "GET", vendorHolders + "kasdjnaskdjnalskn==", "", nil, er003},
		{"unknown cardholder before a wrong body", "PATCH", vendorHolders + "kasdjnaskdjnalskn==/identities", `{`, nil, er003},
		{"a path Cipher does not have", "GET", "/tenants/900912/plans", "", nil, er003},
		{"a path below a card", "GET", vendorCards + "/" + card.text("cardId") + "/x", "", nil, er003},
		{"no tenant at all", "GET", "/tenants/", "", nil, er003},
		{"no token", "GET", "/tenants/" + closed, "", nil, er004},
		{"a wrong token", "GET", "/tenants/" + closed, "", []string{tokenHeader, "wrong"}, er004},
		{"a wrong bearer", "GET", "/tenants/" + closed, "", []string{"Authorization", "Bearer wrong"}, er004},
		{"another scheme", "GET", "/tenants/" + closed, "", []string{"Authorization", "Basic " + secret}, er004},
		{"no token before an unknown card", "PATCH", "/tenants/" + closed + "/cards/CRN1", `{`, nil, er004},
		{"state missing", "PATCH", vendorCards + "/" + card.text("cardId"), `{}`, nil, er001},
		{"another state", "PATCH", vendorCards + "/" + card.text("cardId"), `{"state":"BLOCKED"}`, nil, er001},
		{"wrong method on cards", "GET", vendorCards, "", nil, badMethod},
		{"wrong method on a tenant", "DELETE", "/tenants/900912", "", nil, badMethod},
	}
	seen := map[string]bool{}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := h.call(tt.method, tt.path, tt.body, tt.header...)
			got.fails(t, tt.want)
			if id := got.text("debugId"); seen[id] {
				t.Errorf("debugId %s came twice", id)
			} else {
				seen[id] = true
			}
			if strings.Contains(got.raw, "detail") {
				t.Errorf("detail shows without the setting: %s", got.raw)
			}
		})
	}
}

func TestWrongMethodNamesTheRightOnes(t *testing.T) {
	h := build(t, options{})
	for path, want := range map[string]string{
		"/tenants/900912":                            "GET",
		"/tenants/900912/cards":                      "POST",
		"/tenants/900912/cards/CRN1":                 "PATCH",
		"/tenants/900912/cardHolders/x":              "GET",
		"/tenants/900912/cardHolders/x==/identities": "PATCH",
	} {
		got := h.call(http.MethodPut, path, "")
		if got.status != http.StatusMethodNotAllowed || got.header.Get("Allow") != want {
			t.Errorf("PUT %s answers %d, Allow %q, want %q", path, got.status, got.header.Get("Allow"), want)
		}
	}
}

func TestErrorDetailIsBehindItsSetting(t *testing.T) {
	got := build(t, options{settings: map[string]any{"errorDetail": true}}).post(enrol("A", "123", "V")).want(t, http.StatusBadRequest)
	if got.text("code") != "ER001" || !strings.Contains(got.text("detail"), "cardInfo.cardNumber") {
		t.Errorf("answered %s", got.raw)
	}
}
