package agenda

import (
	"strings"
	"time"

	"cardsim/simulator/store"
)

// unread stands for an item whose key says enough.
type unread struct{}

// UnmarshalJSON reads nothing.
func (*unread) UnmarshalJSON([]byte) error { return nil }

// keys are the dates, their items left unread: counting them costs a fraction.
var keys = store.NewTable[unread](dates.Name())

// Ahead counts the dates of a kind that lie behind an instant. It reads no others
// but those of other kinds that lie there, too.
func Ahead(tx *store.Tx, sandbox, kind string, now time.Time) (n int, err error) {
	instant := Item{At: now.UTC()}.instant()
	behind := instant + "0" // sorts behind all keys of the instant
	err = keys.Scan(tx, sandbox, store.ScanOptions{After: behind}, func(key string, _ unread) (bool, error) {
		if strings.HasPrefix(key[min(len(instant), len(key)):], "/"+kind+"/") {
			n++
		}
		return true, nil
	})
	return n, wrap(err, "count what will fall due")
}
