package pares

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// canonical writes an element in inclusive Canonical XML 1.0 without comments
// (http://www.w3.org/TR/2001/REC-xml-c14n-20010315), the form that PARes
// signatures are made over. The element stands alone, so it shows every
// namespace in scope, inherited ones too: that is how a SignedInfo that
// inherits its xmlns and one that repeats it come out the same.
func canonical(e *element) []byte {
	c := canonicaliser{}
	apex := *e
	apex.attrs = inScope(e)
	c.element(&apex, map[string]string{"xmlns": ""})
	return []byte(c.out.String())
}

// inScope is the element's attributes together with the namespace declarations
// and xml: attributes it inherits.
func inScope(e *element) []attribute {
	scope := slices.Clone(e.attrs)
	inner := element{attrs: scope}
	for up := e.parent; up != nil; up = up.parent {
		for _, a := range up.attrs {
			if _, known := inner.attr(a.name); !known && (declares(a.name) || strings.HasPrefix(a.name, "xml:")) {
				inner.attrs = append(inner.attrs, a)
			}
		}
	}
	return inner.attrs
}

// declares says that an attribute is a namespace declaration.
func declares(name string) bool { return name == "xmlns" || strings.HasPrefix(name, "xmlns:") }

type canonicaliser struct{ out strings.Builder }

// element writes one element; rendered holds the declarations its ancestors
// have already shown.
func (c *canonicaliser) element(e *element, rendered map[string]string) {
	c.out.WriteString("<" + e.name)
	for _, a := range sorted(e) {
		if declares(a.name) {
			if shown, ok := rendered[a.name]; ok && shown == a.value {
				continue
			}
			rendered = maps.Clone(rendered)
			rendered[a.name] = a.value
		}
		c.out.WriteString(" " + a.name + `="` + escapeAttr(a.value) + `"`)
	}
	c.out.WriteString(">")
	for _, k := range e.kids {
		if k.el != nil {
			c.element(k.el, rendered)
		} else {
			c.out.WriteString(escapeText(k.text))
		}
	}
	c.out.WriteString("</" + e.name + ">")
}

// sorted puts declarations first, by prefix, then attributes by namespace URI
// and local name.
func sorted(e *element) []attribute {
	attrs := slices.Clone(e.attrs)
	slices.SortFunc(attrs, func(a, b attribute) int {
		if declares(a.name) || declares(b.name) {
			return cmp.Or(boolOrder(declares(a.name), declares(b.name)), strings.Compare(a.name, b.name))
		}
		return cmp.Or(strings.Compare(attrSpace(e, a), attrSpace(e, b)), strings.Compare(localOf(a), localOf(b)))
	})
	return attrs
}

// boolOrder sorts true before false.
func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	default:
		return 1
	}
}

// attrSpace is the namespace of an attribute: none without a prefix.
func attrSpace(e *element, a attribute) string {
	prefix, _ := split(a.name)
	switch prefix {
	case "":
		return ""
	case "xml":
		return "http://www.w3.org/XML/1998/namespace"
	default:
		return e.resolve(prefix)
	}
}

func localOf(a attribute) string {
	_, local := split(a.name)
	return local
}

// The characters that canonical form writes as references.
var (
	textEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")
	attrEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;",
		"\t", "&#x9;", "\n", "&#xA;", "\r", "&#xD;")
)

func escapeText(s string) string { return textEscapes.Replace(s) }

func escapeAttr(s string) string { return attrEscapes.Replace(s) }
