package strictyaml

import (
	"io"
	"testing"
)

// longest is the longest line that a problem shows.
const longest = 2000

// FuzzDecode holds what every caller relies on, whatever the bytes: no panic,
// positions inside of the file, and the same answer twice.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		"", "---\n", head, "version: 1\nname: &a x\nlist: *a\n", "a: [1, {b: c}]\n---\nb: |\n  x\n", "version: 1\r\nname: \"\\u00e6\"\r",
		"any: {a: 0x1F, b: .inf, ? [x] : y}\n", "inner:\n\tlow: 1\n", "note:x\nkind: 'it\n", "step: {outcome: ok}\nraw: >-\n  a\n\n  b\n", "\ufeffname: é\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		var s, again shop
		root, report := Read("f", src, &s)
		if root != nil {
			everyPlace(root)
		}
		problems := report.Problems()
		for _, p := range problems {
			if p.Line < 1 || p.Column < 1 || p.Message == "" || p.File != "f" {
				t.Fatalf("a problem without a place or a message: %+v", p)
			}
			if p.Source == "" && len(src) > longest {
				continue // the line is too long to be shown
			}
			if most := len([]rune(p.Source)) + 1; p.Column > most {
				t.Fatalf("%v lies behind the end of its line, which has %d characters", p, most-1)
			}
		}
		if err := Format(io.Discard, problems); err != nil {
			t.Fatal(err)
		}
		if root == nil && len(problems) == 0 {
			t.Fatal("nothing was read, and nothing is wrong")
		}
		if len(Decode("f", src, &again)) < len(problems)-1 && root == nil {
			t.Fatal("the second reading finds less")
		}
	})
}

// everyPlace asks for the place of every character of every scalar.
func everyPlace(n *Node) {
	for i := range min(len(n.Value), 50) {
		n.locate(i)
	}
	for _, p := range n.Pairs() {
		everyPlace(p.Key)
		everyPlace(p.Value)
	}
	for _, item := range n.Items() {
		everyPlace(item)
	}
}
