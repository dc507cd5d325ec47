package sandbox

import (
	"fmt"
	"slices"
	"testing"
)

func asked(r *Registry, id string) (ids []string) {
	for w := range r.Search(id) {
		ids = append(ids, w.ID)
	}
	return ids
}

func TestSearchAsksWhoIsRememberedFirst(t *testing.T) {
	r := NewRegistry(false)
	for _, id := range []string{DefaultID, "a", "b"} {
		if err := r.Add(&World{ID: id}); err != nil {
			t.Fatal(err)
		}
	}
	b, _ := r.ByID("b")
	r.Remember(b, "x", "y")
	r.Remember(r.Default(), "z")
	for id, want := range map[string][]string{
		"x": {"b", DefaultID, "a"}, "y": {"b", DefaultID, "a"}, "z": {DefaultID, "a", "b"}, "unknown": {DefaultID, "a", "b"},
	} {
		if got := asked(r, id); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", id, got, want)
		}
	}
	for range r.Search("x") {
		break // whoever asks may stop
	}
	r.Remove(b)
	if got := asked(r, "x"); !slices.Equal(got, []string{DefaultID, "a"}) {
		t.Errorf("of a world that is gone: %v", got)
	}
}

// TestTrailsAreBounded: the newest are kept, the oldest go.
func TestTrailsAreBounded(t *testing.T) {
	var kept trails
	for i := range 10 * trailLength {
		kept.leave("a", []string{fmt.Sprint(i)})
	}
	if n := len(kept.young) + len(kept.old); n > 2*trailLength {
		t.Errorf("%d are kept", n)
	}
	for i, want := range map[int]bool{0: false, 8 * trailLength: true, 10*trailLength - 1: true} {
		if _, ok := kept.follow(fmt.Sprint(i)); ok != want {
			t.Errorf("%d is kept: %v", i, ok)
		}
	}
}
