package journal

import (
	"fmt"
	"strconv"
	"strings"
)

// idPrefix begins every id.
const idPrefix = "r-"

func formatID(seq uint64) string { return fmt.Sprintf("%s%06d", idPrefix, seq) }

// IsID says whether a text can be the id of an entry.
func IsID(text string) bool {
	_, ok := parseID(text)
	return ok
}

// parseID is the reverse of formatID; ok is false for what formatID never wrote.
func parseID(id string) (seq uint64, ok bool) {
	digits, found := strings.CutPrefix(id, idPrefix)
	seq, err := strconv.ParseUint(digits, 10, 64)
	return seq, found && err == nil && formatID(seq) == id
}
