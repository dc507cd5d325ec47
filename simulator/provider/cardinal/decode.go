package cardinal

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// The bounds of a message: real ones have some forty elements.
const (
	maxElements = 500
	maxDepth    = 20

	usual = 48 // elements of a message, or a few more
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
	if m, ok := decodePlain(text); ok {
		return m, nil
	}
	return decodeFull(text)
}

func decodeFull(text string) (message, error) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict, d.Entity, d.CharsetReader = false, xml.HTMLEntity, latin1
	r := reader{elements: make(message, usual)}
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
	text     []byte
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
			r.text = append(r.text, t...)
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
		r.text = r.text[:0]
	}
	return nil
}

func (r *reader) end(name string) error {
	n := len(r.stack)
	if n == 0 || r.stack[n-1] != name {
		return errSyntax
	}
	if n == 2 {
		r.elements.keep(name, string(bytes.TrimSpace(r.text)))
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
