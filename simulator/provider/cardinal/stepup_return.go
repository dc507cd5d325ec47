package cardinal

import (
	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/threeds"
	"cardsim/simulator/wire"
	"cardsim/web"
)

// returned is the end of a step-up.
type returned struct {
	form   threeds.FormPost
	failed bool
}

// stepUpReturn is where the issuer's page posts the CRes. The merchant never sees
// it: the page makes the browser post TransactionId and MD to ReturnUrl
// (reference cardinal.md §5.2, documented). The CRes is a signal only; the result
// is what the issuer remembers.
func stepUpReturn() provider.Operation {
	return provider.Make(provider.Op[*visit, returned]{
		Name:     opReturn,
		ReadOnly: true,
		Decode:   func(c *provider.Call) (*visit, error) { return visitOf(c), nil },
		Facts:    visitFacts,
		Run: func(c *provider.Call, tx *provider.Tx, v *visit) (returned, error) {
			t, ok, err := threeds.ByID(c.Scope(tx), v.transaction)
			if err != nil {
				return returned{}, err
			}
			if !ok || t.Challenge == nil {
				return returned{}, numbered(core.CodeInvalid, validation, "cres", "the transaction has no challenge")
			}
			if t.Running() {
				c.Warn("the CRes came before the challenge ended")
			}
			return returned{form: threeds.StepUpForm(t), failed: v.failed}, nil
		},
		Encode: encodeReturn,
	})
}

func encodeReturn(c *provider.Call, r returned) wire.Response {
	c.Result(outcomeOK, "")
	if r.form.URL == "" {
		return notice(c, "Your bank has answered", "No ReturnUrl is known for this transaction: the shop did not come through the step-up page.", "")
	}
	fields := r.form.Map()
	message := parent{Type: "stepUp.completion", TransactionID: fields["TransactionId"], MD: fields["MD"]}
	if r.failed {
		message.Type = "stepUp.error"
	}
	v := web.AutoPost{
		Look: look(), Title: "Your bank has answered", Lead: "Taking you back to the shop.",
		Action: r.form.URL, Button: "Continue", ParentMessage: parentMessage(message),
	}
	for _, f := range r.form.Fields {
		v.Fields = append(v.Fields, web.Field{Name: f.Name, Value: f.Value})
	}
	return page(c, v)
}
