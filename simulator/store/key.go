package store

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	bolt "go.etcd.io/bbolt"
)

// separator stands between sandbox and key. It sorts before every other byte and can
// be in neither, so that one sandbox is one range.
const separator = 0x00

// tablePrefix keeps the tables' buckets apart from the store's own.
const tablePrefix = "table:"

// CountersTable is the name under which Each, PutRaw and Clear know the counters.
// No table may take it.
const CountersTable = "counters"

// bucketOf returns the bolt bucket of a table.
func bucketOf(table string) []byte {
	if table == CountersTable {
		return []byte(CountersTable)
	}
	return []byte(tablePrefix + table)
}

// tableOf is the reverse of bucketOf; ok is false for the store's own buckets.
func tableOf(bucket []byte) (table string, ok bool) {
	if string(bucket) == CountersTable {
		return CountersTable, true
	}
	return strings.CutPrefix(string(bucket), tablePrefix)
}

// checkTable refuses a name that no table may have.
func checkTable(name string) error {
	switch {
	case name == "":
		return &KeyError{"table", name, "is empty"}
	case name == CountersTable:
		return &KeyError{"table", name, "is reserved for the counters"}
	}
	return checkZero("table", name)
}

// checkZero refuses a name that holds the separator.
func checkZero(part, name string) error {
	if strings.IndexByte(name, separator) >= 0 {
		return &KeyError{part, name, "holds a zero byte"}
	}
	return nil
}

// sandboxPrefix returns what every key of a sandbox begins with.
func sandboxPrefix(sandbox string) ([]byte, error) {
	if err := checkSandbox(sandbox); err != nil {
		return nil, err
	}
	return append([]byte(sandbox), separator), nil
}

func checkSandbox(sandbox string) error {
	if sandbox == "" {
		return &KeyError{"sandbox", sandbox, "is empty"}
	}
	return checkZero("sandbox", sandbox)
}

// encodeKey returns the full key to look for. The empty key is looked for and never
// found; part names the key in errors.
func encodeKey(sandbox, part, key string) ([]byte, error) {
	if err := checkSandbox(sandbox); err != nil {
		return nil, err
	}
	if err := checkZero(part, key); err != nil {
		return nil, err
	}
	full := make([]byte, 0, len(sandbox)+1+len(key))
	return append(append(append(full, sandbox...), separator), key...), nil
}

// encodeNewKey returns the full key to store under.
func encodeNewKey(sandbox, part, key string) ([]byte, error) {
	full, err := encodeKey(sandbox, part, key)
	switch {
	case err != nil:
		return nil, err
	case key == "":
		return nil, &KeyError{part, key, "is empty"}
	case len(full) > bolt.MaxKeySize:
		return nil, &KeyError{part, key, fmt.Sprintf("is longer than %d bytes, its sandbox included", bolt.MaxKeySize)}
	}
	return full, nil
}

// decodeKey is the reverse of encodeNewKey.
func decodeKey(full []byte) (sandbox, key string, ok bool) {
	s, k, found := bytes.Cut(full, []byte{separator})
	ok = found && len(s) > 0 && len(k) > 0 && bytes.IndexByte(k, separator) < 0
	return string(s), string(k), ok
}

// successor returns the first key after all keys that begin with prefix. A prefix
// holds the separator, so there is always a byte that can be raised.
func successor(prefix []byte) []byte {
	next := bytes.TrimRight(slices.Clone(prefix), "\xff")
	next[len(next)-1]++
	return next
}
