package store

import (
	"fmt"
	"math"
	"strconv"
)

// Next moves a counter of a sandbox inside the transaction and returns its new value:
// 1, 2, 3 and so on. When the transaction is not committed, the counter has not moved.
func Next(tx *Tx, sandbox, counter string) (uint64, error) {
	full, err := encodeNewKey(sandbox, "counter", counter)
	if err != nil {
		return 0, err
	}
	n, err := count(tx, full)
	if err != nil {
		return 0, err
	}
	if n == math.MaxUint64 {
		return 0, fmt.Errorf("the counter %.80q has reached its end", counter)
	}
	if err := tx.put(CountersTable, full, row{value: strconv.AppendUint(nil, n+1, 10)}, false); err != nil {
		return 0, err
	}
	return n + 1, nil
}

// Count returns the current value of a counter, 0 when it never moved.
func Count(tx *Tx, sandbox, counter string) (uint64, error) {
	full, err := encodeKey(sandbox, "counter", counter)
	if err != nil {
		return 0, err
	}
	return count(tx, full)
}

func count(tx *Tx, full []byte) (uint64, error) {
	value, err := tx.get(CountersTable, full)
	if err != nil || value == nil {
		return 0, err
	}
	n, err := strconv.ParseUint(string(value), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("a counter is unreadable: %w", err)
	}
	return n, nil
}

// ResetCounters sets every counter of a sandbox whose name begins with prefix
// back to 0. What else the sandbox holds costs nothing.
func ResetCounters(tx *Tx, sandbox, prefix string) error {
	full, err := encodeKey(sandbox, "counter", prefix)
	if err != nil {
		return err
	}
	return tx.clear(CountersTable, full)
}
