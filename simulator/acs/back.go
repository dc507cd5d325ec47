package acs

import (
	"net/http"
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/threeds"
	"cardsim/simulator/threeds/emv"
	"cardsim/simulator/wire"
	"cardsim/web"
)

// readingTime is how long a page that says no can be read before it moves on, in
// seconds (*ours*). A success moves on at once (reference cipher-acs.md B2,
// observed); whoever cannot wait has the button.
const readingTime = 4

// wayBack is the page that leads back to the shop.
func wayBack(c *provider.Call, t threeds.Transaction) web.AutoPost {
	return web.AutoPost{
		Look: look(c, t), Follows: "Taking you back to " + shop(c) + ".", Stays: "The button leads back to " + shop(c) + ".",
		Button: "Continue to " + shop(c),
	}
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
		return send(http.StatusOK, web.Notice{
			Look: look(c, t), Title: say.title, Lead: strings.TrimSpace(say.lead + " Go back to the shop."), Outcome: say.outcome, End: string(t.Challenge.End),
		}.Page)
	}
	view := wayBack(c, t)
	view.Title, view.Lead, view.Outcome, view.End, view.Action = say.title, say.lead, say.outcome, string(t.Challenge.End), post.URL
	view.Own = "/acs/challenge/" + t.Challenge.ID
	if say.outcome != outcomeAuthenticated {
		view.Pause = readingTime
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
	view := wayBack(c, a.found)
	view.Title, view.Outcome, view.Action = "This payment cannot be confirmed", "error", address
	view.Lead = "The shop and your bank do not understand each other."
	view.Fields = []web.Field{{Name: "cres", Value: text}}
	return send(http.StatusOK, view.Page)
}
