package acs

import (
	"net/http"
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/wire"
	"cardsim/web"
)

// sorry is what a person reads when a page cannot be shown.
type sorry struct {
	status      int
	title, lead string
}

const (
	noPayment = "This page belongs to a payment, and the payment cannot be found. Go back to the shop and try again."
	badCall   = "The shop sent something that cannot be read. Go back to the shop and try again."
)

// errorPages maps every code to a page. A message that cannot be read is HTTP 400
// (reference cipher-acs.md B3.4 and B4.3, inferred); the rest is ours.
var errorPages = map[core.Code]sorry{
	core.CodeMalformed:     {http.StatusBadRequest, "This page cannot be shown", badCall},
	core.CodeTooLarge:      {http.StatusRequestEntityTooLarge, "This page cannot be shown", badCall},
	core.CodeNoCredentials: {http.StatusUnauthorized, "This page cannot be shown", badCall},
	core.CodeUnauthorized:  {http.StatusUnauthorized, "This page cannot be shown", badCall},
	core.CodeMissing:       {http.StatusBadRequest, "This page cannot be shown", badCall},
	core.CodeInvalid:       {http.StatusBadRequest, "This page cannot be shown", badCall},
	core.CodeNotFound:      {http.StatusNotFound, "There is no such payment", noPayment},
	core.CodeConflict:      {http.StatusConflict, "This page cannot be shown", badCall},
	core.CodeRule:          {http.StatusConflict, "This page cannot be shown", badCall},
	core.CodeNoRoute:       {http.StatusNotFound, "There is no such page", noPayment},
	core.CodeMethod:        {http.StatusMethodNotAllowed, "This page cannot be shown", "It takes only what a shop's form sends."},
	core.CodeInternal:      {http.StatusInternalServerError, "Something went wrong here", "Go back to the shop and try again."},
}

// Fail is an HTML page with the status. Its last line is for the developer; what
// failed inside the simulator is in the log only.
func (p *Provider) Fail(c *provider.Call, err *core.Error) wire.Response {
	say, ok := errorPages[err.Code]
	if !ok {
		say = errorPages[core.CodeInternal]
	}
	notice := web.Notice{Title: say.title, Lead: say.lead}
	if err.Code != core.CodeInternal {
		notice.Detail = err.Error()
	}
	c.Result("refused", string(err.Code))
	resp := send(say.status, notice.Page)
	if err.Code == core.CodeMethod {
		resp = resp.With("Allow", methods(c.Request.Path))
	}
	return resp
}

// methods are those that a known path takes.
func methods(path string) string {
	if strings.HasPrefix(path, "/acs/challenge/") {
		return "GET, POST"
	}
	return "POST"
}

// send renders a page. A page that does not render is a defect, answered plainly.
func send(status int, page func() (web.Page, error)) wire.Response {
	p, err := page()
	if err != nil {
		return wire.Text(http.StatusInternalServerError, "the page could not be made")
	}
	return wire.Headed(status, p.Header, p.Body)
}
