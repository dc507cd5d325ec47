package cardinal

import (
	"net/url"
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
)

// message holds the elements of a cmpi message by name, as they were sent.
type message map[string]string

// The message types that are served (reference cardinal.md §3 and §6).
const (
	msgLookup       = "cmpi_lookup"
	msgAuthenticate = "cmpi_authenticate"
)

// version17 is the one version of the documents (reference cardinal.md, standing).
const version17 = "1.7"

// readMessage takes the first three steps of reference cardinal.md §3.3
// (inferred): well-formed XML, Version, MsgType.
func (p *Provider) readMessage(c *provider.Call) error {
	if c.Request.MediaType() != "application/x-www-form-urlencoded" {
		c.Warn("Content-Type is not application/x-www-form-urlencoded, which Cardinal demands")
	}
	text, ok := formValue(c.Request.Body, "cmpi_msg")
	if !ok {
		return numbered(core.CodeMalformed, errMalformed, "cmpi_msg", "the form has no cmpi_msg")
	}
	m, err := decode(text)
	if err != nil {
		return numbered(core.CodeMalformed, errMalformed, "cmpi_msg", "it is no CardinalMPI document: "+err.Error())
	}
	c.Envelope = m
	m.hide(c)
	if v := m["Version"]; v != version17 {
		return numbered(core.CodeInvalid, errVersion, "Version", "only version 1.7 is spoken")
	}
	op, known := p.messages[m["MsgType"]]
	if !known {
		return numbered(core.CodeInvalid, errMsgType, "MsgType", "only cmpi_lookup and cmpi_authenticate are served")
	}
	c.Operation = op
	return nil
}

// secrets are the elements whose values never reach the journal.
var secrets = []string{"CardNumber", "AcctNumber", "CardCode", "TransactionPwd", "AcquirerPassword", "Credential", "Signature"}

func (m message) hide(c *provider.Call) {
	for _, name := range secrets {
		c.Secret(m[name])
	}
}

// first is the value of the first name that has one.
func (m message) first(names ...string) string {
	for _, name := range names {
		if v := m[name]; v != "" {
			return v
		}
	}
	return ""
}

// formValue reads one field of a urlencoded form, whatever the content type
// says. A value that is not well encoded is taken as it stands; the last
// non-empty one counts.
func formValue(body []byte, name string) (value string, ok bool) {
	for pair := range strings.SplitSeq(string(body), "&") {
		k, v, _ := strings.Cut(strings.TrimSpace(pair), "=")
		if k, err := url.QueryUnescape(k); err != nil || k != name {
			continue
		}
		if plain, err := url.QueryUnescape(v); err == nil {
			v = plain
		}
		if !ok || v != "" {
			value = v
		}
		ok = true
	}
	return value, ok
}
