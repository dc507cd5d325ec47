package cipher

import (
	"testing"

	"cardsim/simulator/journal"
)

func newJournal(testing.TB) *journal.Journal { return &journal.Journal{} }
