package journal

import (
	"fmt"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// TestMemo: whatever came before, a body is masked as it is without a memo.
func TestMemo(t *testing.T) {
	bodies := []string{
		`{"status":"active"}`, `{"pan":"4000000000001091"}`, `{"vector":"abcdef=="}`, `pan=4000000000001091`, "s3cr3t-value", `"s3cr3t-value"`, "", "{", `{"a":"135790"}`,
	}
	secrets := [][]string{nil, {"s3cr3t-value"}, {"135790"}, {"s3cr3t-value", "135790"}, {"s3cr3t-value135790"}}
	rapid.Check(t, func(t *rapid.T) {
		m := newMemo()
		for range rapid.IntRange(1, 60).Draw(t, "answers") {
			kind := rapid.SampledFrom([]Kind{JSON, Text, Form, XML}).Draw(t, "kind")
			body := rapid.SampledFrom(bodies).Draw(t, "body")
			known := rapid.SampledFrom(secrets).Draw(t, "secrets")
			want, got := MaskBody(kind, []byte(body), known), string(m.masked(kind, []byte(body), known))
			if got != want {
				t.Fatalf("%q of kind %d with %q is %q, want %q", body, kind, known, got, want)
			}
		}
	})
}

// kept are the bodies that a memo holds.
func (m *memo) keptBodies() (bodies []string) {
	for i := range m.slots {
		if k := m.slots[i].kept.Load(); k != nil {
			bodies = append(bodies, k.body)
		}
	}
	return bodies
}

// TestMemoHoldsNothingInClear: what needs a mask is never held, what comes once is not
// either, and what is too long.
func TestMemoHoldsNothingInClear(t *testing.T) {
	m := newMemo()
	for range 3 {
		m.masked(JSON, []byte(`{"pan":"4000000000001091"}`), nil)
		m.masked(JSON, []byte(`{"otp":"111111"}`), nil)
		m.masked(Text, []byte("the secret s3cr3t-value"), []string{"s3cr3t-value"})
		m.masked(Text, make([]byte, memoLength+1), nil)
	}
	m.masked(JSON, []byte(`{"status":"once"}`), nil)
	if got := m.keptBodies(); len(got) > 0 {
		t.Errorf("kept %q", got)
	}
	const often = `{"status":"active"}`
	for range 2 {
		m.masked(JSON, []byte(often), nil)
	}
	if got := m.keptBodies(); len(got) != 1 || got[0] != often {
		t.Errorf("kept %q", got)
	}
	if got := testing.AllocsPerRun(100, func() { m.masked(JSON, []byte(often), nil) }); got > 1 {
		t.Errorf("%v allocations for a body that is known", got)
	}
}

func TestMemoTogether(t *testing.T) {
	m := newMemo()
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			for n := range 2000 {
				body := fmt.Sprintf(`{"n":%d,"pan":%q}`, n%7, []string{"", "4000000000001091"}[(n+i)%2])
				if got, want := string(m.masked(JSON, []byte(body), nil)), MaskBody(JSON, []byte(body), nil); got != want {
					t.Errorf("%s is %s, want %s", body, got, want)
				}
			}
		})
	}
	all.Wait()
}
