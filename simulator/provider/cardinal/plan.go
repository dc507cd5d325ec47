package cardinal

import (
	"fmt"
	"strconv"

	"cardsim/simulator/provider"
	"cardsim/simulator/threeds"
)

// The parameters of outcomes.
const (
	withErrorNo    = "errorNo"    // number or text, such as "1002, 4090"
	withResult     = "result"     // what the right code leads to
	withCode       = "otp"        // the one-time password
	withCardholder = "cardholder" // the steps of a headless cardholder
)

// failureForced says that a scenario demands an error or silence, which wins over
// every check of the message (decisions 3).
func failureForced(c *provider.Call) bool {
	return c.Plan.Outcome == threeds.OutcomeError || c.Plan.Outcome == threeds.OutcomeTimeout
}

// lookupPlan is what a scenario wants of a lookup.
func lookupPlan(c *provider.Call) threeds.Plan {
	p := threeds.Plan{
		Outcome: c.Plan.Outcome, ErrorNo: errGeneral, Result: with(c, withResult), Code: with(c, withCode), Cardholder: steps(c.Plan.With[withCardholder]),
	}
	if n := with(c, withErrorNo); n != "" {
		p.ErrorNo = n
	}
	return p
}

// authPlan is what a scenario wants of an authenticate call.
func authPlan(c *provider.Call) threeds.Plan {
	p := threeds.Plan{Outcome: c.Plan.Outcome, ErrorNo: "1050"}
	if n := with(c, withErrorNo); n != "" {
		p.ErrorNo = n
	}
	return p
}

// with reads a parameter as text, whether the scenario wrote a number or a text.
func with(c *provider.Call, name string) string {
	switch v := c.Plan.With[name].(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	default:
		return fmt.Sprint(v)
	}
}

// steps reads a list of texts.
func steps(v any) []string {
	switch list := v.(type) {
	case []string:
		return list
	case []any:
		out := make([]string, 0, len(list))
		for _, item := range list {
			if s, ok := item.(string); ok {
				out = append(out, s)
			}
		}
		return out
	default:
		return nil
	}
}
