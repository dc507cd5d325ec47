package pares

import "strings"

// writer writes XML that is canonical as it stands: no white space between
// elements, no self-closing tags, double quotes, no XML declaration (reference
// cipher-acs.md B3.5: observed). What is written can be signed byte for byte.
type writer struct {
	out  strings.Builder
	open []string
}

// begin opens an element; attrs are names and values in turn, in canonical
// order.
func (w *writer) begin(name string, attrs ...string) {
	w.out.WriteString("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		w.out.WriteString(" " + attrs[i] + `="` + escapeAttr(attrs[i+1]) + `"`)
	}
	w.out.WriteString(">")
	w.open = append(w.open, name)
}

// end closes the innermost open element.
func (w *writer) end() {
	last := len(w.open) - 1
	w.out.WriteString("</" + w.open[last] + ">")
	w.open = w.open[:last]
}

// leaf writes an element that holds text only.
func (w *writer) leaf(name, text string) {
	w.begin(name)
	w.out.WriteString(escapeText(text))
	w.end()
}

// option writes a leaf unless its text is empty.
func (w *writer) option(name, text string) {
	if text != "" {
		w.leaf(name, text)
	}
}

// raw writes XML made earlier.
func (w *writer) raw(xml string) { w.out.WriteString(xml) }
