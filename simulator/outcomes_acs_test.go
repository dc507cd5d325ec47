package simulator_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"testing"
	"time"

	"cardsim/simulator/simulatortest"
)

// acsOutcomes are written out from reference cipher-acs.md B6 for EMV 3-D Secure
// 2.1.0. The answer is how the issuer's last page ends. The state is what
// cmpi_authenticate says then: PAResStatus, StatusReason, ChallengeCancel, CAVV.
func acsOutcomes() map[string]seen {
	all := map[string]seen{"acs.method/ok": {200, "profile.completed", "the lookup finds the reference"}} // reference cardinal.md §5.3
	for _, step := range []string{"open", "submit", "resend", "cancel"} {
		op := "acs.challenge." + step + "/"
		all[op+"authenticated"] = seen{200, "authenticated", "Y   Cavv"} // row 1
		all[op+"failed"] = seen{200, "failed", "N 01  "}                 // row 3
		all[op+"cancelled"] = seen{200, "cancelled", "N 01 01 "}         // row 4
		all[op+"expired"] = seen{200, "expired", "N 14 04 "}             // row 5
		all[op+"card-not-found"] = seen{200, "card-not-found", "N 08  "} // row 11
		all[op+"unavailable"] = seen{200, "unavailable", "U 01 06 "}     // row 8, 22 is of 2.2.0
	}
	return all
}

var acsPlays = map[string]play{
	"acs.challenge.open":   playChallenge(nil),
	"acs.challenge.submit": playChallenge(url.Values{"action": {"submit"}, "otp": {"1234"}}), // the right code
	"acs.challenge.resend": playChallenge(url.Values{"action": {"resend"}}),
	"acs.challenge.cancel": playChallenge(url.Values{"action": {"cancel"}}),
	"acs.method":           playMethod,
}

var (
	pageOutcome = regexp.MustCompile(`data-outcome="([^"]*)"`)
	pageForm    = regexp.MustCompile(`action="(/acs/challenge/[^"]+)"`)
)

// playChallenge opens the issuer's page as a merchant's form does, and presses one
// of its buttons.
func playChallenge(button url.Values) play {
	return func(t *testing.T, c *simulatortest.Client) seen {
		lookup := must[simulatortest.Elements](t)(c.Lookup(good("OUTCOME-1")))
		a := browse(t, c, lookup["ACSUrl"], url.Values{"creq": {lookup["Payload"]}})
		if button != nil {
			form := pageForm.FindSubmatch(a.Body)
			if form == nil {
				t.Fatalf("no challenge: HTTP %d %s", a.Status, a.Body)
			}
			a = browse(t, c, c.Env["CARDSIM_URL"]+string(form[1]), button)
		}
		got := seen{status: a.Status, answer: "still running"}
		if m := pageOutcome.FindSubmatch(a.Body); m != nil {
			got.answer = string(m[1])
		}
		end := must[simulatortest.Elements](t)(c.Authenticate(lookup["TransactionId"]))
		got.state = end["PAResStatus"] + " " + end["StatusReason"] + " " + end["ChallengeCancel"] + " "
		if end["Cavv"] != "" {
			got.state += "Cavv"
		}
		if end["ErrorNo"] != "0" || end["SignatureVerification"] != "Y" {
			t.Errorf("authenticate: %v", end)
		}
		return got
	}
}

// browse posts a form.
func browse(t *testing.T, c *simulatortest.Client, address string, form url.Values) simulatortest.Answer {
	t.Helper()
	return must[simulatortest.Answer](t)(c.Do(http.MethodPost, address, []byte(form.Encode()), "Content-Type", "application/x-www-form-urlencoded"))
}

// playMethod collects device data before a lookup, which demands it here.
func playMethod(t *testing.T, c *simulatortest.Client) seen {
	now := time.Now().Unix()
	a := browse(t, c, c.Env["CARDSIM_URL"]+"/V1/Cruise/Collect", url.Values{"JWT": {jwt(t, c.Env["CARDINAL_API_KEY"], map[string]any{
		"jti": "jti-1", "iat": now, "exp": now + 600, "iss": c.Env["CARDINAL_IDENTIFIER"], "OrgUnitId": c.Env["CARDINAL_ORG_UNIT"], "ReferenceId": "df-1",
	})}})
	got := seen{status: a.Status}
	if bytes.Contains(a.Body, []byte("profile.completed")) {
		got.answer = "profile.completed"
	}
	lookup := must[simulatortest.Elements](t)(c.Lookup(good("OUTCOME-1")))
	if got.state = "the lookup says " + lookup["ErrorNo"]; lookup["ErrorNo"] == "0" {
		got.state = "the lookup finds the reference"
	}
	return got
}

// jwt signs claims with HS256.
func jwt(t *testing.T, key string, claims map[string]any) string {
	t.Helper()
	body, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	enc := base64.RawURLEncoding
	text := enc.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + enc.EncodeToString(body)
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return text + "." + enc.EncodeToString(mac.Sum(nil))
}
