package acehub

import (
	"net/http"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/pay"
)

// resultRow is one row of reference acehub.md §2.3: what POST answers, and
// whether a transaction can be read afterwards.
type resultRow struct {
	outcome     string
	status      int
	result      int
	description string
	code        float64
	kept        bool
}

var resultRows = []resultRow{
	{"approved", 200, 0, "Ok", 0, true},
	{"waiting", 200, 1, "Waiting", 0, true},
	{"pending", 200, 2, "Pending", 0, true},
	{"timeout", 200, 4, "Timeout", 0, true},
	{"failed", 400, -2, "Failed", codeFailed, true},
	{"failed-retry", 400, -3, "Failed, retry", codeFailedSoon, true},
	{"declined", 400, -4, "Declined", codeDeclined, true},
	{"declined-retry", 400, -5, "Declined, retry", codeSoft, true},
	{"fraud", 400, -9, "Fraud", codeFraud, true},
	{"customer-error", 400, -10, "Customer processing error", codeCancelled, true},
	{"referral", 400, -11, "Referrals", codeReferral, true},
	{"input-error", 400, -1, "Input error", codeInvalid, false},
	{"security-error", 401, -6, "Security error", codeSecurity, false},
	{"unexpected-error", 500, -7, "Unexpected error", codeUnexpected, false},
	{"business-rule", 400, -8, "Business rule error", codeRule, false},
}

func TestEveryResult(t *testing.T) {
	for _, row := range resultRows {
		t.Run(row.outcome, func(t *testing.T) { row.test(t) })
	}
}

func (row resultRow) test(t *testing.T) {
	s := open(t, nil)
	s.force(row.outcome, nil)
	made := s.post("payments", payment("authorize", "ORDER-0001", "20"))
	made.is(t, row.status, row.result)
	code, _ := made.at("body.error.code").(float64)
	if made.text("description") != row.description || code != row.code {
		t.Errorf("POST: %s", made.Body)
	}
	if e := s.last(); e.Outcome != row.outcome {
		t.Errorf("the journal says outcome %q", e.Outcome)
	}
	s.force("", nil)
	found := s.get("payments?trackingCode=ORDER-0001")
	if !row.kept {
		if found.Body != "[]" || made.at("body.transaction") != nil {
			t.Errorf("a refused payment is kept: %s", found.Body)
		}
		s.post("payments", payment("authorize", "ORDER-0001", "20")).is(t, http.StatusOK, 0) // its code is free
		return
	}
	read := s.get("payments/" + made.text("body.transaction.id"))
	if read.Status != http.StatusOK || read.Body != made.Body || found.Body != "["+made.Body+"]" {
		t.Errorf("GET: HTTP %d %s", read.Status, read.Body)
	}
	follow := s.post("payments/"+made.text("body.transaction.id")+"/capture", followUpBody("CAPT-0001", "20"))
	if row.result == 0 {
		follow.is(t, http.StatusOK, 0)
	} else {
		follow.fails(t, -8, codeRule, ruleMessages[pay.RuleState])
	}
}

func TestOutcomeWords(t *testing.T) {
	for _, code := range []any{51, int64(51), 51.0, "51"} {
		s := open(t, nil)
		s.force("declined", map[string]any{"code": code, "message": "Insufficient funds", "detailedMessage": "Not sufficient funds"})
		a := s.post("payments", payment("payment", "ORDER-0001", "20"))
		if a.at("body.error.code") != 51.0 || a.text("body.error.message") != "Insufficient funds" || a.text("body.error.detailedMessage") != "Not sufficient funds" {
			t.Errorf("%T: %s", code, a.Body)
		}
		s.force("", nil)
		if read := s.get("payments/" + a.text("body.transaction.id")); read.Body != a.Body {
			t.Errorf("GET: %s", read.Body)
		}
	}
}

// A forced failure wins over everything, also over what could not be processed
// (decisions 3); it then leaves no transaction.
func TestForcedFailureWins(t *testing.T) {
	s := open(t, nil)
	s.post("payments", payment("payment", "ORDER-0001", "20")).is(t, http.StatusOK, 0)
	s.force("declined", nil)
	for _, body := range []string{
		payment("payment", "ORDER-0001", "20"), // the code is taken
		payment("payment", "SHORT", "20"),
		payment("bad", "ORDER-0002", "20"),
		payment("payment", "ORDER-0003", "20", `,"token":"00000000-0000-0000-0000-000000000000"`),
	} {
		s.post("payments", body).is(t, http.StatusBadRequest, -4)
	}
	s.post("payments/unknown/refund", followUpBody("RFND-0001", "1")).is(t, http.StatusBadRequest, -4)
	if n := s.count(); n != 2 { // the first payment, and the forced one with the unknown token
		t.Errorf("%d transactions are kept", n)
	}
}

func TestForcedFollowUps(t *testing.T) {
	rows := []resultRow{
		{"declined", 400, -4, "Declined", codeDeclined, true}, {"failed", 400, -2, "Failed", codeFailed, true},
		{"business-rule", 400, -8, "Business rule error", codeRule, false}, {"unexpected-error", 500, -7, "Unexpected error", codeUnexpected, false},
	}
	for _, row := range rows {
		s := open(t, nil)
		id := s.post("payments", payment("authorize", "ORDER-0001", "20")).text("body.transaction.id")
		for i, op := range []string{"capture", "cancel", "refund"} {
			s.force(row.outcome, nil)
			amount := "20"
			if op == "cancel" {
				amount = ""
			}
			code := "FOLLOW-000" + string(rune('0'+i))
			a := s.post("payments/"+id+"/"+op, followUpBody(code, amount))
			a.is(t, row.status, row.result)
			s.force("", nil)
			if found := s.get("payments?trackingCode=" + code); (found.Body != "[]") != row.kept {
				t.Errorf("%s %s: %s", op, row.outcome, found.Body)
			}
		}
		s.force("approved", nil)
		s.post("payments/"+id+"/capture", followUpBody("CAPT-0009", "20")).is(t, http.StatusOK, 0) // nothing had moved
	}
}

// Every outcome of the catalogue is one that its operation honours, and every
// operation has its minimum set (interface §6).
func TestOutcomeCatalogue(t *testing.T) {
	byOperation := map[string]map[string]bool{}
	for _, o := range Outcomes() {
		if byOperation[o.Operation] == nil {
			byOperation[o.Operation] = map[string]bool{}
		}
		if byOperation[o.Operation][o.Name] {
			t.Errorf("%s %s is listed twice", o.Operation, o.Name)
		}
		byOperation[o.Operation][o.Name] = true
		if _, ok := verdicts[o.Name]; !ok || o.Summary == "" || o.Source == "" || o.Mark == "" {
			t.Errorf("%+v is not complete", o)
		}
	}
	for _, row := range resultRows {
		if !byOperation[opPaymentCreate][row.outcome] {
			t.Errorf("%s lacks %s", opPaymentCreate, row.outcome)
		}
	}
	for _, r := range New(signing()).Routes() {
		if len(byOperation[r.Operation.ID()]) == 0 {
			t.Errorf("%s has no outcomes", r.Operation.ID())
		}
	}
}

func TestEveryCoreCodeIsMapped(t *testing.T) {
	for _, code := range core.Codes() {
		if _, ok := failures[code]; !ok {
			t.Errorf("%s is not mapped", code)
		}
	}
}
