package strictyaml

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxSize is the largest source in bytes that is read, 1 MiB. Files that people
// write are far smaller; what is larger was meant for another program.
const MaxSize = 1 << 20

const byteOrderMark = "\xef\xbb\xbf"

// newReport prepares the report of a source: its lines are needed as soon as
// the first problem is found.
func newReport(file string, src []byte) *Report {
	if len(src) > MaxSize {
		return &Report{file: file}
	}
	text := strings.TrimPrefix(string(src), byteOrderMark)
	text = strings.ReplaceAll(text, "\r\n", "\n")
	// A carriage return alone breaks a line too, as YAML counts lines.
	text = strings.ReplaceAll(text, "\r", "\n")
	var lines [][]rune
	for line := range strings.SplitSeq(text, "\n") {
		lines = append(lines, []rune(line)) // what is not UTF-8 becomes U+FFFD
	}
	return &Report{file: file, lines: lines}
}

// readable checks what must hold before YAML is read at all: size, encoding and
// characters. The YAML module finds the same, but without a position.
func readable(r *Report, src []byte) bool {
	if len(src) > MaxSize {
		r.at(position{1, 1}, fmt.Sprintf("the file is too long: at most %d bytes are read", MaxSize), "")
		return false
	}
	text := bytes.TrimPrefix(src, []byte(byteOrderMark))
	at := position{1, 1}
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRune(text[i:])
		if message := unreadable(c, size); message != "" {
			r.at(at, message, "")
			return false
		}
		at = at.after(c, i+size < len(text) && text[i+size] == '\n')
		i += size
	}
	return true
}

// after moves the position over one character. A carriage return in front of a
// line feed does not end the line; the line feed will.
func (p position) after(c rune, lineFeedFollows bool) position {
	if c == '\n' || c == '\r' && !lineFeedFollows {
		return position{p.line + 1, 1}
	}
	return position{p.line, p.column + 1}
}

// unreadable says what is wrong with a character, or nothing.
func unreadable(c rune, size int) string {
	switch {
	case c == utf8.RuneError && size <= 1:
		return "this byte is not UTF-8; save the file as UTF-8"
	case c == '\u0085' || c == '\u2028' || c == '\u2029':
		// YAML 1.1 and editors disagree whether these end a line, so every
		// position after them would be off by one for one of the two.
		return fmt.Sprintf("the line separator U+%04X is not allowed; write it as an escape in double quotes", c)
	case c == '\uFEFF':
		return "a byte order mark is only allowed at the beginning of the file"
	case c < ' ' && c != '\t' && c != '\n' && c != '\r', c >= 0x7f && c < 0xa0, c == 0xFFFE || c == 0xFFFF:
		return fmt.Sprintf("the control character U+%04X is not allowed", c)
	}
	return ""
}
