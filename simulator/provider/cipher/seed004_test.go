package cipher

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The requests of seed 004, as printed. Its Create Card sample runs an older and
// a newer wording together; both are here.
const (
	createOld = `{
	"name" : "Foo Bar",
    	"cardInfo" : {
		"scheme" : "DEFAULT",
		"cardNumber" : "111111844739172"
	},
    	"identities" : [
		{
			"type" : "tenantUniqueVector",
			"value" : "990011223"
		},
		{
			"type" : "phoneNumber",
			"value" : "+919999999999"
		}
	],
	"state" : "ENABLED"
}`
	createNew = `{
	"name" : "Amit",
    	"cardInfo" : {
		"scheme" : "DEFAULT",
		"cardNumber" : "1112228948763895"
	},
    	"identities" : [
		{
			"type" : "phoneNumber",
			"value" : "+918948763892"
		},
		{
			"type" : "tenantUniqueVector",
			"value" : "D7480"
		},
		{
			"type" :  "email",
			"value" : "amit@zeta.tech"
		}
	],
	"state" : "ENABLED"
}`
	disable = `{
	"state":"DISABLED"
}`
	changeBoth = `{
    "identitiesInfo": [
      {
        "type": "phoneNumber",
        "value": "+918948763892"
      },
      {
        "type": "email",
        "value": "test@example.com"
      }
    ]
}`
)

// TestSeed004CreateCard compares with the printed answer; ids are the sandbox's
// own, the 15 digits are masked 6+5+4 (reference cipher-acs.md A9.6) and both
// GUIDs are one (A9.5).
func TestSeed004CreateCard(t *testing.T) {
	got := build(t, options{settings: map[string]any{"cardHolderIdInCard": false}}).post(createOld).want(t, http.StatusOK)
	if !strings.HasPrefix(got.header.Get("Content-Type"), "application/json") {
		t.Errorf("content type is %q", got.header.Get("Content-Type"))
	}
	id := func(kind, value string) any {
		return map[string]any{"type": kind, "value": value, "state": "ENABLED"}
	}
	want := map[string]any{
		"cardId": got.body["cardId"], "cardGuid": got.body["cardGuid"], "name": "Foo Bar", "tenantId": "900912",
		"productId": "PRO00103", "productName": "My Amex Product", "authProfileId": got.body["authProfileId"],
		"cardNumber": "111111xxxxx9172", "cardNetwork": "amex", "state": "ENABLED",
		"identities": []any{id("cardGuid", got.text("cardGuid")), id("tenantUniqueVector", "990011223"), id("phoneNumber", "+919999999999")},
	}
	if diff := cmp.Diff(want, got.body); diff != "" {
		t.Errorf("answer differs (-want +got):\n%s", diff)
	}
	order := []string{"cardId", "cardGuid", "name", "tenantId", "productId", "productName", "authProfileId", "cardNumber", "cardNetwork", `"state"`, "identities"}
	last := -1
	for _, member := range order {
		at := strings.Index(got.raw, member)
		if at <= last {
			t.Errorf("member %s is not where the sample has it: %s", member, got.raw)
		}
		last = at
	}
}

// TestSeed004AllCalls walks the page from top to bottom with the newer sample.
func TestSeed004AllCalls(t *testing.T) {
	h := build(t, options{})
	created := h.post(createNew).want(t, http.StatusOK)
	holder := created.text("authProfileId")

	disabled := h.call(http.MethodPatch, "/tenants/900912/cards/"+created.text("cardId"), disable).want(t, http.StatusOK)
	created.body["state"] = "DISABLED" // the whole card again, only its state differs (A4)
	if diff := cmp.Diff(created.body, disabled.body); diff != "" {
		t.Errorf("Update Card differs (-want +got):\n%s", diff)
	}

	got := h.call(http.MethodGet, "/tenants/900912/cardHolders/"+holder, "").want(t, http.StatusOK)
	cards, _ := got.body["cards"].([]any)
	if len(cards) != 1 {
		t.Fatalf("Get CardHolder answers %s", got.raw)
	}
	card, _ := cards[0].(map[string]any)
	by, _ := card["createdBy"].(map[string]any)
	want := map[string]any{
		"cardHolderId": holder, "name": "Amit", "tenantId": "900912",
		"identities": []any{
			map[string]any{"type": "phoneNumber", "value": "+918948763892"},
			map[string]any{"type": "email", "value": "amit@zeta.tech"},
			map[string]any{"type": "tenantUniqueVector", "value": "D7480"},
		},
		"cards": []any{map[string]any{
			"cardId": created.body["cardId"], "cardGuid": created.body["cardGuid"], "productId": "PRO00105",
			"productName": "My Other Product", "maskedCardNumber": "111222xxxxxx3895", "cardNetwork": "visa",
			"state": "DISABLED", "disabledReason": "", "config": map[string]any{},
			"createdBy": map[string]any{"actorJid": by["actorJid"], "mode": "API"},
		}},
	}
	if diff := cmp.Diff(want, got.body); diff != "" {
		t.Errorf("Get CardHolder differs (-want +got):\n%s", diff)
	}

	changed := h.call(http.MethodPatch, "/tenants/900912/cardHolders/"+url.PathEscape(holder)+"/identities", changeBoth).want(t, http.StatusOK)
	want = map[string]any{
		"cardHolderId": holder,
		"identities": []any{
			map[string]any{"type": "phoneNumber", "value": "+918948763892"},
			map[string]any{"type": "email", "value": "test@example.com"},
			map[string]any{"type": "tenantUniqueVector", "value": "D7480"}, // all identities (A9.11)
		},
	}
	if diff := cmp.Diff(want, changed.body); diff != "" {
		t.Errorf("Update CardHolder differs (-want +got):\n%s", diff)
	}
}

// TestSeed004GetTenant compares with the printed answer, whole.
func TestSeed004GetTenant(t *testing.T) {
	got := build(t, options{}).call(http.MethodGet, "/tenants/900912", "").want(t, http.StatusOK)
	want := map[string]any{
		"tenantId": "900912", "name": "HDFC", "state": "ENABLED",
		"config": map[string]any{
			"gaID": "ga_id_amzn_fstv", "logoURL": "https://sample.svg",
			"templateConfig": map[string]any{
				"bannerBgColor": "#ebebeb", "linkTextColor": "#7d52cd", "activeBtnColor": "#7d52cd", "bannerTextColor": "#222",
				"disabledBtnColor": "#cfcfcf", "primaryTextColor": "#222", "secondaryTextColor": "#030303",
			},
			"challengeConfig":     map[string]any{"resendOTPLimit": 3.0, "incorrectChallengeAttemptLimit": 2.0},
			"authExpiryInSeconds": 300.0,
		},
		"authPlans": []any{map[string]any{"authPlanId": 1.0, "factors": []any{
			map[string]any{"factorNumber": 1.0, "identities": []any{map[string]any{"identityType": "phoneNumber"}}},
		}}},
	}
	if diff := cmp.Diff(want, got.body); diff != "" {
		t.Errorf("answer differs (-want +got):\n%s", diff)
	}
}

func TestTenantWithoutConfigHasObjectsAndArraysStill(t *testing.T) {
	got := build(t, options{}).call(http.MethodGet, "/tenants/"+closed, "", tokenHeader, secret).want(t, http.StatusOK)
	if !strings.Contains(got.raw, `"templateConfig":{}`) || !strings.Contains(got.raw, `"authPlans":[]`) || got.text("state") != "DISABLED" {
		t.Errorf("answered %s", got.raw)
	}
}
