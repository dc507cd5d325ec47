package strictyaml

import (
	"strings"
	"testing"
)

// In every source one character of the value is X; ReportWithin must find the
// place of the X in the source.
func TestReportWithin(t *testing.T) {
	tests := []struct{ name, src string }{
		{"plain", "when: a == X\n"},
		{"first", "when: X == 1\n"},
		{"plain in flow", "do: {when: æ && X}\n"},
		{"plain over lines", "when: a &&\n  b &&\n\n    cX == 1\n"},
		{"single quotes", "when: 'it''s \"X\"'\n"},
		{"double quotes", `when: "a\n\tb \"c\" \u00e6 \x41 \U0001F600 X"` + "\n"},
		{"double quotes over lines", "when: \"a\n   b \\\n   cX\"\n"},
		{"literal block", "when: |\n  a &&\n    b &&\n\n  X == 1\n"},
		{"literal block, kept end", "when: |+\n    a\n    X\n\n"},
		{"folded block", "when: >-\n  a &&\n  b && X\n"},
		{"indented block", "when: |2\n    a\n  X\n"},
		{"characters, not bytes", "when: '\"日本\" + X'\n"},
		{"escaped blanks", `when: "a\n\x20 \u0009 \\ \ X"` + "\n"},
		{"double blanks", "when: a  ==  X\n"},
		{"Windows line ends", "when: |\r\n  a\r\n  X\r\n"},
		{"value on the next line", "when:\n  a X\n"},
		{"in a list", "- - b X\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var root *Node
			_, report := Read("f", []byte(tt.src), &root)
			if root == nil {
				t.Fatal(report.Problems())
			}
			n := scalarWith(root)
			before, _, _ := strings.Cut(n.Value, "X")
			n.ReportWithin(len([]rune(before)), "here", "")
			p := report.Problems()[0]
			line, column := placeOf(tt.src)
			if p.Line != line || p.Column != column {
				t.Errorf("found at %d:%d, it is at %d:%d", p.Line, p.Column, line, column)
			}
		})
	}
}

// Indexes outside of the value stay at its ends.
func TestReportWithinBounds(t *testing.T) {
	var root *Node
	_, report := Read("f", []byte("a: bcd\n"), &root)
	root.At("a").ReportWithin(-1, "before", "")
	root.At("a").ReportWithin(99, "behind", "")
	checkProblems(t, report.Problems(), "f:1:4: before", "f:1:7: behind")
}

func placeOf(src string) (line, column int) {
	before, _, _ := strings.Cut(src, "X")
	lines := strings.Split(before, "\n")
	return len(lines), len([]rune(lines[len(lines)-1])) + 1
}

func scalarWith(n *Node) *Node {
	if strings.Contains(n.Value, "X") {
		return n
	}
	for _, p := range n.Pairs() {
		if found := scalarWith(p.Value); found != nil {
			return found
		}
	}
	for _, item := range n.Items() {
		if found := scalarWith(item); found != nil {
			return found
		}
	}
	return nil
}
