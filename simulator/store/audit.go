package store

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
)

// Finding is something that is wrong with one row of a file.
type Finding struct {
	Sandbox string // whose row it is; empty where the key does not say so
	Table   string
	Key     string // without the sandbox
	Problem string // half a sentence about the row; never holds its value
}

// Row is one row of a table, as it stands in the file. Value is a copy.
type Row struct {
	Sandbox, Table, Key string
	Value               []byte
	// Named says that the key has the form of one: sandbox, separator, name.
	Named bool
}

// Rows walks every row of every sandbox, the counters included, table by table; or
// those of the tables in only.
func Rows(tx *Tx, fn func(Row) error, only ...string) error {
	tables, err := tx.tables()
	if err != nil {
		return err
	}
	for _, table := range tables {
		if len(only) > 0 && !slices.Contains(only, table) {
			continue
		}
		err := tx.walk(table, span{}, func(full, value []byte) (bool, error) {
			r := Row{Table: table, Value: bytes.Clone(value)}
			r.Sandbox, r.Key, r.Named = decodeKey(full)
			return true, fn(r)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Foreign lists the buckets that no cardsim makes.
func Foreign(tx *Tx) (names []string, err error) {
	if err := tx.readable(); err != nil {
		return nil, err
	}
	defer tx.guard(&err)
	c := tx.bolt.Cursor()
	for bucket, _ := c.First(); bucket != nil; bucket, _ = c.Next() {
		if _, ok := tableOf(bucket); !ok && string(bucket) != metaBucket && string(bucket) != logBucket {
			names = append(names, string(bucket))
		}
	}
	return names, nil
}

// Audit reads every row of a sandbox and tells found of those that do not decode and
// of those that judge has a word about. The rows themselves stay as they are.
func (t Table[T]) Audit(tx *Tx, sandbox string, found func(Finding), judge func(key string, v T) (problem string)) error {
	prefix, err := sandboxPrefix(sandbox)
	if err != nil {
		return err
	}
	return tx.walk(t.name, span{prefix: prefix}, func(full, value []byte) (bool, error) {
		f := Finding{Sandbox: sandbox, Table: t.name, Key: string(full[len(prefix):])}
		var v T
		if decodeText(value, &v) != nil {
			f.Problem = fmt.Sprintf("is no %T", v)
		} else {
			f.Problem = judge(f.Key, v)
		}
		if f.Problem != "" {
			found(f)
		}
		return true, nil
	})
}

// Has says whether a table holds a key, whatever its value.
func (t Table[T]) Has(tx *Tx, sandbox, key string) bool {
	full, err := t.key(encodeKey, sandbox, key)
	if err != nil {
		return false
	}
	value, err := tx.get(t.name, full)
	return err == nil && value != nil
}

// Behind says what is wrong when a counter has not reached the ordinal that it once
// gave to a key of digits: the next one would be given twice.
func Behind(tx *Tx, sandbox, counter, ordinal string) (problem string) {
	n, err := strconv.ParseUint(ordinal, 10, 64)
	if err != nil {
		return "is no ordinal"
	}
	if stands, err := Count(tx, sandbox, counter); err != nil || stands < n {
		return fmt.Sprintf("lies beyond the counter %s, which stands at %d", counter, stands)
	}
	return ""
}
