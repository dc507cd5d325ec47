package strictyaml_test

import (
	"testing"

	"cardsim/scenarios/strictyaml"
)

func TestPointer(t *testing.T) {
	src := "{\"cards\": [\n  {\"pan\": \"1\",\n   \"three/ds~\": {\"flow\": [\"a\", \"b\"]}}, 7\n]}"
	var any map[string]any
	n, report := strictyaml.Read("body", []byte(src), &any)
	if problems := report.Problems(); len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, tt := range []struct {
		line, column int
		want         string
	}{
		{1, 1, ""}, {1, 2, "/cards"}, {1, 11, "/cards"}, {2, 3, "/cards/0"}, {2, 4, "/cards/0/pan"}, {2, 11, "/cards/0/pan"},
		{3, 4, "/cards/0/three~1ds~0"}, {3, 18, "/cards/0/three~1ds~0/flow"}, {3, 27, "/cards/0/three~1ds~0/flow/0"}, {3, 32, "/cards/0/three~1ds~0/flow/1"},
		{3, 40, "/cards/1"}, {9, 1, "/cards/1"},
	} {
		if got := n.Pointer(tt.line, tt.column); got != tt.want {
			t.Errorf("%d:%d is %q, not %q", tt.line, tt.column, got, tt.want)
		}
	}
}
