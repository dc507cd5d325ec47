package store

import (
	"bytes"
	"hash/maphash"
	"reflect"
	"sync"
	"sync/atomic"
)

const (
	// decodedSlots is how many values are remembered at most.
	decodedSlots = 1024
	// decodedMost is the longest text whose value is remembered, in bytes.
	decodedMost = 4 << 10
)

// decoded remembers what texts were decoded to, because decoding costs more than
// everything else in a read. A value is handed out only for the very bytes that it
// came of, so that nothing has to be taken back when a row changes or a
// transaction is rolled back, and as a copy, so that it stays as it was. What is read
// gets in at once: a request reads the same row twice and more, to tell what it is about
// and to answer.
type decoded struct {
	seed   maphash.Seed
	slots  [decodedSlots]atomic.Pointer[remembered]
	copies sync.Map // reflect.Type -> plan of copying
}

// remembered is a value with all that it depends on.
type remembered struct {
	table    string
	key, raw []byte
	value    any // *T
	copy     copier
}

func newDecoded() *decoded { return &decoded{seed: maphash.MakeSeed()} }

func (d *decoded) slot(table string, key []byte) *atomic.Pointer[remembered] {
	h := maphash.Bytes(d.seed, key) ^ maphash.String(d.seed, table)
	return &d.slots[h%decodedSlots]
}

// is says whether a value came of these bytes.
func (r *remembered) is(table string, key, raw []byte) bool {
	return r != nil && r.table == table && bytes.Equal(r.raw, raw) && bytes.Equal(r.key, key)
}

// recall decodes the bytes under a key, or hands out a copy of what they were
// decoded to before.
func (t Table[T]) recall(d *decoded, full, raw []byte) (T, error) {
	if d == nil || len(raw) > decodedMost {
		return t.decode(full, raw)
	}
	s := d.slot(t.name, full)
	if r := s.Load(); r.is(t.name, full, raw) {
		if v, ok := r.value.(*T); ok {
			return copied(*v, r.copy), nil
		}
	}
	v, err := t.decode(full, raw)
	if err != nil {
		return v, err
	}
	plan := d.copying(reflect.TypeFor[T]())
	if plan.possible {
		kept := copied(v, plan.copy)
		s.Store(&remembered{table: t.name, key: full, raw: bytes.Clone(raw), value: &kept, copy: plan.copy})
	}
	return v, nil
}

// copied is a copy that shares nothing that can be written to.
func copied[T any](v T, c copier) T {
	if c == nil {
		return v
	}
	own := v // on the heap, unlike v
	c(reflect.ValueOf(&own).Elem())
	return own
}

// copying returns how values of a type are copied.
func (d *decoded) copying(t reflect.Type) copyPlan {
	if known, ok := d.copies.Load(t); ok {
		if p, ok := known.(copyPlan); ok {
			return p
		}
	}
	p := planCopy(t, 0)
	d.copies.Store(t, p)
	return p
}
