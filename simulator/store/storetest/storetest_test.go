package storetest_test

import (
	"os"
	"testing"

	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"
)

func TestOpenGivesAnEmptyDatabaseAndCleansUp(t *testing.T) {
	var path string
	t.Run("use", func(t *testing.T) {
		db := storetest.Open(t)
		path = db.Path()
		if err := db.Update(func(tx *store.Tx) error {
			n, err := store.Next(tx, "s", "c")
			if n != 1 {
				t.Errorf("the database is not empty: %d", n)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	})
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the file outlived its test: %v", err)
	}
	t.Run("closed early", func(t *testing.T) {
		if err := storetest.Open(t).Close(); err != nil {
			t.Error(err)
		}
	})
}
