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

// walk calls fn for the keys of a span. Key and value belong to bolt.
func (tx *Tx) walk(table string, s span, fn func(key, value []byte) (bool, error)) error {
	c, err := tx.cursor(table, s)
	if c == nil || err != nil {
		return err
	}
	k, v, err := c.seek()
	for err == nil && k != nil {
		writes := tx.writes
		more, failed := fn(k, v)
		if failed != nil || !more {
			return failed
		}
		if tx.writes == writes {
			k, v, err = c.step(k)
		} else { // bolt's cursor does not outlive a write
			c.after = k
			k, v, err = c.seek()
		}
	}
	return err
}

// cursor walks one span of one bucket.
type cursor struct {
	span
	tx     *Tx
	bolt   *bolt.Cursor
	lowest []byte // the span's first key: where a reverse walk ends
}

// cursor returns nil when the table has no bucket yet.
func (tx *Tx) cursor(table string, s span) (c *cursor, err error) {
	if err := tx.readable(); err != nil {
		return nil, err
	}
	defer tx.guard(&err)
	b := tx.bucket(table)
	if b == nil {
		return nil, nil
	}
	return &cursor{span: s, tx: tx, bolt: b.Cursor()}, nil
}

// seek finds the first key of the walk; a nil key means there is none.
func (c *cursor) seek() (k, v []byte, err error) {
	defer c.tx.guard(&err)
	if c.reverse {
		return c.seekLast()
	}
	from := c.prefix
	if bytes.Compare(c.after, from) > 0 {
		from = c.after
	}
	k, v = c.bolt.Seek(from)
	if k != nil && c.after != nil && bytes.Equal(k, c.after) {
		k, v = c.bolt.Next()
	}
	return c.inside(k, v)
}

func (c *cursor) seekLast() (k, v []byte, err error) {
	end := successor(c.prefix)
	if c.after != nil && bytes.Compare(c.after, end) < 0 {
		end = c.after
	}
	c.lowest, _ = c.bolt.Seek(c.prefix)
	if c.lowest == nil || bytes.Compare(c.lowest, end) >= 0 {
		return nil, nil, nil
	}
	c.bolt.Seek(end)
	return c.back()
}

// step goes on from key k.
func (c *cursor) step(k []byte) (_, v []byte, err error) {
	defer c.tx.guard(&err)
	if !c.reverse {
		return c.inside(c.bolt.Next())
	}
	if bytes.Equal(k, c.lowest) {
		return nil, nil, nil
	}
	return c.back()
}

// back finds the previous key where one is known to exist. Bolt's Prev answers nil
// not only at the beginning but also on a page that this transaction has emptied,
// and its Last may circle for ever over such pages; hence the known lowest key.
func (c *cursor) back() (k, v []byte, err error) {
	for range maxEmptyPages {
		if k, v = c.bolt.Prev(); k != nil {
			return c.inside(k, v)
		}
	}
	return nil, nil, damagedBy(c.tx.path, errOrder)
}

// inside ends the walk at the first key beyond the span.
func (c *cursor) inside(k, v []byte) ([]byte, []byte, error) {
	if !bytes.HasPrefix(k, c.prefix) {
		return nil, nil, nil
	}
	return k, v, nil
}
