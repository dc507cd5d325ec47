package acehub

import (
	"cardsim/simulator/core"
	"cardsim/simulator/pay"
	"cardsim/simulator/provider"
)

// followUpRequest is a decoded capture, cancel or refund.
type followUpRequest struct {
	order   pay.FollowUp
	facts   func() map[string]any // what scenarios see of it
	problem *core.Error
}

func capture() provider.Operation { return followUp(opCapture, pay.ActionCapture) }
func cancel() provider.Operation  { return followUp(opCancel, pay.ActionCancel) }
func refund() provider.Operation  { return followUp(opRefund, pay.ActionRefund) }

// followUp is one of the three operations on an existing transaction (reference
// acehub.md §5.5, §5.6).
func followUp(name string, action pay.Action) provider.Operation {
	return provider.Make(provider.Op[followUpRequest, reply]{
		Name: name, Facts: followUpFacts, Run: runFollowUp, Encode: encode,
		Decode: func(c *provider.Call) (followUpRequest, error) { return decodeFollowUp(c, action), nil },
		Validate: func(c *provider.Call, q followUpRequest) error {
			if q.problem != nil && !forcedFailure(c) {
				return q.problem
			}
			return nil
		},
	})
}

func decodeFollowUp(c *provider.Call, action pay.Action) followUpRequest {
	v := body(c, followUpSchema)
	t := v.in("transaction")
	q := followUpRequest{facts: v.facts, order: pay.FollowUp{
		Payer: payer(c), Of: c.Request.Vars.Get("id"), Action: action, TrackingCode: trackingCode(t),
	}}
	if action != pay.ActionCancel { // a cancel takes all, and carries no amount
		q.order.Money = t.money()
	}
	q.problem = *v.problem
	return q
}

func followUpFacts(c *provider.Call, tx *provider.Tx, q followUpRequest) provider.Facts {
	f := provider.Facts{Money: q.order.Money, Reference: reference(q.order.TrackingCode), Request: q.facts}
	p, ok, err := pay.ByID(c.Scope(tx), q.order.Business, q.order.Of)
	if err != nil || !ok {
		return f
	}
	f.Card, f.Flow = p.Underlying(), p.Flow
	if q.order.Action == pay.ActionCancel {
		f.Money = p.Money
	}
	return f
}

func runFollowUp(c *provider.Call, tx *provider.Tx, q followUpRequest) (reply, error) {
	if r, ok := forcedRefusal(c, q.problem != nil); ok {
		return r, nil
	}
	q.order.Force = forced(c)
	a, err := pay.Follow(c.Scope(tx), q.order)
	if err != nil {
		return refusedOrForced(c, err)
	}
	return answered(c, a), nil
}
