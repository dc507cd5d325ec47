package cardtokens

import (
	"bytes"
	"encoding/json"
	"net/http"
	"runtime"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
)

// Provider is Cardtokens. New makes one; it is safe for concurrent use.
type Provider struct {
	// slots bounds the RSA decryptions that run at once.
	slots chan struct{}
}

// New makes the provider.
func New() *Provider {
	return &Provider{slots: make(chan struct{}, runtime.GOMAXPROCS(0))}
}

// Name is the first part of the operation ids.
func (p *Provider) Name() string { return "cardtokens" }

// The operation ids of interface §6 that are served.
const (
	opCreate     = "cardtokens.token.create"
	opCryptogram = "cardtokens.token.cryptogram"
	opStatus     = "cardtokens.token.status"
	opDelete     = "cardtokens.token.delete"
)

// tokenVar is the path variable of a token's id.
const tokenVar = "tokenid"

// Routes lists the paths of reference cardtokens.md §3: create and cryptogram
// documented, status documented, delete observed in the samples.
func (p *Provider) Routes() []provider.Route {
	return []provider.Route{
		{Method: http.MethodPost, Pattern: "/api/token", Operation: p.create()},
		{Method: http.MethodPost, Pattern: "/api/token/{tokenid}/cryptogram", Operation: cryptogram()},
		{Method: http.MethodGet, Pattern: "/api/token/{tokenid}/status", Operation: status()},
		{Method: http.MethodDelete, Pattern: "/api/token/{tokenid}/delete", Operation: remove()},
	}
}

// body is what a POST may carry, whichever call it is. It is read once, before anybody
// is identified: no member fails before it is looked at.
type body struct {
	createBody
	cryptogramBody
}

// bodyOf is the body that the envelope held; that of a call without one is empty.
func bodyOf(c *provider.Call) body {
	if b, ok := c.Envelope.(*body); ok {
		return *b
	}
	return body{}
}

// Envelope checks that a POST carries a JSON object. The body of GET and DELETE
// is ignored: one official sample sends the text null there (reference
// cardtokens.md §1, observed).
func (p *Provider) Envelope(c *provider.Call) error {
	if c.Request.Method != http.MethodPost {
		return nil
	}
	if c.Request.MediaType() != "application/json" {
		c.Warn("Content-Type is not application/json, which Cardtokens demands")
	}
	b := new(body)
	if err := unmarshalObject(c.Request.Body, b); err != nil {
		return core.Errf(core.CodeMalformed, "", "the body is not a JSON object")
	}
	c.Envelope = b
	return nil
}

// unmarshalObject decodes a JSON object and refuses every other JSON value. Names
// match in any case and unknown ones are ignored (reference cardtokens.md §1).
func unmarshalObject(text []byte, into any) error {
	if trimmed := bytes.TrimLeft(text, " \t\r\n"); len(trimmed) == 0 || trimmed[0] != '{' {
		return errNotObject
	}
	return json.Unmarshal(text, into)
}
