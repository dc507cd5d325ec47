package cardinal

import (
	"encoding/base64"
	"net/url"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/threeds"
	"cardsim/simulator/wire"
	"cardsim/web"
)

// stepped is what the step-up page is made of.
type stepped struct {
	acsURL, creq, session string
}

// stepUp is POST /V2/Cruise/StepUp: the merchant's token brings the browser, the
// page takes it to the issuer (reference cardinal.md §5.2, documented).
func stepUp() provider.Operation {
	return provider.Make(provider.Op[*visit, stepped]{
		Name:     opStepUp,
		Decode:   func(c *provider.Call) (*visit, error) { return visitOf(c), nil },
		Facts:    visitFacts,
		Validate: checkStepUp,
		Run:      runStepUp,
		Encode:   encodeStepUp,
	})
}

// visitFacts is what a browser step is about: its transaction.
func visitFacts(c *provider.Call, tx *provider.Tx, v *visit) provider.Facts {
	id := v.transaction
	if id == "" {
		id = v.claims.Payload.TransactionID
	}
	t, ok, err := threeds.ByID(c.Scope(tx), id)
	if err != nil || !ok {
		return provider.Facts{}
	}
	return provider.Facts{Card: t.Card, Money: t.Money, Reference: t.OrderNumber, Flow: t.Flow}
}

func checkStepUp(_ *provider.Call, v *visit) error {
	switch {
	case v.claims.Payload.TransactionID == "":
		return numbered(core.CodeMissing, validation, "Payload.TransactionId", "it comes from the lookup's answer")
	case v.claims.ReturnURL == "":
		return numbered(core.CodeMissing, validation, "ReturnUrl", "the browser must come back somewhere")
	case webAddress(v.claims.ReturnURL) == "":
		return numbered(core.CodeInvalid, validation, "ReturnUrl", "it must be an absolute http or https address")
	}
	return nil
}

func runStepUp(c *provider.Call, tx *provider.Tx, v *visit) (stepped, error) {
	s := c.Scope(tx)
	t, ok, err := threeds.ByID(s, v.claims.Payload.TransactionID)
	switch {
	case err != nil:
		return stepped{}, err
	case !ok || t.Merchant != c.Merchant.ID:
		return stepped{}, numbered(core.CodeInvalid, validation, "Payload.TransactionId", "no lookup of this merchant has it")
	case t.Challenge == nil || !t.Version.EMV():
		return stepped{}, numbered(core.CodeRule, validation, "Payload.TransactionId", "the lookup asked for no step-up")
	case !t.SameReference(c.World, v.claims.ReferenceID):
		c.Warn("ReferenceId of the JWT is not the lookup's DFReferenceId (not enforced: decisions 16)")
	}
	if t, err = threeds.StepUp(s, t.Challenge.ID, v.claims.ReturnURL, v.md); err != nil {
		return stepped{}, err
	}
	creq := v.claims.Payload.Payload
	if creq == "" {
		if creq, err = threeds.Payload(c.World, t); err != nil {
			return stepped{}, err
		}
		c.Warn("the JWT has no Payload.Payload: the transaction's own CReq is used")
	}
	return stepped{acsURL: issuerAddress(c, v.claims.Payload.ACSURL), creq: creq, session: sessionData(t)}, nil
}

// issuerAddress is ACSUrl as the merchant received it, so that another name of
// the same host goes on working. What does not lead to an issuer's page of ours
// is replaced: the page must not be a way to anywhere.
func issuerAddress(c *provider.Call, given string) string {
	if u, err := url.Parse(webAddress(given)); err == nil && u.Path == "/acs/creq" {
		return given
	}
	if given != "" {
		c.Warn("Payload.ACSUrl of the JWT is not the lookup's: the lookup's is used")
	}
	return under(c.Base, pathCReq)
}

// sessionData is what comes back beside the CRes: opaque, base64url.
func sessionData(t threeds.Transaction) string {
	return base64.RawURLEncoding.EncodeToString([]byte(t.ID))
}

func encodeStepUp(c *provider.Call, s stepped) wire.Response {
	c.Result(outcomeOK, "")
	return page(c, web.AutoPost{
		Look: look(), Title: "Taking you to your bank", Lead: "Your bank will ask you to confirm the payment.",
		Action: s.acsURL, Button: "Continue",
		Fields:        []web.Field{{Name: "creq", Value: s.creq}, {Name: "threeDSSessionData", Value: s.session}},
		ParentMessage: parentMessage(parent{Type: "stepUp.acsRedirection"}),
	})
}
