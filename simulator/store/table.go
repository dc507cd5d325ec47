package store

import (
	"bytes"
	"encoding/json"
	"fmt"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
)

// Table is a table of one Go type. A package declares the tables it owns; the value
// costs nothing and holds no state. Values are kept as JSON, so T and its JSON names
// are a format that users keep.
type Table[T any] struct {
	name   string
	rising bool
}

// NewTable names a table. The name must not be empty, hold a zero byte or be
// CountersTable; a bad name is reported by the first use.
func NewTable[T any](name string) Table[T] { return Table[T]{name: name} }

// Rising is the table as one whose keys come in rising order: its pages are filled,
// where else each would be left half empty for keys that come in between.
func (t Table[T]) Rising() Table[T] {
	t.rising = true
	return t
}

// Name returns the table's name.
func (t Table[T]) Name() string { return t.name }

// Get returns a copy of the value under key and whether there is one. Nothing can be
// stored under the empty key, so it is never found.
func (t Table[T]) Get(tx *Tx, sandbox, key string) (T, bool, error) {
	return t.find(tx, tx.decoded, sandbox, key)
}

// Fresh is Get for a value that is asked for once: it is decoded and not remembered.
func (t Table[T]) Fresh(tx *Tx, sandbox, key string) (T, bool, error) {
	return t.find(tx, nil, sandbox, key)
}

func (t Table[T]) find(tx *Tx, d *decoded, sandbox, key string) (T, bool, error) {
	var zero T
	full, err := t.key(encodeKey, sandbox, key)
	if err != nil {
		return zero, false, err
	}
	value, err := tx.get(t.name, full)
	if err != nil || value == nil {
		return zero, false, err
	}
	v, err := t.recall(d, full, value)
	if err != nil {
		return zero, false, err
	}
	return v, true, nil
}

// Put stores a copy of v under key, in place of what was there.
func (t Table[T]) Put(tx *Tx, sandbox, key string, v T) error {
	value, err := t.Encode(v)
	if err != nil {
		return err
	}
	return t.PutEncoded(tx, sandbox, key, value)
}

// Add is Put for a key that nothing stands under, as one that was drawn or counted: it
// saves the look at what was there, which [Tx.Changes] and the observer would tell.
func (t Table[T]) Add(tx *Tx, sandbox, key string, v T) error {
	value, err := t.Encode(v)
	if err != nil {
		return err
	}
	return t.write(tx, sandbox, key, value, true)
}

// Encode is the text that Put stores for v. Those who have much to store make the
// texts beforehand, because everybody who writes waits for a transaction that does.
func (t Table[T]) Encode(v T) (Encoded[T], error) {
	text, err := json.Marshal(v)
	if err != nil {
		return Encoded[T]{}, fmt.Errorf("encode a value for table %s: %w", t.name, err)
	}
	return Encoded[T]{text}, nil
}

// Encoded is a value of T in the form in which it is stored.
type Encoded[T any] struct{ text []byte }

// Encoded takes the text for a value from a caller who makes it more cheaply than Encode
// does. It must be what Encode would make: compact JSON of a T.
func (t Table[T]) Encoded(text []byte) Encoded[T] { return Encoded[T]{text} }

// PutEncoded is Put for a value that was encoded before.
func (t Table[T]) PutEncoded(tx *Tx, sandbox, key string, v Encoded[T]) error {
	return t.write(tx, sandbox, key, v, false)
}

func (t Table[T]) write(tx *Tx, sandbox, key string, v Encoded[T], fresh bool) error {
	full, err := t.key(encodeNewKey, sandbox, key)
	if err != nil {
		return err
	}
	return tx.put(t.name, full, row{value: v.text, rising: t.rising}, fresh)
}

// Delete removes key; it is no error when it is not there.
func (t Table[T]) Delete(tx *Tx, sandbox, key string) error {
	full, err := t.key(encodeKey, sandbox, key)
	if err != nil {
		return err
	}
	return tx.remove(t.name, full)
}

// ScanOptions choose the part of a sandbox's keys to walk and the direction. Keys sort
// by their bytes.
type ScanOptions struct {
	Prefix  string // only keys that begin so; empty means all
	After   string // begin behind this key, in the direction of the walk; empty means at the end
	Reverse bool   // from the last key to the first
}

// Scan calls fn for the chosen keys in order, with copies, until fn returns more ==
// false or an error. fn may write to the table: the walk goes on from its present key
// and meets what then lies ahead.
func (t Table[T]) Scan(tx *Tx, sandbox string, o ScanOptions, fn func(key string, v T) (more bool, err error)) error {
	if err := checkTable(t.name); err != nil {
		return err
	}
	s, err := newSpan(sandbox, o)
	if err != nil {
		return err
	}
	return tx.walk(t.name, s, func(full, value []byte) (bool, error) {
		v, err := t.decode(full, value)
		if err != nil {
			return false, err
		}
		return fn(string(full[len(sandbox)+1:]), v)
	})
}

// Keys calls fn for every key of a sandbox in order, with the length of the value's JSON,
// until fn returns an error. It costs little: no value is read. fn may write as that of
// Scan may.
func (t Table[T]) Keys(tx *Tx, sandbox string, fn func(key string, length int) error) error {
	if err := checkTable(t.name); err != nil {
		return err
	}
	s, err := newSpan(sandbox, ScanOptions{})
	if err != nil {
		return err
	}
	return tx.walk(t.name, s, func(full, value []byte) (bool, error) {
		return true, fn(string(full[len(sandbox)+1:]), len(value))
	})
}

// key checks the table's name and encodes a full key.
func (t Table[T]) key(encode func(sandbox, part, key string) ([]byte, error), sandbox, key string) ([]byte, error) {
	if err := checkTable(t.name); err != nil {
		return nil, err
	}
	full, err := encode(sandbox, "key", key)
	if err != nil {
		return nil, fmt.Errorf("table %s: %w", t.name, err)
	}
	return full, nil
}

func (t Table[T]) decode(full, value []byte) (v T, err error) {
	if err := decodeText(value, &v); err != nil {
		return v, fmt.Errorf("table %s: the value under %q is unreadable: %w",
			t.name, bytes.ReplaceAll(full, []byte{separator}, []byte("/")), err)
	}
	return v, nil
}

// decodeText reads what Encode made. The next generation of encoding/json, which comes
// with Go 1.27, does it in half the time; what it forbids beyond the present one stays
// allowed, because files of before may hold it.
func decodeText[T any](text []byte, v *T) error {
	return jsonv2.Unmarshal(text, v, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true),
		jsonv2.MatchCaseInsensitiveNames(true), jsonv1.MatchCaseSensitiveDelimiter(true))
}
