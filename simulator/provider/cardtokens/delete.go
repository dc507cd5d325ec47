package cardtokens

import (
	"cardsim/simulator/provider"
	"cardsim/simulator/scheme"
)

func remove() provider.Operation {
	return provider.Make(provider.Op[string, reply]{
		Name: opDelete, Decode: tokenID, Facts: tokenFacts, Run: runDelete, Encode: encode,
	})
}

// runDelete deactivates a token for good. The answer must be a JSON object with
// status 200, or samples break; a second delete answers the same (reference
// cardtokens.md §8: status observed, members and repetition unknown).
func runDelete(c *provider.Call, tx *provider.Tx, id string) (reply, error) {
	s := c.Scope(tx)
	t, err := ownToken(c, s, id)
	if forcedFailure(c) {
		return fail(c, s, aboutToken(t))
	}
	if err != nil {
		return reply{}, err
	}
	if _, err := scheme.SetState(s, t.ID, scheme.Deactivated); err != nil {
		return reply{}, err
	}
	return good(c, outcomeOK, struct{}{}), nil
}
