package cardinal

import (
	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/threeds"
	"cardsim/simulator/wire"
	"cardsim/web"
)

// collectedPath is where a collection without ReturnUrl ends (*ours*).
const collectedPath = "/V2/Cruise/Collect/Done"

// collection is what a device data collection came to.
type collection struct {
	reference, returnURL string
}

// collect is POST /V1|V2/Cruise/Collect: device data collection before the
// lookup (reference cardinal.md §5.3, documented). There are no data to collect:
// the reference is remembered, and the page reports success.
func collect() provider.Operation {
	return provider.Make(provider.Op[*visit, collection]{
		Name:   opCollect,
		Decode: func(c *provider.Call) (*visit, error) { return visitOf(c), nil },
		Validate: func(_ *provider.Call, v *visit) error {
			if v.claims.ReturnURL != "" && webAddress(v.claims.ReturnURL) == "" {
				return numbered(core.CodeInvalid, validation, "ReturnUrl", "it must be an absolute http or https address")
			}
			return nil
		},
		Run: func(c *provider.Call, tx *provider.Tx, v *visit) (collection, error) {
			id := v.claims.ReferenceID
			if id == "" { // Cardinal makes one up
				id = c.World.Draw("cardinal.reference", c.Merchant.ID, v.claims.JTI).UUID()
			}
			return collection{id, v.claims.ReturnURL}, threeds.Collect(c.Scope(tx), c.Merchant.ID, id)
		},
		Encode: encodeCollect,
	})
}

// encodeCollect posts the message to the parent window and goes on: to the
// merchant's ReturnUrl (documented; its fields unknown, *ours*), or to a page that
// says it is done.
func encodeCollect(c *provider.Call, r collection) wire.Response {
	c.Result(outcomeOK, "SUCCESS")
	done := source{Attempted: true, Completed: true}
	v := web.AutoPost{
		Look: look(), Title: "Preparing your payment", Lead: "This page closes by itself.", Button: "Continue", Action: collectedPath,
		ParentMessage: parentMessage(parent{
			Type: "profile.completed", SessionID: r.reference, ReferenceID: r.reference, Status: true,
			ActionCode: "SUCCESS", DataSources: &sources{CardinalData: done, MethodURL: done},
		}),
	}
	if r.returnURL != "" {
		v.Action = r.returnURL
		v.Fields = []web.Field{{Name: "SessionId", Value: r.reference}, {Name: "ReferenceId", Value: r.reference}, {Name: "ActionCode", Value: "SUCCESS"}}
	}
	return page(c, v)
}

// collected is the page after a collection.
func collected() provider.Operation {
	return provider.Make(provider.Op[*visit, bool]{
		Name:     opCollected,
		ReadOnly: true,
		Decode:   func(c *provider.Call) (*visit, error) { return visitOf(c), nil },
		Run:      func(*provider.Call, *provider.Tx, *visit) (bool, error) { return true, nil },
		Encode: func(c *provider.Call, _ bool) wire.Response {
			c.Result(outcomeOK, "")
			return notice(c, "Done", "The shop goes on with your payment.", "")
		},
	})
}
