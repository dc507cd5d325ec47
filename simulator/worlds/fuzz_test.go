package worlds

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
)

// small is a whole file of one sandbox with little in it.
func small(t testing.TB) []byte {
	t.Helper()
	h := fresh(t, nil)
	w := h.create(Order{ID: "small", Settings: map[string]map[string]any{"acehub": {"cavvAmount": "exact"}}})
	text, err := h.Export(w)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// FuzzDecodeFile: no bytes whatever end the program, and what is refused is said to
// be the file's fault.
func FuzzDecodeFile(f *testing.F) {
	whole := small(f)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte(`{"format":"cardsim-sandbox","version":1,"sandbox":null}`))
	f.Add([]byte(`{"format":"cardsim-sandbox","version":99}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		_, err := decodeFile(text)
		var invalid *InvalidError
		if err != nil && !errors.As(err, &invalid) {
			t.Errorf("%T %v", err, err)
		}
	})
}

// FuzzImport: what a file says of a sandbox is imported whole, and comes out of the
// next export as it went in, or is refused and makes nothing.
func FuzzImport(f *testing.F) {
	var whole File
	if err := json.Unmarshal(small(f), &whole); err != nil {
		f.Fatal(err)
	}
	h := fresh(f, nil)
	f.Add([]byte(whole.Sandbox))
	f.Add([]byte(`{"seed":1,"origin":"x","clock":{"mode":"real"},"merchants":[{"id":"own"}],"tenants":[],"counters":{"a":1},"tables":{"pay.tokens":{"k":{}}}}`))
	f.Add([]byte(`{"seed":1,"origin":"x","clock":{"mode":"real"},"merchants":[{"id":"own"},{"id":"own"}],"tenants":[{"id":"1"}],"counters":{},"tables":{"":{}}}`))
	f.Fuzz(func(t *testing.T, sandbox []byte) {
		if !json.Valid(sandbox) {
			return
		}
		sum, err := checksum(sandbox)
		if err != nil {
			t.Fatal(err)
		}
		text, err := encode(File{Format: Format, Version: Version, ID: "x", Checksum: sum, Sandbox: sandbox}, "")
		if err != nil {
			t.Fatal(err)
		}
		if h.Import("fuzzed", text) != nil {
			if _, made := h.Registry.ByID("fuzzed"); made {
				t.Fatal("a refused file made a sandbox")
			}
			return
		}
		first := h.exported(t, "fuzzed")
		if err := h.Import("fuzzed", first); err != nil {
			t.Fatalf("an export is not taken back: %v\n%s", err, first)
		}
		if second := h.exported(t, "fuzzed"); !bytes.Equal(first, second) {
			t.Fatalf("imported\n%s\nexported\n%s", first, second)
		}
		if err := h.Delete("fuzzed"); err != nil {
			t.Fatal(err)
		}
	})
}

func (h house) exported(t *testing.T, id string) []byte {
	t.Helper()
	w, ok := h.Registry.ByID(id)
	if !ok {
		t.Fatalf("there is no sandbox %s", id)
	}
	text, err := h.Export(w)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
