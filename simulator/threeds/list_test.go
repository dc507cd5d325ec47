package threeds

import (
	"slices"
	"testing"

	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

func TestNewestReadsNoFurtherThanAsked(t *testing.T) {
	d := open(t, nil)
	oldest, middle, newest := d.lookup(oldCard), d.lookup(emvCard), d.lookup(plainCard)
	d.do(func(s sandbox.Scope) error {
		if got := walked(t, s, "", 9); !slices.Equal(got, []string{newest.ID, middle.ID, oldest.ID}) {
			t.Errorf("walked %q", got)
		}
		if err := store.PutRaw(s.Tx, s.World.ID, transactions.Name(), oldest.ID, []byte("7")); err != nil {
			return err
		}
		if got := walked(t, s, "", 2); !slices.Equal(got, []string{newest.ID, middle.ID}) {
			t.Errorf("walked %q: the oldest must not be read", got)
		}
		if got := walked(t, s, "00000000000000000003", 1); !slices.Equal(got, []string{middle.ID}) {
			t.Errorf("behind the newest: %q", got)
		}
		return nil
	})
}

// walked lists so many transactions.
func walked(t *testing.T, s sandbox.Scope, after string, limit int) []string {
	t.Helper()
	var ids []string
	if err := Newest(s, after, func(_ string, x Transaction) (bool, error) {
		ids = append(ids, x.ID)
		return len(ids) < limit, nil
	}); err != nil {
		t.Fatal(err)
	}
	return ids
}
