package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// clearChunk is how many keys Clear takes note of before it deletes them.
const clearChunk = 1024

// Clear removes every key of one sandbox from all tables and the counters, except
// from the tables named in keep (CountersTable keeps the counters).
func Clear(tx *Tx, sandbox string, keep ...string) error {
	prefix, err := sandboxPrefix(sandbox)
	if err != nil {
		return err
	}
	if err := tx.writable(); err != nil {
		return err
	}
	tables, err := tx.tables()
	if err != nil {
		return err
	}
	for _, table := range tables {
		if slices.Contains(keep, table) {
			continue
		}
		if err := tx.hushed(func() error { return tx.clear(table, prefix) }); err != nil {
			return err
		}
	}
	return nil
}

// clear removes all keys that begin with prefix, chunk by chunk, because a walk begins
// anew after a delete.
func (tx *Tx) clear(table string, prefix []byte) error {
	s := span{prefix: prefix}
	for {
		var keys [][]byte
		err := tx.walk(table, s, func(key, _ []byte) (bool, error) {
			keys = append(keys, bytes.Clone(key))
			return len(keys) < clearChunk, nil
		})
		if err != nil || len(keys) == 0 {
			return err
		}
		for _, key := range keys {
			if err := tx.remove(table, key); err != nil {
				return err
			}
		}
		s.after = keys[len(keys)-1]
	}
}

// Each calls fn for every key of one sandbox, table by table in the order of their
// names, the counters under CountersTable. value is a copy of the stored JSON. An
// error of fn ends the walk and is returned.
func Each(tx *Tx, sandbox string, fn func(table, key string, value []byte) error) error {
	prefix, err := sandboxPrefix(sandbox)
	if err != nil {
		return err
	}
	tables, err := tx.tables()
	if err != nil {
		return err
	}
	for _, table := range tables {
		err := tx.walk(table, span{prefix: prefix}, func(full, value []byte) (bool, error) {
			return true, fn(table, string(full[len(prefix):]), bytes.Clone(value))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// tables lists the tables that have a bucket or young rows, in the order of their
// names.
func (tx *Tx) tables() (names []string, err error) {
	if err := tx.readable(); err != nil {
		return nil, err
	}
	defer tx.guard(&err)
	c := tx.bolt.Cursor()
	for bucket, _ := c.First(); bucket != nil; bucket, _ = c.Next() {
		if name, ok := tableOf(bucket); ok {
			names = append(names, name)
		}
	}
	tx.young.tables(func(table string) { names = append(names, table) })
	slices.Sort(names)
	return slices.Compact(names), nil
}

// PutRaw stores a value that came from Each, of this file or another. value must be
// JSON, and for CountersTable a whole number; white space in it is not kept. Whether
// it fits the table's Go type shows only when it is read.
func PutRaw(tx *Tx, sandbox, table, key string, value []byte) error {
	full, err := encodeNewKey(sandbox, "key", key)
	if err != nil {
		return fmt.Errorf("table %s: %w", table, err)
	}
	if table == CountersTable {
		if _, err := strconv.ParseUint(string(value), 10, 64); err != nil {
			return fmt.Errorf("the value for counter %.80q is not a whole number: %w", key, err)
		}
	} else if err := checkTable(table); err != nil {
		return err
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, value); err != nil {
		return fmt.Errorf("table %s: the value for %.80q is not JSON: %w", table, key, err)
	}
	return tx.hushed(func() error { return tx.put(table, full, row{value: compact.Bytes()}, false) })
}
