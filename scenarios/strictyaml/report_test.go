package strictyaml

import (
	"strings"
	"testing"
)

func TestProblemsAreSortedAndGivenOnce(t *testing.T) {
	var root *Node
	_, report := Read("f", []byte("a: 1\nb: [x, y]\n"), &root)
	for range 2 {
		root.At("b", 1).Report("third", "")
		root.At("a").Report("first", "")
		root.At("b", 0).Report("second", "")
		want := []string{"f:1:4: first", "f:2:5: second", "f:2:8: third"}
		checkProblems(t, report.Problems(), want...)
		checkProblems(t, report.Problems(), want...)
	}
}

func TestProblemsAreBounded(t *testing.T) {
	var s shop
	problems := Decode("f", []byte(head+"list:\n"+strings.Repeat("  - {}\n", maxProblems+5)), &s)
	if len(problems) != maxProblems+1 {
		t.Fatalf("%d problems, want %d and a last one that counts", len(problems), maxProblems)
	}
	if last := problems[maxProblems]; last.Message != "5 more problems are not shown" || last.Line != maxProblems+3 {
		t.Errorf("the last is %v", last)
	}
}

func TestLongLinesAreNotShown(t *testing.T) {
	var s shop
	long := head + "kind: tset" + strings.Repeat(" ", maxSource) + "\n"
	problems := Decode("f", []byte(long), &s)
	if len(problems) != 1 || problems[0].Source != "" || problems[0].Column != 7 {
		t.Errorf("problems %+v, want one without its line", problems)
	}
}

func TestNodeWalk(t *testing.T) {
	var root *Node
	if problems := Decode("f", []byte("a: {b: [x]}\n"), &root); len(problems) > 0 {
		t.Fatal(problems)
	}
	b := root.At("a", "b")
	if b.Kind != Sequence || b.Key().Value != "b" || root.Get("none") != nil || len(root.Pairs()) != 1 {
		t.Errorf("b is %+v", b)
	}
	if item := b.At(0); item.Value != "x" || item.Key() != item || item.Line != 1 || item.Column != 9 {
		t.Errorf("the item is %+v", item)
	}
	if b.At(-1) != b || b.At("x") != b || b.At(1.5) != b {
		t.Error("a path that leaves the document must stay at its last node")
	}
}
