package strictyaml

import (
	"strings"

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
// index. It walks source and value side by side: characters that are the same
// advance both, line breaks and indentation that YAML folds advance the source.
// Where the two cannot be matched it stays at the last place it is sure of.
func (n *Node) locate(index int) position {
	w := walker{report: n.report, at: position{n.Line, n.Column}, quoting: n.quoting}
	w.open()
	for i, c := range []rune(n.Value) {
		if c != ' ' && c != '\n' {
			w.skipBlank()
		}
		if i >= index || w.char() == 0 && c != '\n' && c != ' ' {
			break
		}
		w.pass(c)
	}
	return w.at
}

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
		w.skipBlank()
	}
}

// char is the source character at the place, 0 at the end of a line.
func (w *walker) char() rune { return w.report.character(w.at) }

// skipBlank moves over line ends, and the blanks around them, that stand in
// front of a character that is not blank.
func (w *walker) skipBlank() {
	for w.at.line <= len(w.report.lines) {
		line := []rune(w.report.line(w.at.line))
		rest := line[min(w.at.column-1, len(line)):]
		text := strings.TrimLeft(string(rest), " \t")
		continued := w.quoting == double && text == `\`
		if text != "" && !continued {
			w.at.column += len(rest) - len([]rune(text))
			return
		}
		w.at = position{w.at.line + 1, 1}
	}
}

// pass moves over the source of one character of the value.
func (w *walker) pass(c rune) {
	switch {
	case w.quoting == double && w.char() == '\\':
		w.at.column += escapeLength(w.report.character(position{w.at.line, w.at.column + 1}))
	case w.quoting == single && c == '\'':
		w.at.column += 2
	case w.char() == 0 && (c == ' ' || c == '\n'):
		// A fold or a break: the blanks are skipped in front of the next character.
	default:
		w.at.column++
	}
}

// escapeLength is the number of characters of an escape in double quotes.
func escapeLength(kind rune) int {
	switch kind {
	case 'x':
		return 4
	case 'u':
		return 6
	case 'U':
		return 10
	}
	return 2
}
