package providertest

import (
	"bytes"
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"cardsim/simulator/wire"
)

// WritesItself holds what values write to what encoding/json makes of their tags,
// without HTML escapes.
func WritesItself[T wire.Appender](t *testing.T, some *rapid.Generator[T]) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		v := some.Draw(t, "value")
		var want bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(v); err != nil {
			t.Fatal(err)
		}
		if got := string(v.AppendJSON([]byte("before "))) + "\n"; got != "before "+want.String() {
			t.Fatalf("it writes\n%s\nand its tags say\n%s", got, want.String())
		}
	})
}
