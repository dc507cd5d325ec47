package strictyaml

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// maxShown is how many characters of a source line are printed: a line of a
// megabyte helps nobody, the neighbourhood of the mistake does.
const maxShown = 160

// Format prints each problem as `file:line:column: message`, then its source
// line with a caret under the offending column, then the suggestion if there is
// one. Characters that could steer a terminal are replaced. The error is the
// writer's.
func Format(w io.Writer, problems []Problem) error {
	var b strings.Builder
	for _, p := range problems {
		b.WriteString(p.String())
		b.WriteByte('\n')
		writeSource(&b, p)
		if p.Suggestion != "" {
			fmt.Fprintf(&b, "      = %s\n", p.Suggestion)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeSource(b *strings.Builder, p Problem) {
	line, at := window([]rune(p.Source), p.Column-1)
	if strings.TrimSpace(string(line)) == "" {
		return
	}
	fmt.Fprintf(b, "%5d | ", p.Line)
	var pad strings.Builder
	for i, r := range line {
		shown := printable(r)
		b.WriteRune(shown)
		if i < at {
			pad.WriteRune(blankFor(shown))
		}
	}
	fmt.Fprintf(b, "\n      | %s^\n", pad.String())
}

// window cuts a long line to the characters around index at, and tells where
// at lies in the cut.
func window(line []rune, at int) ([]rune, int) {
	at = min(max(at, 0), len(line))
	if len(line) <= maxShown {
		return line, at
	}
	start := min(max(at-maxShown/2, 0), len(line)-maxShown)
	return line[start : start+maxShown], at - start
}

// blankFor keeps the caret under its character: a tab stays a tab, because
// only the terminal knows how wide it is.
func blankFor(r rune) rune {
	if r == '\t' {
		return '\t'
	}
	return ' '
}

func printable(r rune) rune {
	if r == '\t' || unicode.IsPrint(r) {
		return r
	}
	return '\uFFFD'
}
