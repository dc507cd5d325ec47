package scheme

import (
	"slices"
	"testing"

	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

func TestNewestReadsNoFurtherThanAsked(t *testing.T) {
	b := newBench(t)
	oldest, middle, newest := b.provision(visaCard, Visa), b.provision(mcCard, Mastercard), b.provision(visaCard, Visa)
	b.setState(middle, Deactivated) // stays listed
	b.do(func(s sandbox.Scope) error {
		if got := walked(t, s, "", 9); !slices.Equal(got, []string{newest.ID, middle.ID, oldest.ID}) {
			t.Errorf("walked %q", got)
		}
		if err := store.PutRaw(s.Tx, s.World.ID, tokens.Name(), oldest.ID, []byte("7")); err != nil {
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

// walked lists so many tokens.
func walked(t *testing.T, s sandbox.Scope, after string, limit int) []string {
	t.Helper()
	var ids []string
	if err := Newest(s, after, func(_ string, x Token) (bool, error) {
		ids = append(ids, x.ID)
		return len(ids) < limit, nil
	}); err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestCryptogramsAreCounted(t *testing.T) {
	b := newBench(t)
	tok := b.provision(visaCard, Visa)
	first, second := b.issue(tok, ""), b.issue(tok, "")
	b.spend(tok, first.Value)
	b.spend(tok, first.Value) // refused, and counted once
	b.do(func(s sandbox.Scope) error {
		n, err := CountCryptograms(s, tok.ID)
		if n != (CryptogramCount{Issued: 2, Used: 1}) || second.Value == first.Value {
			t.Errorf("%+v", n)
		}
		return err
	})
}
