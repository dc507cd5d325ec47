package cardinal

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
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
	for _, pair := range strings.Split(string(body), "&") {
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

// The bounds of a message: real ones have some forty elements.
const (
	maxElements = 500
	maxDepth    = 20
)

var (
	errRoot      = errors.New("the root is not CardinalMPI")
	errTooMany   = errors.New("it has too many elements")
	errTooDeep   = errors.New("it is nested too deeply")
	errSyntax    = errors.New("it is not well formed")
	errTrailing  = errors.New("text follows the document")
	errEmptyText = errors.New("it is empty")
)

// decode reads the XML as leniently as real senders need: prolog, CDATA, HTML
// entities, white space, empty and repeated elements, of which the last
// non-empty counts (reference cardinal.md §1, observed). Deeper elements are
// ignored.
func decode(text string) (message, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, errEmptyText
	}
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict, d.Entity, d.CharsetReader = false, xml.HTMLEntity, latin1
	r := reader{elements: message{}}
	for {
		tok, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF):
			return r.elements, r.finished()
		case err != nil:
			return nil, errSyntax // the decoder's own words may quote the message
		}
		if err := r.take(tok); err != nil {
			return nil, err
		}
	}
}

// reader collects the children of the root.
type reader struct {
	elements message
	stack    []string
	text     strings.Builder
	count    int
	closed   bool
}

func (r *reader) take(tok xml.Token) error {
	switch t := tok.(type) {
	case xml.StartElement:
		return r.start(t.Name.Local)
	case xml.EndElement:
		return r.end(t.Name.Local)
	case xml.CharData:
		if len(r.stack) == 2 {
			r.text.Write(t)
		} else if len(r.stack) == 0 && len(bytes.TrimSpace(t)) > 0 {
			return errTrailing
		}
	}
	return nil
}

func (r *reader) start(name string) error {
	r.count++
	switch {
	case r.closed:
		return errTrailing
	case len(r.stack) == 0 && name != "CardinalMPI":
		return errRoot
	case len(r.stack) >= maxDepth:
		return errTooDeep
	case r.count > maxElements:
		return errTooMany
	}
	r.stack = append(r.stack, name)
	if len(r.stack) == 2 {
		r.text.Reset()
	}
	return nil
}

func (r *reader) end(name string) error {
	n := len(r.stack)
	if n == 0 || r.stack[n-1] != name {
		return errSyntax
	}
	if n == 2 {
		if v := strings.TrimSpace(r.text.String()); v != "" || r.elements[name] == "" {
			r.elements[name] = v
		}
	}
	r.stack = r.stack[:n-1]
	r.closed = n == 1
	return nil
}

func (r *reader) finished() error {
	if !r.closed {
		return errSyntax
	}
	return nil
}

// latin1 reads the encodings that old shops put into the prolog. UTF-8 and ASCII
// never come here or pass unchanged; every other name is read as ISO 8859-1.
func latin1(charset string, in io.Reader) (io.Reader, error) {
	switch strings.ToLower(charset) {
	case "ascii", "us-ascii":
		return in, nil
	}
	raw, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	var out strings.Builder
	for _, b := range raw {
		out.WriteRune(rune(b))
	}
	return strings.NewReader(out.String()), nil
}
