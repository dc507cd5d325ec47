package cardtokens

import (
	"cardsim/simulator/provider"
	"cardsim/simulator/scheme"
)

// tokenStatus is the answer of Get token status (reference cardtokens.md §7,
// documented); it has no par.
type tokenStatus struct {
	ExpMonth int           `json:"expmonth"`
	ExpYear  int           `json:"expyear"`
	Token    string        `json:"token"`
	Status   scheme.State  `json:"status"`
	Scheme   scheme.Scheme `json:"scheme"`
	TokenID  string        `json:"tokenid"`
}

func status() provider.Operation {
	return provider.Make(provider.Op[string, reply]{
		Name: opStatus, ReadOnly: true, Decode: tokenID, Facts: tokenFacts, Run: runStatus, Encode: encode,
	})
}

// runStatus answers ACTIVE or INACTIVE, nothing else; a deleted token stays
// readable (reference cardtokens.md §7, inferred from the C# sample).
func runStatus(c *provider.Call, tx *provider.Tx, id string) (reply, error) {
	s := c.Scope(tx)
	t, err := foundToken(c, s, id)
	if forcedFailure(c) {
		return fail(c, s, aboutToken(t))
	}
	if err != nil {
		return reply{}, err
	}
	a := tokenStatus{
		ExpMonth: t.Expiry.Month, ExpYear: t.Expiry.Year, Token: t.Digits(s.World),
		Status: scheme.Inactive, Scheme: t.Scheme, TokenID: t.ID,
	}
	if t.Usable(s.Now) {
		a.Status = scheme.Active
	}
	c.Secret(a.Token)
	return good(c, outcomeOK, a), nil
}
