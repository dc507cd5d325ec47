package wire

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

// Appender is a value that writes its own JSON. What is answered most often does: it
// costs a quarter of what encoding/json takes to find its way through a type. The types
// keep their tags, and tests hold what they write to what encoding/json makes of them.
type Appender interface {
	// AppendJSON writes the value as encoding/json would without HTML escapes.
	AppendJSON(b []byte) []byte
}

// Object writes the members of a JSON object, in the order of the calls.
type Object struct {
	b    []byte
	some bool
}

// NewObject begins an object behind what stands in b.
func NewObject(b []byte) Object { return Object{b: append(b, '{')} }

// Member begins a member; what is appended to the text that it returns is the value,
// which [Object.Put] takes back.
func (o *Object) Member(name string) []byte {
	o.b = append(append(append(o.next(), '"'), name...), '"', ':')
	return o.b
}

// next goes on to the place of the next member.
func (o *Object) next() []byte {
	if o.some {
		return append(o.b, ',')
	}
	o.some = true
	return o.b
}

// Put ends a member that Member began.
func (o *Object) Put(b []byte) { o.b = b }

// Text writes a member that is a text.
func (o *Object) Text(name, value string) { o.b = AppendText(o.Member(name), value) }

// Some writes a member that is a text, if it is not empty: as the tag omitempty has it.
func (o *Object) Some(name, value string) {
	if value != "" {
		o.Text(name, value)
	}
}

// Int writes a member that is a whole number.
func (o *Object) Int(name string, value int64) {
	o.b = strconv.AppendInt(o.Member(name), value, 10)
}

// Texts writes a member that is an object of texts, in the order of their names; null
// for nil.
func (o *Object) Texts(name string, values map[string]string) {
	if values == nil {
		o.b = append(o.Member(name), "null"...)
		return
	}
	texts := NewObject(o.Member(name))
	for _, key := range slices.Sorted(maps.Keys(values)) {
		texts.b = AppendText(append(AppendText(texts.next(), key), ':'), values[key])
	}
	o.b = texts.End()
}

// End ends the object and returns the text.
func (o *Object) End() []byte { return append(o.b, '}') }

// AppendList writes a list; null for nil.
func AppendList[T Appender](b []byte, list []T) []byte {
	if list == nil {
		return append(b, "null"...)
	}
	b = append(b, '[')
	for i, one := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = one.AppendJSON(b)
	}
	return append(b, ']')
}

// AppendText writes a text as encoding/json does without HTML escapes; nearly all are
// plain.
func AppendText[T string | []byte](b []byte, text T) []byte {
	if !plain(text) {
		return append(b, quoted(string(text))...)
	}
	return append(append(append(b, '"'), text...), '"')
}

// ParseText is json.Unmarshal of a text. One member of a body after the other is read so,
// and nearly all are plain.
func ParseText(value []byte) (text string, err error) {
	if n := len(value); n >= 2 && value[0] == '"' && value[n-1] == '"' && plain(value[1:n-1]) {
		return string(value[1 : n-1]), nil
	}
	err = json.Unmarshal(value, &text)
	return text, err
}

// plain says that a text stands in JSON as it is.
func plain[T string | []byte](text T) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

func quoted(text string) []byte {
	var buf bytes.Buffer
	_ = encodeJSON(&buf, text) // no text fails
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n"))
}

// encodeJSON writes a value as compact JSON without HTML escapes, and an end of line.
func encodeJSON(buf *bytes.Buffer, v any) error {
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
