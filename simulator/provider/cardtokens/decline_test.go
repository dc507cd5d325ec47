package cardtokens

import (
	"encoding/json"
	"net/http"
	"regexp"
	"testing"

	"cardsim/simulator/scheme"
)

// decoded is a scheme's answer, decoded the second time.
func decoded(t *testing.T, a answer) map[string]any {
	t.Helper()
	var inner map[string]any
	if err := json.Unmarshal([]byte(a.text("err")), &inner); err != nil || len(a.json) != 1 {
		t.Errorf("err is no string of JSON: %s", a.body)
	}
	return inner
}

// TestDecliningCards is the trigger list with a live-like key, each with the
// HTTP status of reference cardtokens.md §11.2.
func TestDecliningCards(t *testing.T) {
	b := newBench(t)
	declines := 0
	for _, p := range b.w.Profiles() {
		if p.Trigger == nil {
			continue
		}
		declines++
		b.key = testKey
		if a := b.token(p.Number.Digits()); a.text("scheme") != "testscheme" {
			t.Errorf("%s with a test key: %s", p.Trigger.Reason, a.body)
		}
		b.key = liveKey
		a, err := b.try(http.MethodPost, "/api/token", createJSON(p.Number.Digits(), shopID))
		if p.Trigger.Reason == "timeout" {
			if err == nil {
				t.Errorf("%s time-out card: %d %s, want no answer", p.Trigger.Scheme, a.status, a.body)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		r := reasonFor(p.Trigger.Reason, "")
		inner := decoded(t, a)
		if a.status != r.status || r.code != p.Trigger.Reason || string(r.scheme) != p.Trigger.Scheme {
			t.Errorf("%s: %d %s, table says %+v", p.Trigger.Reason, a.status, a.body, r)
		}
		if code := inner["errorCode"]; p.Trigger.Scheme == "mastercard" && code != r.code {
			t.Errorf("%s: errorCode %v", r.code, code)
		}
	}
	if declines < 10 {
		t.Errorf("the catalogue has %d declining cards", declines)
	}
}

// TestDocumentedDeclines are the two cases of reference cardtokens.md §11.1.
func TestDocumentedDeclines(t *testing.T) {
	b := newBench(t)
	b.key = liveKey
	visa := decoded(t, b.call(http.MethodPost, "/api/token", createJSON("4539990000003008", shopID)))
	inner, _ := visa["errorResponse"].(map[string]any)
	if inner["status"] != 403.0 || inner["reason"] != "cardNotEligible" || inner["message"] == "" {
		t.Errorf("Visa: %v", visa)
	}
	ids := map[any]bool{}
	for range 2 {
		mc := decoded(t, b.call(http.MethodPost, "/api/token", createJSON("5391990000001006", shopID)))
		details, _ := mc["errors"].([]any)
		if mc["errorCode"] != "PAN_INELIGIBLE" || mc["errorDescription"] != "PAN Ineligible" || len(details) != 1 {
			t.Fatalf("Mastercard: %v", mc)
		}
		detail, _ := details[0].(map[string]any)
		if detail["source"] != "INPUT" || detail["reasonCode"] != "PAN_INELIGIBLE" || detail["description"] != "PAN Ineligible" {
			t.Errorf("Mastercard: %v", detail)
		}
		if id, _ := mc["responseId"].(string); !regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`).MatchString(id) {
			t.Errorf("responseId %q", id)
		}
		ids[mc["responseId"]] = true
	}
	if len(ids) != 2 {
		t.Error("two declines have one responseId")
	}
}

func TestReasonCodesAreListedOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, code := range Reasons() {
		if seen[code] {
			t.Errorf("%s is listed twice", code)
		}
		seen[code] = true
	}
}

// TestForcedOutcomes: every operation honours every failure of its set, also where
// the request itself is refused or the token unknown (decisions 3).
func TestForcedOutcomes(t *testing.T) {
	b := newBench(t)
	id := b.token("6007220000000004").text("tokenid")
	calls := map[string][3]string{
		opCreate:     {"POST", "/api/token", createJSON("6007220000000004", shopID)},
		"bad create": {"POST", "/api/token", createJSON("1", "nobody")},
		opCryptogram: {"POST", "/api/token/" + id + "/cryptogram", cryptogramJSON},
		"bad crypt":  {"POST", "/api/token/" + id + "/cryptogram", `{}`},
		opStatus:     {"GET", "/api/token/" + id + "/status", ""},
		opDelete:     {"DELETE", "/api/token/" + id + "/delete", ""},
		"no token":   {"DELETE", "/api/token/0/delete", ""},
	}
	for name, c := range calls {
		b.want(outcomeTimeout, nil)
		if a, err := b.try(c[0], c[1], c[2]); err == nil {
			t.Errorf("%s, time-out: %d %s", name, a.status, a.body)
		}
		b.want(outcomeRejected, map[string]any{"message": "not today"})
		if a := b.call(c[0], c[1], c[2]); a.status != 500 || a.text("err") != "not today" {
			t.Errorf("%s, rejected: %d %s", name, a.status, a.body)
		}
		for _, r := range declineReasons {
			b.want(outcomeDeclined, map[string]any{"reason": r.code})
			a := b.call(c[0], c[1], c[2])
			inner := decoded(t, a)
			visa, _ := inner["errorResponse"].(map[string]any)
			if a.status != r.status || inner["errorCode"] != r.code && visa["reason"] != r.code {
				t.Errorf("%s, %s: %d %s", name, r.code, a.status, a.body)
			}
		}
		b.want(outcomeDeclined, map[string]any{"reason": "declined", "status": 409.0, "message": "Contact your bank"})
		if a := b.call(c[0], c[1], c[2]); a.status != http.StatusConflict {
			t.Errorf("%s, declined with 409: %d %s", name, a.status, a.body)
		}
	}
	b.want("", nil)
	if a := b.call(http.MethodGet, "/api/token/"+id+"/status", ""); a.text("status") != "ACTIVE" {
		t.Errorf("a forced failure changed the token: %s", a.body)
	}
}

func TestForcedSuccess(t *testing.T) {
	b := newBench(t)
	b.key = liveKey
	b.want(outcomeCreated, nil)
	a := b.call(http.MethodPost, "/api/token", createJSON("4539990000003008", shopID))
	if a.status != http.StatusOK || a.text("scheme") != "visa" {
		t.Errorf("created over a declining card: %d %s", a.status, a.body)
	}
	if got := b.call(http.MethodPost, "/api/token", createJSON("4111111145551143", shopID)); got.status != 500 {
		t.Errorf("created over a bad number: %d %s", got.status, got.body)
	}
	b.setState(a.text("tokenid"), scheme.Suspended)
	b.want(outcomeIssued, nil)
	if got := b.call(http.MethodPost, "/api/token/"+a.text("tokenid")+"/cryptogram", cryptogramJSON); got.status != 403 {
		t.Errorf("issued over a suspended token: %d %s", got.status, got.body)
	}
}

func TestOutcomesAreListedWithSourceAndMark(t *testing.T) {
	marks := map[string]bool{"documented": true, "observed": true, "inferred": true, "ours": true}
	seen := map[[2]string]bool{}
	for _, o := range Outcomes() {
		if o.Summary == "" || o.Source == "" || !marks[o.Mark] {
			t.Errorf("%s %s lacks summary, source or mark", o.Operation, o.Name)
		}
		seen[[2]string{o.Operation, o.Name}] = true
	}
	for _, want := range [][2]string{ // interface §6
		{opCreate, "created"}, {opCreate, "rejected"}, {opCreate, "scheme-declined"}, {opCreate, "scheme-timeout"},
		{opCryptogram, "issued"}, {opCryptogram, "rejected"}, {opCryptogram, "scheme-declined"}, {opCryptogram, "scheme-timeout"},
		{opStatus, "ok"}, {opDelete, "ok"},
	} {
		if !seen[want] {
			t.Errorf("outcome %v is not listed", want)
		}
	}
}
