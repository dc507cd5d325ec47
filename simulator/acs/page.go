package acs

import (
	"net/http"
	"strings"

	"cardsim/simulator/clock"
	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/threeds"
	"cardsim/simulator/threeds/emv"
	"cardsim/simulator/wire"
	"cardsim/web"
)

// What the page says about a step.
const (
	wrongCode = "That code is not right."
	noCode    = "Enter the code first."
	noResend  = "No more codes can be sent."
	newCode   = "A new code is on its way. The one before is no longer good."
	sameCode  = "The code of a sandbox card stays the same: nothing was sent."
)

// page is the next page after a step: the challenge while it runs, then the form
// that takes the result to the merchant.
func (p *Provider) page(c *provider.Call, a answer) wire.Response {
	switch {
	case a.refusal != nil:
		return p.sendBack(c, a)
	case a.found.Running():
		c.Result("open", string(core.StatusChallenge))
		return send(http.StatusOK, challengeView(c, a).Page)
	default:
		return p.result(c, a.found)
	}
}

func challengeView(c *provider.Call, a answer) web.Challenge {
	t, ch := a.found, a.found.Challenge
	v := web.Challenge{
		Look: look(c, t), Network: brandName(t.Card.Brand), Action: "/acs/challenge/" + ch.ID, Step: stepOf(t),
		Merchant: shop(c), Amount: t.Money.String(), Date: date(t.Created), Card: maskedCard(t.Card),
		Destination: ch.Destination, Error: a.wrong, Note: a.note,
		AttemptsLeft: ch.AttemptsLeft(), ResendsLeft: ch.ResendsLeft(),
		Running: c.World.Clock.Mode() == clock.Real,
	}
	v.Expires, v.Seconds = left(ch.Deadline, c.Now)
	// No transaction is needed: the code is derived.
	if code, ok := threeds.Code(c.Scope(nil), t); ok && c.Setting().Bool("acs.showCode") {
		c.Secret(code)
		v.Code = code
	}
	return v
}

// look is the tenant's dress; a card without a tenant has the sandbox's own.
func look(c *provider.Call, t threeds.Transaction) web.Look {
	tenant, ok := c.World.Tenant(t.Challenge.Tenant)
	if !ok {
		return web.Look{}
	}
	return web.Look{Name: tenant.Name, Logo: tenant.Config.LogoURL, Colours: tenant.Config.TemplateConfig}
}

func shop(c *provider.Call) string {
	if c.Merchant != nil {
		return c.Merchant.Name
	}
	return "the shop"
}

// result takes an ended challenge's result to the merchant. It is made anew from
// what is stored, so that a reload shows it again and decides nothing.
func (p *Provider) result(c *provider.Call, t threeds.Transaction) wire.Response {
	say := endOf(t)
	c.Result(say.outcome, string(t.Challenge.Result))
	if say.outcome != outcomeAuthenticated {
		c.Refuse(core.Refusef(string(t.Challenge.End), "the challenge ended with %s: %s", t.Challenge.Result, say.title))
	}
	post, err := threeds.IssuerForm(c.World, t, p.signing, c.Base)
	if err != nil {
		return p.Fail(c, core.Errf(core.CodeInternal, "", "make the result's form: %v", err))
	}
	if !webAddress(post.URL) {
		c.Warn("nobody named an address for the result: the browser stays here")
		return send(http.StatusOK, web.Notice{Look: look(c, t), Title: say.title, Lead: strings.TrimSpace(say.lead + " Go back to the shop."), Outcome: say.outcome}.Page)
	}
	view := web.AutoPost{
		Look: look(c, t), Title: say.title, Lead: strings.TrimSpace(say.lead + " Taking you back to " + shop(c) + "."),
		Outcome: say.outcome, Action: post.URL, Button: "Continue to " + shop(c),
	}
	for _, f := range post.Fields {
		if f.Name == "PaRes" {
			c.Secret(f.Value) // a CAVV is in it
		}
		view.Fields = append(view.Fields, web.Field{Name: f.Name, Value: f.Value})
	}
	return send(http.StatusOK, view.Page)
}

// sendBack takes an error message to the merchant in place of a result. Its field
// is cres: nobody documents another (reference cipher-acs.md B4.3, unknown).
func (p *Provider) sendBack(c *provider.Call, a answer) wire.Response {
	c.Result("error", string(a.refusal.ErrorCode))
	c.Refuse(core.Refusef("creq-refused", "%v", a.refusal))
	spelling, err := emv.ParseSpelling(c.Setting().Text("acs.cresSpelling"))
	if err != nil {
		return p.Fail(c, core.Errf(core.CodeInternal, "", "%v", err))
	}
	text, err := emv.EncodeErro(*a.refusal, spelling)
	if err != nil {
		return p.Fail(c, core.Errf(core.CodeInternal, "", "%v", err))
	}
	address := a.found.Challenge.Addresses.NotificationURL
	if !webAddress(address) {
		address = strings.TrimSuffix(c.Base, "/") + threeds.ReturnPath
	}
	view := web.AutoPost{
		Look: look(c, a.found), Title: "This payment cannot be confirmed", Lead: "Taking you back to " + shop(c) + ".",
		Outcome: "error", Action: address, Button: "Continue to " + shop(c),
		Fields: []web.Field{{Name: "cres", Value: text}},
	}
	return send(http.StatusOK, view.Page)
}
