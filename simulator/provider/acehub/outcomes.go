package acehub

import (
	"encoding/json"
	"math"
	"strconv"

	"cardsim/simulator/core"
	"cardsim/simulator/pay"
	"cardsim/simulator/provider"
)

// sourceResults is where AceHub's result table stands.
const sourceResults = "acehub.md §2.3"

// Outcomes lists the outcomes of every operation. A forced failure wins over
// everything; a forced success replaces the issuer's decision and the redirects,
// and no truth (decisions 3).
func Outcomes() []core.Outcome {
	list := []core.Outcome{
		{Operation: opPaymentCreate, Name: outcomeApproved, Summary: "200, result 0 Ok.", Source: sourceResults, Mark: "documented"},
		{Operation: opPaymentCreate, Name: "declined", Summary: "400, result -4 Declined; the transaction is kept.", With: withWords(), Source: sourceResults, Mark: "documented"},
		{Operation: opPaymentCreate, Name: "declined-retry", Summary: "400, result -5: a soft decline; the transaction is kept.", With: withWords(), Source: sourceResults, Mark: "inferred"},
		{Operation: opPaymentCreate, Name: "failed", Summary: "400, result -2 Failed; the transaction is kept.", With: withWords(), Source: sourceResults, Mark: "documented"},
		{Operation: opPaymentCreate, Name: "failed-retry", Summary: "400, result -3; the transaction is kept.", With: withWords(), Source: sourceResults, Mark: "documented"},
		{Operation: opPaymentCreate, Name: "fraud", Summary: "400, result -9; the transaction is kept.", With: withWords(), Source: sourceResults, Mark: "documented"},
		{Operation: opPaymentCreate, Name: "customer-error", Summary: "400, result -10; the transaction is kept.", With: withWords(), Source: sourceResults, Mark: "documented"},
		{Operation: opPaymentCreate, Name: "referral", Summary: "400, result -11; the transaction is kept.", With: withWords(), Source: sourceResults, Mark: "documented"},
		{Operation: opPaymentCreate, Name: "pending", Summary: "200, result 2 Pending; it stays so.", With: withWords(), Source: sourceResults, Mark: "observed"},
		{Operation: opPaymentCreate, Name: "waiting", Summary: "200, result 1; it stays so.", With: withWords(), Source: sourceResults, Mark: "observed"},
		{Operation: opPaymentCreate, Name: string(pay.PendingMerchant), Summary: "200, result 3; it stays so.", With: withWords(), Source: sourceResults, Mark: "inferred"},
		{Operation: opPaymentCreate, Name: "timeout", Summary: "200, result 4 Timeout.", With: withWords(), Source: sourceResults, Mark: "inferred"},
	}
	for _, op := range []string{opCapture, opCancel, opRefund} {
		list = append(list,
			core.Outcome{Operation: op, Name: outcomeApproved, Summary: "200, result 0 Ok, where the state allows it.", Source: sourceResults, Mark: "documented"},
			core.Outcome{Operation: op, Name: "declined", Summary: "400, result -4; the money stays where it is.", With: withWords(), Source: sourceResults, Mark: "documented"},
			core.Outcome{Operation: op, Name: "failed", Summary: "400, result -2; the money stays where it is.", With: withWords(), Source: sourceResults, Mark: "documented"})
	}
	for _, op := range []string{opTokenCreate, opTokenGet, opPaymentGet, opPaymentFind} {
		list = append(list, core.Outcome{Operation: op, Name: outcomeOK, Summary: "200, as the call documents it.", Source: sourceResults, Mark: "documented"})
	}
	for _, op := range []string{opPaymentCreate, opCapture, opCancel, opRefund, opTokenCreate, opTokenGet, opPaymentGet, opPaymentFind} {
		list = append(list, refusals(op)...)
	}
	return append(list, core.Outcome{Operation: opRedirect, Name: outcomeOK, Summary: "The browser is sent on.", Source: "acehub.md §7.4", Mark: "ours"})
}

func withWords() []string { return []string{"code", "message", "detailedMessage"} }

// refusals are the outcomes that leave nothing behind.
func refusals(op string) []core.Outcome {
	return []core.Outcome{
		{Operation: op, Name: outcomeInputError, Summary: "400, result -1 Input error; nothing is kept or used up.", With: withWords(), Source: sourceResults, Mark: "documented"},
		{Operation: op, Name: outcomeSecurity, Summary: "401, result -6 Security error; nothing is kept or used up.", With: withWords(), Source: sourceResults, Mark: "documented"},
		{Operation: op, Name: outcomeUnexpected, Summary: "500, result -7 Unexpected error; nothing is kept or used up.", With: withWords(), Source: sourceResults, Mark: "documented"},
		{Operation: op, Name: outcomeBusinessRule, Summary: "400, result -8 Business rule error; nothing is kept or used up.", With: withWords(), Source: sourceResults, Mark: "documented"},
	}
}

// forced is what the plan demands of package pay: nil when it demands nothing, or
// a refusal that never gets there.
func forced(c *provider.Call) *pay.Force {
	for _, r := range pay.Results() {
		if c.Plan.Outcome == string(r) {
			return &pay.Force{Result: r, Words: wordsOf(c.Plan)}
		}
	}
	return nil
}

// forcedFailure says that the plan demands anything but a success: that wins over
// every check (decisions 3).
func forcedFailure(c *provider.Call) bool {
	switch o := c.Plan.Outcome; o {
	case "", outcomeApproved, outcomeOK:
		return false
	default:
		_, ok := verdicts[o]
		return ok
	}
}

// forcedRefusal is the answer to a plan that demands a refusal, or to one that
// demands a failure of a request that could not be processed at all (always).
func forcedRefusal(c *provider.Call, always bool) (reply, bool) {
	_, kept := verdicts[c.Plan.Outcome]
	if !kept || !forcedFailure(c) || forced(c) != nil && !always {
		return reply{}, false
	}
	v := verdicts[c.Plan.Outcome]
	note(c, c.Plan.Outcome)
	c.Refuse(core.Refusef("scenario", "a scenario asked for the outcome %s", c.Plan.Outcome))
	body := paymentBody{Error: errorOf(v, wordsOf(c.Plan))}
	return reply{status: v.status, value: document{
		Result: v.number, Description: v.description, Header: docHeader{RequestTimestamp: timestamp(c.Now)}, Body: body,
	}}, true
}

// wordsOf reads an outcome's parameters.
func wordsOf(p core.Plan) pay.Words {
	w := pay.Words{}
	w.Message, _ = p.With["message"].(string)
	w.Detailed, _ = p.With["detailedMessage"].(string)
	switch code := p.With["code"].(type) {
	case int:
		w.Code = int64(code)
	case int64:
		w.Code = code
	case uint64:
		w.Code = int64(min(code, math.MaxInt64))
	case float64:
		w.Code = int64(code)
	case json.Number:
		w.Code, _ = code.Int64()
	case string:
		w.Code, _ = strconv.ParseInt(code, 10, 64)
	}
	return w
}
