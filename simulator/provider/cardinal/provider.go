package cardinal

import (
	"net/http"
	"strings"

	"cardsim/simulator/journal"
	"cardsim/simulator/provider"
	"cardsim/simulator/threeds"
)

// Provider is Cardinal. New makes one; it is safe for concurrent use.
type Provider struct {
	signing  threeds.Signing
	messages map[string]provider.Operation // by MsgType
}

// New makes the provider; signing verifies the PaRes that merchants send.
func New(signing threeds.Signing) *Provider {
	p := &Provider{signing: signing}
	p.messages = map[string]provider.Operation{msgLookup: p.lookup(), msgAuthenticate: p.authenticate()}
	return p
}

// Name is the first part of the operation ids.
func (p *Provider) Name() string { return "cardinal" }

// The operation ids: interface §6, and *ours* for Cardinal's own pages.
const (
	opLookup       = "cardinal.lookup"
	opAuthenticate = "cardinal.authenticate"
	opStepUp       = "cardinal.stepup"
	opReturn       = "cardinal.stepup.return"
	opCollect      = "acs.method"
	opCollected    = "acs.method.done"
)

// messagesPrefix is where the cmpi messages live; everything else is a browser's.
const messagesPrefix = "/maps/"

// Routes are one URL for every cmpi message (reference cardinal.md §1,
// documented) and the pages of Cruise (§5.2 and §5.3, documented). Where the
// issuer returns to, and where a collection ends, is Cardinal's own affair: these
// two paths are *ours*.
func (p *Provider) Routes() []provider.Route {
	return []provider.Route{
		{Method: http.MethodPost, Pattern: "/maps/txns.asp"},
		{Method: http.MethodPost, Pattern: "/V2/Cruise/StepUp", Operation: stepUp()},
		{Method: http.MethodPost, Pattern: threeds.ReturnPath, Operation: stepUpReturn()},
		{Method: http.MethodPost, Pattern: "/V1/Cruise/Collect", Operation: collect()},
		{Method: http.MethodPost, Pattern: "/V2/Cruise/Collect", Operation: collect()},
		{Method: http.MethodPost, Pattern: collectedPath, Operation: collected()},
	}
}

// Envelope parses a cmpi message or a browser's form.
func (p *Provider) Envelope(c *provider.Call) error {
	if isMessage(c) {
		return p.readMessage(c)
	}
	return readBrowser(c)
}

// Identify finds the sandbox by credentials, token or transaction.
func (p *Provider) Identify(c *provider.Call) error {
	if m, ok := c.Envelope.(message); ok {
		return identify(c, m)
	}
	return identifyBrowser(c)
}

// Authenticate checks the secret of a known merchant.
func (p *Provider) Authenticate(c *provider.Call) error {
	if m, ok := c.Envelope.(message); ok {
		return checkSecret(c, m)
	}
	return checkToken(c)
}

// BodyKind tells the journal how a body is masked: XML answers travel as
// text/html (reference cardinal.md §1, recorded 2011).
func (p *Provider) BodyKind(c *provider.Call, request bool) journal.Kind {
	switch {
	case request:
		return journal.Form
	case isMessage(c):
		return journal.XML
	default:
		return journal.HTML
	}
}

func isMessage(c *provider.Call) bool { return strings.HasPrefix(c.Request.Path, messagesPrefix) }
