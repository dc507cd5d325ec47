package acs

import (
	"net/http"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/threeds"
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
		Merchant: shop(c), Amount: amount(t.Money), AmountCode: t.Money.String(), Card: maskedCard(t.Card),
		Date: date(t.Created), DateExact: t.Created.UTC().Format(time.RFC3339),
		Destination: ch.Destination, Error: a.wrong, Note: a.note,
		AttemptsLeft: ch.AttemptsLeft(), ResendsLeft: ch.ResendsLeft(),
		Running: c.World.Clock.Mode() == clock.Real,
	}
	v.Expires, v.Seconds = left(ch.Deadline, c.Now)
	// No transaction is needed: the code is derived.
	if code, ok := threeds.Code(c.Scope(nil), t); ok && c.Setting().Bool("acs.showCode") {
		c.Secret(code)
		v.Code, v.CodeSource = code, codeSource(ch)
	}
	return v
}

// codeSource says where else the code of the page is found.
func codeSource(ch *threeds.Challenge) string {
	switch {
	case ch.SealedCode != "":
		return "fixed for this card."
	case ch.Tenant == "":
		return "that of every test card no bank has enrolled."
	default:
		return "also in the console's outbox."
	}
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
