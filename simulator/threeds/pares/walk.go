package pares

import "strings"

// local is the element's name without its prefix.
func (e *element) local() string {
	_, local := split(e.name)
	return local
}

// split parts a qualified name; prefix is "" when there is none.
func split(name string) (prefix, local string) {
	if before, after, found := strings.Cut(name, ":"); found {
		return before, after
	}
	return "", name
}

// attr is the value of the attribute with exactly this name.
func (e *element) attr(name string) (string, bool) {
	for _, a := range e.attrs {
		if a.name == name {
			return a.value, true
		}
	}
	return "", false
}

// namespace is the URI that the element's own prefix stands for.
func (e *element) namespace() string {
	prefix, _ := split(e.name)
	return e.resolve(prefix)
}

// resolve finds what a prefix stands for at this element.
func (e *element) resolve(prefix string) string {
	declaration := "xmlns"
	if prefix != "" {
		declaration += ":" + prefix
	}
	for ; e != nil; e = e.parent {
		if uri, ok := e.attr(declaration); ok {
			return uri
		}
	}
	return ""
}

// all lists the child elements with a local name.
func (e *element) all(local string) []*element {
	var found []*element
	for _, k := range e.kids {
		if k.el != nil && k.el.local() == local {
			found = append(found, k.el)
		}
	}
	return found
}

// first follows a path of local names, taking the first match of each; nil
// when there is none.
func (e *element) first(path ...string) *element {
	for _, local := range path {
		matches := e.all(local)
		if len(matches) == 0 {
			return nil
		}
		e = matches[0]
	}
	return e
}

// value is the text of the element at a path without surrounding white space,
// "" when the element is absent.
func (e *element) value(path ...string) string {
	found := e.first(path...)
	if found == nil {
		return ""
	}
	var text strings.Builder
	for _, k := range found.kids {
		text.WriteString(k.text)
	}
	return strings.TrimSpace(text.String())
}

// count visits the element and everything below it.
func (e *element) count(matches func(*element) bool) int {
	n := 0
	if matches(e) {
		n++
	}
	for _, k := range e.kids {
		if k.el != nil {
			n += k.el.count(matches)
		}
	}
	return n
}
