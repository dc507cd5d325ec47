package pares

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxDepth and maxAttrs bound the work a message can ask for; real ones are
// eight levels deep and have one or two attributes.
const (
	maxDepth = 32
	maxAttrs = 32
)

// element is one XML element as written, prefixes unresolved: the signature is
// checked over, and the values are read from, this one tree, so that what was
// verified is what is used.
type element struct {
	name   string // with its prefix, if any
	attrs  []attribute
	kids   []node
	parent *element
}

// node is a child: an element, or text when el is nil.
type node struct {
	el   *element
	text string
}

type attribute struct{ name, value string }

// parse reads one document. It refuses what a 3-D Secure message never holds
// and attacks are made of: a DTD (so no entity can be declared), processing
// instructions, duplicate attributes, and deep nesting. Comments are dropped,
// as canonicalisation drops them.
func parse(raw []byte) (*element, error) {
	p := parser{decoder: xml.NewDecoder(bytes.NewReader(raw))}
	for {
		token, err := p.decoder.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrNotParsed, err)
		}
		if err := p.take(token); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrNotParsed, err)
		}
	}
	if p.root == nil || p.open != nil {
		return nil, fmt.Errorf("%w: the document has no complete root element", ErrNotParsed)
	}
	return p.root, nil
}

type parser struct {
	decoder    *xml.Decoder
	root, open *element
	depth      int
}

func (p *parser) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return p.start(t)
	case xml.EndElement:
		return p.end(t)
	case xml.CharData:
		return p.text(string(t))
	case xml.Comment:
		return nil
	case xml.ProcInst:
		if t.Target == "xml" && p.root == nil {
			return nil
		}
		return errors.New("processing instructions are not allowed")
	default:
		return errors.New("a document type definition is not allowed")
	}
}

func (p *parser) start(t xml.StartElement) error {
	if p.open == nil && p.root != nil {
		return errors.New("there is more than one root element")
	}
	if p.depth++; p.depth > maxDepth {
		return fmt.Errorf("elements are nested deeper than %d", maxDepth)
	}
	if len(t.Attr) > maxAttrs {
		return fmt.Errorf("an element has more than %d attributes", maxAttrs)
	}
	el := &element{name: qualified(t.Name), parent: p.open}
	for _, a := range t.Attr {
		name := qualified(a.Name)
		if _, twice := el.attr(name); twice {
			return errors.New("an element repeats an attribute")
		}
		el.attrs = append(el.attrs, attribute{name, a.Value})
	}
	if p.open == nil {
		p.root = el
	} else {
		p.open.kids = append(p.open.kids, node{el: el})
	}
	p.open = el
	return nil
}

// end checks the name, which a raw token reader leaves to its caller.
func (p *parser) end(t xml.EndElement) error {
	if p.open == nil || p.open.name != qualified(t.Name) {
		return errors.New("an end tag does not match its start tag")
	}
	p.open = p.open.parent
	p.depth--
	return nil
}

func (p *parser) text(text string) error {
	if p.open != nil {
		p.open.kids = append(p.open.kids, node{text: text})
		return nil
	}
	if strings.TrimSpace(text) != "" {
		return errors.New("there is text outside the root element")
	}
	return nil
}

func qualified(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}
