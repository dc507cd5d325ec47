package notify

import (
	"fmt"
	"strings"

	"cardsim/simulator/store"
)

// Audit reads the outbox of a sandbox and tells found of messages that are not what
// their key says, or whose number will be given again. It changes nothing.
func Audit(tx *store.Tx, sandbox string, found func(store.Finding)) error {
	err := messages.Audit(tx, sandbox, found, func(key string, m Message) string {
		ordinal, ok := strings.CutPrefix(key, "msg-")
		if m.ID != key || !ok {
			return "calls itself " + m.ID
		}
		return store.Behind(tx, sandbox, "notify.messages", ordinal)
	})
	if err != nil {
		return fmt.Errorf("check the outbox: %w", err)
	}
	return nil
}
