package acs

import (
	"net/http"
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/threeds"
)

// Prefix is where the issuer's pages live (decisions 6).
const Prefix = "/acs/"

// The operation ids (interface §6).
const (
	opOpen   = "acs.challenge.open"
	opSubmit = "acs.challenge.submit"
	opResend = "acs.challenge.resend"
	opCancel = "acs.challenge.cancel"
)

// Provider is the issuer's access control server in the browser.
type Provider struct {
	signing threeds.Signing
	moves   map[string]provider.Operation // by the form's action
}

// New makes the provider; signing signs the PARes of 3-D Secure 1.0.
func New(signing threeds.Signing) *Provider {
	p := &Provider{signing: signing}
	p.moves = map[string]provider.Operation{
		actionSubmit: p.operation(opSubmit, submit),
		actionResend: p.operation(opResend, resend),
		actionCancel: p.operation(opCancel, cancel),
	}
	return p
}

// Name is the first part of the operation ids.
func (p *Provider) Name() string { return "acs" }

// Routes are the two entrances, one for each protocol, and the challenge's own
// page. What a posted page does is in its action, so that Envelope names the
// operation.
func (p *Provider) Routes() []provider.Route {
	return []provider.Route{
		{Method: http.MethodPost, Pattern: "/acs/pareq", Operation: p.operation(opOpen, open)},
		{Method: http.MethodPost, Pattern: "/acs/creq", Operation: p.operation(opOpen, open)},
		{Method: http.MethodGet, Pattern: "/acs/challenge/{id}", Operation: p.operation(opOpen, open)},
		{Method: http.MethodPost, Pattern: "/acs/challenge/{id}"},
	}
}

// visit is what a request is about: a merchant's form, or a step on the page.
type visit struct {
	entrance
	challenge string // id in the path; empty for an entrance
	otp       string
	step      string // which state of the page the step was taken on
	found     threeds.Transaction
}

// The actions of the page's buttons (decisions, "Shapes on the admin API").
const (
	actionSubmit = "submit"
	actionResend = "resend"
	actionCancel = "cancel"
)

// Envelope reads the form and names the operation of a posted page.
func (p *Provider) Envelope(c *provider.Call) error {
	f := readForm(c)
	// A code is often pasted with the blanks or dashes that the message had.
	v := &visit{challenge: c.Request.Vars.Get("id"), otp: strings.NewReplacer(" ", "", "-", "").Replace(f["otp"]), step: f["step"]}
	c.Envelope = v
	c.Secret(f["otp"])
	c.Secret(v.otp)
	var err error
	switch c.Request.Path {
	case "/acs/pareq":
		v.entrance, err = readPAReq(f)
	case "/acs/creq":
		v.entrance, err = readCReq(f)
	default:
		err = p.choose(c, f)
	}
	return err
}

// choose picks the operation by the form's action. A form without one was sent by
// the Enter key of a browser that names no button: it submits.
func (p *Provider) choose(c *provider.Call, f form) error {
	if c.Request.Method != http.MethodPost {
		return nil
	}
	action := f["action"]
	if action == "" {
		action = actionSubmit
	}
	op, ok := p.moves[action]
	if !ok {
		return core.Errf(core.CodeInvalid, "action", "it must be submit, resend or cancel")
	}
	c.Operation = op
	return nil
}

// Authenticate checks nothing: who holds the address of a challenge is its
// cardholder, as in a browser.
func (p *Provider) Authenticate(*provider.Call) error { return nil }

func visitOf(c *provider.Call) *visit {
	v, ok := c.Envelope.(*visit)
	if !ok {
		return &visit{}
	}
	return v
}
