package journal

import (
	"strconv"
	"strings"
)

// idPrefix begins every id.
const idPrefix = "r-"

// shortestID is how many digits an id has at least.
const shortestID = 6

func formatID(seq uint64) string {
	var room [32]byte
	digits := strconv.AppendUint(room[:0], seq, 10)
	zeros := "000000"[:max(0, shortestID-len(digits))]
	return idPrefix + zeros + string(digits)
}

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
