package console

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"sort"
	"strings"

	"cardsim/web"
)

// maxInflated bounds what a compressed value may grow to.
const maxInflated = 1 << 20

// parts makes a body readable: pretty first, then what is packed inside it.
func parts(m *message) []web.Part {
	if m == nil || strings.TrimSpace(m.Body) == "" {
		return nil
	}
	body := m.Body
	switch {
	case prettyJSON(body) != "":
		return append([]web.Part{{Name: "JSON", Text: prettyJSON(body)}}, insideJSON(body)...)
	case strings.HasPrefix(strings.TrimSpace(body), "<"):
		return xmlParts("XML", body)
	case strings.Contains(header(m.Headers, "Content-Type"), "form-urlencoded"):
		return formParts(body)
	}
	return []web.Part{{Name: "Text", Text: body}}
}

func header(h map[string]string, name string) string {
	for k, v := range h {
		if strings.EqualFold(k, name) {
			return v
		}
	}
	return ""
}

// formParts shows each field, and what it holds.
func formParts(body string) []web.Part {
	values, err := url.ParseQuery(strings.ReplaceAll(body, "+", "%2B"))
	if err != nil || len(values) == 0 {
		return []web.Part{{Name: "Form", Text: body}}
	}
	var list []web.Part
	var plain []string
	for _, name := range sortedKeys(values) {
		for _, v := range values[name] {
			if inside := packed(name, v); len(inside) > 0 {
				list = append(list, inside...)
				continue
			}
			plain = append(plain, name+" = "+v)
		}
	}
	if len(plain) > 0 {
		list = append([]web.Part{{Name: "Form", Text: strings.Join(plain, "\n")}}, list...)
	}
	return list
}

func sortedKeys(v url.Values) []string {
	keys := make([]string, 0, len(v))
	for k := range v {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// insideJSON shows the texts of a JSON document that are documents themselves, as
// Cardtokens' err and Cardinal's Payload are.
func insideJSON(body string) []web.Part {
	var members map[string]any
	if json.Unmarshal([]byte(body), &members) != nil {
		return nil
	}
	names := make([]string, 0, len(members))
	for name := range members {
		names = append(names, name)
	}
	sort.Strings(names)
	var list []web.Part
	for _, name := range names {
		if text, ok := members[name].(string); ok {
			list = append(list, packed(name, text)...)
		}
	}
	return list
}

// packed shows a value that is a document: XML, JSON, a JWT, base64 of JSON (CReq,
// CRes), base64 of deflated XML (PaReq, PaRes). Anything else gives nothing.
func packed(name, value string) []web.Part {
	value = strings.TrimSpace(value)
	switch {
	case strings.HasPrefix(value, "<"):
		return xmlParts(name, value)
	case strings.HasPrefix(value, "{") && prettyJSON(value) != "":
		return []web.Part{{Name: name, Text: prettyJSON(value)}}
	case strings.Count(value, ".") == 2:
		return jwtParts(name, value)
	}
	raw := unbase64(value)
	if text := prettyJSON(string(raw)); strings.HasPrefix(text, "{") {
		return []web.Part{{Name: name + ", decoded", Text: text}}
	}
	if text := inflate(raw); strings.HasPrefix(strings.TrimSpace(text), "<") {
		return xmlParts(name+", inflated", text)
	}
	return nil
}

func jwtParts(name, value string) []web.Part {
	var list []web.Part
	for i, piece := range strings.Split(value, ".")[:2] {
		text := prettyJSON(string(unbase64(piece)))
		if text == "" {
			return nil
		}
		list = append(list, web.Part{Name: name + [...]string{", JWT header", ", JWT claims"}[i], Text: text})
	}
	return list
}

// unbase64 reads either alphabet, with padding or without.
func unbase64(s string) []byte {
	s = strings.NewReplacer("-", "+", "_", "/", "\r", "", "\n", "", " ", "").Replace(strings.TrimRight(s, "="))
	raw, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil {
		return nil
	}
	return raw
}

func inflate(raw []byte) string {
	if len(raw) == 0 {
		return ""
	}
	z, err := zlib.NewReader(bytes.NewReader(raw))
	if err != nil {
		return ""
	}
	text, err := io.ReadAll(io.LimitReader(z, maxInflated))
	if err != nil {
		return ""
	}
	return string(text)
}

// prettyJSON is indented JSON, empty when it is none.
func prettyJSON(s string) string {
	var out bytes.Buffer
	trimmed := strings.TrimSpace(s)
	if trimmed == "" || !strings.ContainsRune("{[", rune(trimmed[0])) || json.Indent(&out, []byte(trimmed), "", "  ") != nil {
		return ""
	}
	return out.String()
}

// xmlParts is an XML document, indented, and what its elements hold.
func xmlParts(name, text string) []web.Part {
	pretty, leaves, err := prettyXML(text)
	if err != nil {
		return []web.Part{{Name: name, Text: text}}
	}
	list := []web.Part{{Name: name, Text: pretty}}
	for _, l := range leaves {
		if len(l.Text) > 40 {
			list = append(list, packed(l.Name, l.Text)...)
		}
	}
	return list
}

// prettyXML puts each element on a line of its own and collects the leaves. What
// is no well-formed XML is an error; it is then shown as it came.
func prettyXML(text string) (string, []web.Part, error) {
	dec := xml.NewDecoder(strings.NewReader(text))
	dec.Strict = false
	var b strings.Builder
	var leaves []web.Part
	depth, open, value := 0, "", ""
	for {
		tok, err := dec.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || depth > 100 {
			return "", nil, errors.Join(err, errDeep)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if open != "" {
				b.WriteString(strings.TrimSpace(value) + "\n")
			}
			b.WriteString(strings.Repeat("  ", depth) + startTag(t))
			open, value = t.Name.Local, ""
			depth++
		case xml.CharData:
			value += string(t)
		case xml.EndElement:
			depth = max(depth-1, 0)
			if open == t.Name.Local {
				leaves = append(leaves, web.Part{Name: open, Text: strings.TrimSpace(value)})
				b.WriteString(escapeXML(value) + "</" + tagName(t.Name) + ">\n")
			} else {
				b.WriteString(strings.Repeat("  ", depth) + "</" + tagName(t.Name) + ">\n")
			}
			open, value = "", ""
		}
	}
	if depth != 0 {
		return "", nil, errDeep
	}
	return strings.TrimRight(b.String(), "\n"), leaves, nil
}

var errDeep = errors.New("this is no well-formed XML")

func startTag(t xml.StartElement) string {
	s := "<" + tagName(t.Name)
	for _, a := range t.Attr {
		s += " " + tagName(a.Name) + `="` + escapeXML(a.Value) + `"`
	}
	return s + ">"
}

func tagName(n xml.Name) string {
	if n.Space != "" {
		return n.Space + ":" + n.Local
	}
	return n.Local
}

func escapeXML(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}
