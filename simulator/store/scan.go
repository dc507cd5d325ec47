package store

import (
	"bytes"
	"errors"

	bolt "go.etcd.io/bbolt"
)

// maxEmptyPages bounds the search for the next key backwards, so that a damaged file
// cannot hold it for ever.
const maxEmptyPages = 1 << 24

// errOrder is met only in a damaged file.
var errOrder = errors.New("its keys are out of order")

// span is a range of full keys.
type span struct {
	prefix  []byte
	after   []byte // nil means from the end
	reverse bool
}

func newSpan(sandbox string, o ScanOptions) (span, error) {
	prefix, err := encodeKey(sandbox, "prefix", o.Prefix)
	if err != nil {
		return span{}, err
	}
	s := span{prefix: prefix, reverse: o.Reverse}
	if o.After != "" {
		s.after, err = encodeKey(sandbox, "position", o.After)
	}
	return s, err
}

// first is where a walk forward begins, apart from the key that it begins behind.
func (s span) first() []byte {
	if bytes.Compare(s.after, s.prefix) > 0 {
		return s.after
	}
	return s.prefix
}

// end is what a walk backward begins before.
func (s span) end() []byte {
	if end := successor(s.prefix); s.after == nil || bytes.Compare(s.after, end) >= 0 {
		return end
	}
	return s.after
}

// walk calls fn for the keys of a span. Key and value are the store's own.
func (tx *Tx) walk(table string, s span, fn func(key, value []byte) (bool, error)) error {
	w, err := tx.walker(table, s)
	if err != nil {
		return err
	}
	for {
		k, v, err := w.next()
		if err != nil || k == nil {
			return err
		}
		writes := tx.writes
		if more, err := fn(k, v); err != nil || !more {
			return err
		}
		if tx.writes == writes {
			continue
		}
		s.after = k
		if w, err = tx.walker(table, s); err != nil {
			return err
		}
	}
}

// walker goes through one span of a table: through what is in its bucket, and through
// the young rows, which count where both have a key.
type walker struct {
	span
	old, new hit
	below    *cursor      // nil when the table has no bucket
	above    *youngCursor // nil when there are no young rows
}

// hit is where a cursor stands; its key is nil at the end. A value of nil is a key that
// was deleted.
type hit struct{ key, value []byte }

func (tx *Tx) walker(table string, s span) (w *walker, err error) {
	if err := tx.readable(); err != nil {
		return nil, err
	}
	defer tx.guard(&err)
	w = &walker{span: s}
	if tx.young.rows.Len() > 0 {
		w.above = newYoungCursor(tx.young, table, s)
		w.new = w.above.seek()
	}
	if w.below = tx.cursor(table, s); w.below != nil {
		w.old, err = w.below.seek()
	}
	return w, err
}

// next returns the next key that is there, nil at the end.
func (w *walker) next() (key, value []byte, err error) {
	for w.old.key != nil || w.new.key != nil {
		order := w.order()
		at := w.old
		if order >= 0 {
			at = w.new
			w.new = w.above.step()
		}
		if order <= 0 {
			if w.old, err = w.below.step(w.old.key); err != nil {
				return nil, nil, err
			}
		}
		if at.value != nil {
			return at.key, at.value, nil
		}
	}
	return nil, nil, nil
}

// order says which comes next: below 0 the old one, above 0 the new one, 0 both.
func (w *walker) order() int {
	switch {
	case w.new.key == nil:
		return -1
	case w.old.key == nil:
		return 1
	case w.reverse:
		return bytes.Compare(w.new.key, w.old.key)
	}
	return bytes.Compare(w.old.key, w.new.key)
}

// cursor walks one span of one bucket.
type cursor struct {
	span
	tx     *Tx
	bolt   *bolt.Cursor
	lowest []byte // the span's first key: where a reverse walk ends
}

// cursor returns nil when the table has no bucket yet.
func (tx *Tx) cursor(table string, s span) *cursor {
	b := tx.bucket(table)
	if b == nil {
		return nil
	}
	return &cursor{span: s, tx: tx, bolt: b.Cursor()}
}

// seek finds the first key of the walk.
func (c *cursor) seek() (_ hit, err error) {
	defer c.tx.guard(&err)
	if c.reverse {
		return c.seekLast()
	}
	k, v := c.bolt.Seek(c.first())
	if k != nil && bytes.Equal(k, c.after) {
		k, v = c.bolt.Next()
	}
	return c.inside(k, v), nil
}

func (c *cursor) seekLast() (hit, error) {
	end := c.end()
	c.lowest, _ = c.bolt.Seek(c.prefix)
	if c.lowest == nil || bytes.Compare(c.lowest, end) >= 0 {
		return hit{}, nil
	}
	c.bolt.Seek(end)
	return c.back()
}

// step goes on from key k.
func (c *cursor) step(k []byte) (_ hit, err error) {
	defer c.tx.guard(&err)
	if !c.reverse {
		return c.inside(c.bolt.Next()), nil
	}
	if bytes.Equal(k, c.lowest) {
		return hit{}, nil
	}
	return c.back()
}

// back finds the previous key where one is known to exist. Bolt's Prev answers nil
// also on an empty page, and its Last may circle for ever over such pages; hence the
// known lowest key.
func (c *cursor) back() (hit, error) {
	for range maxEmptyPages {
		if k, v := c.bolt.Prev(); k != nil {
			return c.inside(k, v), nil
		}
	}
	return hit{}, damagedBy(c.tx.path, errOrder)
}

// inside ends the walk at the first key beyond the span.
func (c *cursor) inside(k, v []byte) hit {
	if !bytes.HasPrefix(k, c.prefix) {
		return hit{}
	}
	return hit{k, v}
}
