package cardinal

import (
	"strconv"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/threeds"
	"cardsim/simulator/wire"
)

// authRequest is a cmpi_authenticate (reference cardinal.md §6; seed 003).
type authRequest struct {
	message message
	pares   threeds.Presented
}

// authenticated is what it came to. number is set when no transaction was found.
type authenticated struct {
	request message
	result  threeds.Result
	number  *core.Error
	timeout bool
}

// authenticate is cmpi_authenticate.
func (p *Provider) authenticate() provider.Operation {
	return provider.Make(provider.Op[authRequest, authenticated]{
		Name: opAuthenticate,
		Decode: func(c *provider.Call) (authRequest, error) {
			m, _ := c.Envelope.(message)
			return authRequest{message: m, pares: p.signing.Present(m["PAResPayload"], c.Now)}, nil
		},
		Facts: authenticateFacts,
		Validate: func(c *provider.Call, q authRequest) error {
			if problem := q.check(c); problem != nil && !failureForced(c) {
				return problem
			}
			return nil
		},
		Run:    runAuthenticate,
		Encode: encodeAuthenticate,
	})
}

func runAuthenticate(c *provider.Call, tx *provider.Tx, q authRequest) (authenticated, error) {
	s := c.Scope(tx)
	t, problem := q.link(c, s)
	plan := authPlan(c)
	if problem == nil {
		problem = q.check(c)
	}
	if problem != nil {
		if !failureForced(c) {
			return authenticated{}, problem
		}
		problem.Number = plan.ErrorNo
		return authenticated{request: q.message, number: problem}, nil
	}
	r, err := threeds.Authenticate(s, t, threeds.AuthenticateRequest{
		PaRes: q.pares, Credential: q.message["Credential"], Outcome: plan.Outcome, ErrorNo: plan.ErrorNo,
	})
	if err != nil {
		return authenticated{}, err
	}
	if r.Ignored {
		c.Warn("the scenario's %s is ignored: the cardholder did not pass", plan.Outcome)
	}
	if q.pares.Given && t.Version.EMV() {
		c.Warn("PAResPayload is ignored: EMV 3-D Secure has no PaRes")
	}
	if r.Refusal != nil {
		c.Refuse(r.Refusal)
	}
	return authenticated{request: q.message, result: r, timeout: r.Timeout}, nil
}

func encodeAuthenticate(c *provider.Call, a authenticated) wire.Response {
	c.Result(a.outcome(), a.word())
	switch {
	case a.number != nil:
		return answer(c, errorDocument(a.number.Number, describe(a.number.Number, "")))
	case a.timeout:
		number := strconv.Itoa(c.Setting().Int("cardinal.timeoutError"))
		return late(c, document{
			{"ErrorDesc", describe(number, "")}, {"ErrorNo", number}, {"PAResStatus", ""}, {"SignatureVerification", ""},
			{"Cavv", ""}, {"EciFlag", ""}, {"Xid", ""},
		})
	}
	c.Secret(a.result.CAVV)
	if a.result.Transaction.Version.EMV() {
		return answer(c, a.emv())
	}
	return answer(c, a.old())
}

// outcome names the result as interface §6 does.
func (a authenticated) outcome() string {
	switch {
	case a.timeout:
		return threeds.OutcomeTimeout
	case a.number != nil || a.result.ErrorNo != "":
		return threeds.OutcomeError
	case a.result.Signature == "N":
		return threeds.OutcomeSignatureInvalid
	}
	switch a.result.Status {
	case core.StatusAuthenticated:
		return threeds.OutcomeAuthenticated
	case core.StatusAttempted:
		return threeds.OutcomeAttempted
	case core.StatusFailed:
		return threeds.OutcomeFailed
	case core.StatusRejected:
		return threeds.OutcomeRejected
	case core.StatusBypassed:
		return threeds.OutcomeBypassed
	default:
		return threeds.OutcomeUnavailable
	}
}

// word is Cardinal's own: the error number or PAResStatus.
func (a authenticated) word() string {
	switch {
	case a.number != nil:
		return a.number.Number
	case a.result.ErrorNo != "":
		return a.result.ErrorNo
	default:
		return string(a.result.Status)
	}
}
