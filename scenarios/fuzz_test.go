package scenarios_test

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"cardsim/scenarios"
)

// FuzzCheck: whatever the bytes, the checker ends, says where, and what it accepts
// can be planned with.
func FuzzCheck(f *testing.F) {
	for _, b := range brokenFiles() {
		f.Add([]byte(b.src))
	}
	files, _ := filepath.Glob("testdata/accepted/*.yaml")
	for _, path := range files {
		src, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	cat := catalogue()
	f.Fuzz(func(t *testing.T, src []byte) {
		list, problems := scenarios.Check("f", src, cat)
		for _, p := range problems {
			if p.Line < 1 || p.Column < 1 || p.Message == "" || p.File != "f" {
				t.Fatalf("a problem without a place or a message: %+v", p)
			}
		}
		if (len(list) == 0) == (len(problems) == 0) {
			t.Fatalf("%d scenarios and %d problems", len(list), len(problems))
		}
		if len(list) == 0 {
			return
		}
		a, err := scenarios.NewActive(list...)
		if err != nil {
			t.Fatal(err)
		}
		in := visa()
		in.Draws = &fixed{value: 0.01}
		p, d, err := a.Plan(in, &counters{})
		if err != nil || p.Delay < 0 || p.Rule != d.Rule || p.Fault.Kind != "" && !p.Fault.Allowed() {
			t.Fatalf("plan %+v, decision %+v, error %v", p, d, err)
		}
		scenarios.Verify(a.Demands(), journey())
	})
}

// FuzzExpression: whatever the text, it is refused at a place in it, or it gives
// true, false or a reason.
func FuzzExpression(f *testing.F) {
	for _, seed := range []string{
		"", "amount > 5", `request.a.b[0] == "x" && any(request.l, # > 1)`, "1..1000000 | sum()", "let x = 1; x", `card["bra" + "nd"]`, "((((((", `"日本" == currency`,
		"request | keys()", "$env", "{a: 1}.a == 1", "not not true", "filter(request.items, {.x})", "now()", `currency matches "("`, "1 / 0 > 2", "if true {1} else {2}", "-", "0x", "5 % 0", "1_000", "a?.b",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		w, mistakes := scenarios.CompileWhere(source)
		if (w == nil) == (len(mistakes) == 0) {
			t.Fatalf("neither or both: %v, %v", w, mistakes)
		}
		for _, m := range mistakes {
			if m.Index < 0 || m.Index > utf8.RuneCountInString(source) || m.Message == "" {
				t.Fatalf("mistake %+v of %d characters", m, utf8.RuneCountInString(source))
			}
		}
		if w == nil {
			return
		}
		for _, e := range journey() {
			if ok, err := w.Match(e); ok && err != nil {
				t.Fatalf("it fits, and the error is %v", err)
			}
		}
	})
}
