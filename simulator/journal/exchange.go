package journal

import (
	"encoding/binary"
	"math/bits"
	"net/http"
	"strings"
	"unicode/utf8"
)

// Side is one side of an exchange as it went over the wire.
type Side struct {
	Type   string // the content type, where Header has none
	Header http.Header
	Kind   Kind // of the body
	Body   []byte
}

// Exchange is both sides of an exchange as they are kept: masked, and in one piece.
// Ten thousand of them lie in memory, and what is one text costs the collector
// nothing; the two messages are made of it again when somebody looks. The zero
// Exchange holds nothing.
type Exchange struct{ packed string }

// ordinary is the length up to which packing makes a single allocation.
const ordinary = 2 << 10

// exchange masks both sides and keeps them; secrets are as in [MaskBody].
func (m *memo) exchange(request, response Side, secrets []string) Exchange {
	var room [ordinary]byte
	mask := maskedBody
	b := request.pack(room[:0], secrets, mask)
	if len(request.Body) == 0 { // a reading, which may be one of many
		mask = m.masked
	}
	return Exchange{string(response.pack(b, secrets, mask))}
}

// packed messages have nothing in them that has not been masked.
func packMessages(request, response *Message) Exchange {
	var room [ordinary]byte
	b := request.pack(room[:0])
	return Exchange{string(response.pack(b))}
}

const typeHeader = "Content-Type"

// masking is maskedBody, or does the same.
type masking func(kind Kind, body []byte, secrets []string) []byte

// pack appends the number of headers and one more, each header, and the body.
func (s Side) pack(b []byte, secrets []string, mask masking) []byte {
	n := len(s.Header)
	if s.Type != "" {
		n++
	}
	b = binary.AppendUvarint(b, uint64(n)+1)
	if s.Type != "" {
		b = packText(packText(b, typeHeader), maskHeader(typeHeader, s.Type))
	}
	for name, values := range s.Header {
		b = packText(packText(b, name), maskHeaderValues(name, values))
	}
	body := mask(s.Kind, s.Body, secrets)
	if len(body) > maxBody || !utf8.Valid(body) {
		return packText(b, keptBody(string(body)))
	}
	return append(binary.AppendUvarint(b, uint64(len(body))), body...)
}

// pack does the same for a message; 0 in place of the number stands for none.
func (m *Message) pack(b []byte) []byte {
	if m == nil {
		return append(b, 0)
	}
	b = binary.AppendUvarint(b, uint64(len(m.Headers))+1)
	for name, value := range m.Headers {
		b = packText(packText(b, name), value)
	}
	return packText(b, m.Body)
}

func packText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// messages are the two sides again; their texts lie inside the exchange.
func (x Exchange) messages() (request, response *Message) {
	if x.packed == "" {
		return nil, nil
	}
	rest := x.packed
	return unpackMessage(&rest), unpackMessage(&rest)
}

func unpackMessage(rest *string) *Message {
	n := unpackNumber(rest)
	if n == 0 {
		return nil
	}
	m := &Message{Headers: make(map[string]string, n-1)}
	for range n - 1 {
		name := unpackText(rest)
		m.Headers[name] = unpackText(rest)
	}
	m.Body = unpackText(rest)
	return m
}

func unpackText(rest *string) string {
	n := unpackNumber(rest)
	text := (*rest)[:n]
	*rest = (*rest)[n:]
	return text
}

// unpackNumber reads what binary.AppendUvarint wrote, from a string.
func unpackNumber(rest *string) int {
	n, shift := 0, 0
	for i := range len(*rest) {
		c := (*rest)[i]
		n |= int(c&0x7f) << shift
		if c < 0x80 {
			*rest = (*rest)[i+1:]
			break
		}
		shift += 7
	}
	return n
}

// keptBody is a masked body as it is kept: valid, and not too long.
func keptBody(body string) string { return cut(strings.ToValidUTF8(body, string(utf8.RuneError))) }

func (x Exchange) size() int64 { return int64(len(x.packed)) }

// sizeOfMessages is the size of what packMessages makes of them; nothing, for none.
func sizeOfMessages(request, response *Message) int {
	if request == nil && response == nil {
		return 0
	}
	return request.size() + response.size()
}

func (m *Message) size() int {
	if m == nil {
		return 1
	}
	n := sizeOfNumber(len(m.Headers)+1) + sizeOfText(m.Body)
	for name, value := range m.Headers {
		n += sizeOfText(name) + sizeOfText(value)
	}
	return n
}

func sizeOfText(s string) int { return sizeOfNumber(len(s)) + len(s) }

// sizeOfNumber is the length of what binary.AppendUvarint writes.
func sizeOfNumber(n int) int { return (bits.Len(uint(n|1)) + 6) / 7 }
