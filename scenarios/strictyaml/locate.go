package strictyaml

import (
	"regexp"
	"sync"

	"go.yaml.in/yaml/v4"
)

// quoting is how a scalar is written, which decides where its characters lie.
type quoting int

const (
	plain quoting = iota
	single
	double
	block
)

func quotingOf(y *yaml.Node) quoting {
	switch {
	case y.Style&yaml.DoubleQuotedStyle != 0:
		return double
	case y.Style&yaml.SingleQuotedStyle != 0:
		return single
	case y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return block
	}
	return plain
}

// locate finds the place in the source of the character of Value with that
// index. It walks source and value side by side over the characters that are not
// blank; the blanks between them may be folded, indented or escaped in ways that
// the value no longer shows. An index at a blank is therefore placed behind the
// character before it.
func (n *Node) locate(index int) position {
	w := walker{report: n.report, at: position{n.Line, n.Column}, quoting: n.quoting}
	w.open()
	for i, c := range []rune(n.Value) {
		if isBlank(c) {
			if i >= index {
				break
			}
			w.passBlank()
			continue
		}
		w.skipBlank()
		if i >= index || w.char() == 0 {
			break
		}
		w.pass(c)
	}
	return w.at
}

func isBlank(c rune) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

type walker struct {
	report  *Report
	at      position
	quoting quoting
}

// open moves to the first character of the content: past the quote, or to the
// line after a block's header.
func (w *walker) open() {
	switch w.quoting {
	case single, double:
		w.at.column++
	case block:
		w.at = position{w.at.line + 1, 1}
	}
}

// char is the source character at the place, 0 at the end of a line.
func (w *walker) char() rune { return w.report.character(w.at) }

// skipBlank moves over blanks and line ends, and stays where it is when nothing
// else follows to the end of the file.
func (w *walker) skipBlank() {
	for at := w.at; at.line <= len(w.report.lines); at = (position{at.line + 1, 1}) {
		line := w.report.line(at.line)
		for at.column <= len(line) && isBlank(line[at.column-1]) {
			at.column++
		}
		continued := w.quoting == double && at.column == len(line) && line[at.column-1] == '\\'
		if at.column <= len(line) && !continued {
			w.at = at
			return
		}
	}
}

// pass moves over the source of one character of the value.
func (w *walker) pass(c rune) {
	switch {
	case w.quoting == double && w.char() == '\\':
		w.at.column += len(w.escape())
	case w.quoting == single && c == '\'':
		w.at.column += 2
	default:
		w.at.column++
	}
}

// passBlank moves over an escape that stands for a blank, such as \n, when one
// follows; plain blanks are skipped in front of the next character.
func (w *walker) passBlank() {
	if w.quoting != double {
		return
	}
	ahead := *w
	ahead.skipBlank()
	if ahead.char() == '\\' && blankEscape().MatchString(string(ahead.escape())) {
		ahead.at.column += len(ahead.escape())
		*w = ahead
	}
}

// blankEscape matches the escapes that stand for a blank.
var blankEscape = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\\(?:[tnr \t]|x(?:20|09|0[aAdD])|u00(?:20|09|0[aAdD])|U000000(?:20|09|0[aAdD]))$`)
})

// escape is the escape at the place, from its backslash to its end.
func (w *walker) escape() []rune {
	line := w.report.line(w.at.line)
	rest := line[min(w.at.column-1, len(line)):]
	length := 2
	if len(rest) > 1 {
		switch rest[1] {
		case 'x':
			length = 4
		case 'u':
			length = 6
		case 'U':
			length = 10
		}
	}
	return rest[:min(length, len(rest))]
}
