package provider

import (
	"cardsim/simulator/core"
	"cardsim/simulator/guard"
)

// The guard's two looks at a request are steps of the pipeline (*ours*): at the
// credentials once they are checked, and at the card once the body is decoded and
// before anything is planned, counted or kept.

// guardCredentials looks at a request whose identity no sandbox knows.
func (f *Front) guardCredentials(c *Call) error {
	if !f.guard.Looks() || c.Identity.Known {
		return nil
	}
	var own []string
	for _, t := range c.World.Tenants {
		own = append(own, t.Token)
	}
	if !guard.Credential(c.Request.Header, c.notes.secrets, own) {
		return nil
	}
	return f.suspect(c, guard.ReasonCredential, &core.Error{Code: core.CodeUnauthorized, Detail: guard.CredentialDetail})
}

// guardCard looks at the card that the request names by its number.
func (f *Front) guardCard(c *Call) error {
	if !f.guard.Looks() || !guard.Card(c.World, c.Facts.Card, c.notes.secrets) {
		return nil
	}
	at := guard.PointerOf(c.Provider.Name())
	return f.suspect(c, guard.ReasonCard, &core.Error{Code: core.CodeInvalid, Field: at.Field, Number: at.Number, Detail: guard.CardDetail})
}

// suspect warns or refuses. The log is told once of each provider and reason: a load
// test may send a million such numbers, and the journal has them all.
func (f *Front) suspect(c *Call, reason string, refusal *core.Error) error {
	if _, told := f.suspected.LoadOrStore(c.Provider.Name()+" "+reason, true); !told {
		f.log.Warn("a request carries what may be real; further ones are in the journal only",
			"reason", reason, "provider", c.Provider.Name(), "request", c.Request.ID, "guard", string(f.guard))
	}
	if f.guard == guard.Refuse {
		return refusal.Because(core.Refusef(reason, "%s", refusal.Detail))
	}
	c.Warn("%s", refusal.Detail)
	return nil
}
