package cardtokens

import (
	"net/http"
	"strconv"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
	"cardsim/simulator/wire"
)

// reply is the result of a call: a status and a document, or silence.
type reply struct {
	status  int
	body    any
	silence bool
}

// encode renders a reply. A time-out between Cardtokens and the scheme is "status
// 0" to a client: the connection closes without an answer (reference
// cardtokens.md §11.1, documented).
func encode(_ *provider.Call, r reply) wire.Response {
	if r.silence {
		return wire.Aborted(0)
	}
	return wire.JSON(r.status, r.body)
}

// good is a successful reply: always 200 with a JSON object (reference
// cardtokens.md §1, observed).
func good(c *provider.Call, outcome string, body any) reply {
	c.Result(outcome, strconv.Itoa(http.StatusOK))
	return reply{status: http.StatusOK, body: body}
}

// subject is whom a scheme's refusal is about.
type subject struct {
	scheme scheme.Scheme
	// entity names it for the draws: a merchant and its card, or a tokenid.
	entity string
}

// aboutToken is the subject of a call on a token, also one that does not exist.
func aboutToken(t scheme.Token) subject {
	return subject{scheme: t.Scheme, entity: "token/" + t.ID}
}

// forcedFailure says that the plan wants one of the failures.
func forcedFailure(c *provider.Call) bool {
	switch c.Plan.Outcome {
	case outcomeRejected, outcomeDeclined, outcomeTimeout:
		return true
	}
	return false
}

// fail renders the failure that the plan wants.
func fail(c *provider.Call, s sandbox.Scope, about subject) (reply, error) {
	c.Refuse(core.Refusef("planned", "scenario %s, rule %q wants %s", c.Plan.Scenario, c.Plan.Rule, c.Plan.Outcome))
	switch c.Plan.Outcome {
	case outcomeTimeout:
		return silent(c), nil
	case outcomeDeclined:
		r := reasonFor(param[string](c, "reason"), about.scheme)
		if status := whole(c.Plan.With["status"]); status >= http.StatusBadRequest && status < 600 {
			r.status = status
		}
		if message := param[string](c, "message"); message != "" {
			r.message = message
		}
		return decline(c, s, r, about)
	default:
		message := param[string](c, "message")
		if message == "" {
			message = "the request was rejected"
		}
		return reply{}, core.Errf(core.CodeRule, "", "%s", message)
	}
}

// silent is a scheme that does not answer.
func silent(c *provider.Call) reply {
	c.Result(outcomeTimeout, "0")
	return reply{silence: true}
}

// decline passes a scheme's refusal on: its status, its JSON as a string.
func decline(c *provider.Call, s sandbox.Scope, r declineReason, about subject) (reply, error) {
	var ordinal uint64
	if s.Tx.Writable() { // a call that only reads counts nothing: its id repeats
		n, err := s.Next("cardtokens.declines/" + about.entity)
		if err != nil {
			return reply{}, err
		}
		ordinal = n
	}
	id := s.World.Draw("cardtokens.responseid", about.entity, strconv.FormatUint(ordinal, 10)).UUID()
	c.Result(outcomeDeclined, r.code)
	return reply{status: r.status, body: rejected{Err: r.document(id)}}, nil
}

// param reads a parameter of the planned outcome, its zero value when it is not
// given or of another type.
func param[T any](c *provider.Call, name string) T {
	v, _ := c.Plan.With[name].(T)
	return v
}

// whole reads a whole number as YAML or JSON decode it.
func whole(v any) int {
	switch n := v.(type) {
	case int:
		return n
	case int64:
		return int(n)
	case float64:
		return int(n)
	}
	return 0
}
