package acehub

import (
	"errors"
	"net/http"

	"cardsim/simulator/core"
	"cardsim/simulator/pay"
	"cardsim/simulator/provider"
	"cardsim/simulator/wire"
)

// failure is how one kind of error looks.
type failure struct {
	outcome string
	status  int
	code    int64
	message string // followed by the path where it ends in a colon and blank
	empty   bool   // no body and no content type
}

// failures maps every error code. Statuses stay inside the set that AceHub's SDKs
// know (reference acehub.md §2.3). An unknown id is 404 without body and content
// type (§1.3, observed), and so is an unknown path; 501 for a wrong method, the
// codes above 9000 and their messages are *ours*.
var failures = map[core.Code]failure{
	core.CodeMalformed:     {outcome: outcomeInputError, status: http.StatusBadRequest, code: codeMalformed, message: "Request is not valid JSON."},
	core.CodeTooLarge:      {outcome: outcomeInputError, status: http.StatusBadRequest, code: codeTooLarge, message: "Request is too large."},
	core.CodeMissing:       {outcome: outcomeInputError, status: http.StatusBadRequest, code: codeMissing, message: "Property not found in request: "},
	core.CodeInvalid:       {outcome: outcomeInputError, status: http.StatusBadRequest, code: codeInvalid, message: "Invalid property value: "},
	core.CodeNoCredentials: {outcome: outcomeSecurity, status: http.StatusUnauthorized, code: codeSecurity, message: "Security error"},
	core.CodeUnauthorized:  {outcome: outcomeSecurity, status: http.StatusUnauthorized, code: codeSecurity, message: "Security error"},
	core.CodeConflict:      {outcome: outcomeBusinessRule, status: http.StatusBadRequest, code: codeRule, message: "Business rule error"},
	core.CodeRule:          {outcome: outcomeBusinessRule, status: http.StatusBadRequest, code: codeRule, message: "Business rule error"},
	core.CodeNotFound:      {outcome: outcomeNotFound, status: http.StatusNotFound, empty: true},
	core.CodeNoRoute:       {outcome: outcomeNotFound, status: http.StatusNotFound, empty: true},
	core.CodeMethod:        {outcome: outcomeUnexpected, status: http.StatusNotImplemented, code: codeMethod, message: "Method not supported"},
	core.CodeInternal:      {outcome: outcomeUnexpected, status: http.StatusInternalServerError, code: codeUnexpected, message: "Unexpected error"},
}

// outcomeNotFound is a 404; it has no result number.
const outcomeNotFound = "not-found"

// ruleMessages are the texts of broken business rules. The first contains the
// phrase that a client of the real system watches for (reference acehub.md §2.4,
// observed); the others are *ours*.
var ruleMessages = map[pay.Rule]string{
	pay.RuleState:     "The operation could not be executed: the operation needs at least one successful previous transaction.",
	pay.RuleAmount:    "The amount exceeds what is left of the previous transaction.",
	pay.RuleCurrency:  "The currency differs from that of the previous transaction.",
	pay.RuleDuplicate: "The tracking code has been used before.",
}

// errorBody is a body of nothing but an error.
type errorBody struct {
	Error errorDoc `json:"error"`
}

// Fail is AceHub's error document: the envelope with an error object.
func (p *Provider) Fail(c *provider.Call, e *core.Error) wire.Response {
	if isPage(c) {
		return failPage(c, e)
	}
	return encode(c, failed(c, e))
}

// failed is the reply to an error of any step.
func failed(c *provider.Call, e *core.Error) reply {
	f, ok := failures[e.Code]
	if !ok {
		f = failures[core.CodeInternal]
	}
	if f.empty {
		c.Result(f.outcome, "")
		return reply{status: f.status}
	}
	if e.Code == core.CodeMissing || e.Code == core.CodeInvalid {
		f.message += e.Field + "."
	}
	return f.reply(c)
}

func (f failure) reply(c *provider.Call) reply {
	note(c, f.outcome)
	v := verdicts[f.outcome]
	return reply{status: f.status, value: document{
		Result: v.number, Description: v.description, Header: docHeader{RequestTimestamp: timestamp(c.Now)},
		Body: errorBody{errorDoc{Code: f.code, Message: f.message, DetailedMessage: f.message}},
	}}
}

// refused turns a refusal of the domain into AceHub's answer: it commits, because
// a refusal is a result. Our own failures stay errors and undo the transaction.
func refused(c *provider.Call, err error) (reply, error) {
	var rule *pay.RuleError
	if errors.As(err, &rule) {
		c.Refuse(core.Refusef("rule-"+string(rule.Rule), "%s", rule.Detail))
		f := failures[core.CodeRule]
		f.message = ruleMessages[rule.Rule]
		return f.reply(c), nil
	}
	var known *core.Error
	if errors.As(err, &known) && known.Code != core.CodeInternal {
		c.Refuse(known.Reason())
		return failed(c, known), nil
	}
	return reply{}, err
}
