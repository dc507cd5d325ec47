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
	decodedSlots = 16_384
	// decodedRoom is about how much they may take together, in bytes.
	decodedRoom = 6 << 20
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
	held   atomic.Int64 // what the values take
	slots  [decodedSlots]atomic.Pointer[remembered]
	copies sync.Map // reflect.Type -> plan of copying
}

// remembered is a value with all that it depends on.
type remembered struct {
	table    string
	key, raw []byte
	value    any // *T
	copy     copier
	asked    atomic.Bool // for, since it was last spared
}

func newDecoded() *decoded { return &decoded{seed: maphash.MakeSeed()} }

func (d *decoded) hash(table string, key []byte) uint64 {
	return maphash.Bytes(d.seed, key) ^ maphash.String(d.seed, table)
}

// keep puts a value in one of the two places of its hash. Where there is no room left,
// what stands behind them goes.
func (d *decoded) keep(h uint64, r *remembered) {
	d.put(d.choose(h, r), r)
	for n := h + 2; d.held.Load() > decodedRoom; n++ {
		d.put(n, nil)
	}
}

// choose finds the place for a value: that of a former value of its row, which nobody
// will ask for again, else an empty one, else one that nobody asked for of late.
func (d *decoded) choose(h uint64, r *remembered) uint64 {
	here, there := d.slots[h%decodedSlots].Load(), d.slots[(h^1)%decodedSlots].Load()
	switch {
	case here.row(r):
		return h
	case there.row(r):
		return h ^ 1
	case here == nil:
		return h
	case there == nil:
		return h ^ 1
	case !here.asked.Load():
		return h
	case !there.asked.Load():
		return h ^ 1
	}
	here.asked.Store(false)
	there.asked.Store(false)
	return h
}

// put puts a value in a place.
func (d *decoded) put(h uint64, r *remembered) {
	former := d.slots[h%decodedSlots].Swap(r)
	d.held.Add(r.weight() - former.weight())
}

// find looks for the value that came of these bytes.
func (d *decoded) find(h uint64, table string, key, raw []byte) *remembered {
	for _, at := range [...]uint64{h, h ^ 1} {
		if r := d.slots[at%decodedSlots].Load(); r.is(table, key, raw) {
			if !r.asked.Load() {
				r.asked.Store(true)
			}
			return r
		}
	}
	return nil
}

// weight is about what a value takes: its text, itself, and what stands around them.
func (r *remembered) weight() int64 {
	if r == nil {
		return 0
	}
	return int64(3*len(r.raw) + len(r.key) + 256)
}

// is says whether a value came of these bytes.
func (r *remembered) is(table string, key, raw []byte) bool {
	return r != nil && r.table == table && bytes.Equal(r.raw, raw) && bytes.Equal(r.key, key)
}

// row says whether another is a value of the same row.
func (r *remembered) row(other *remembered) bool {
	return r != nil && r.table == other.table && bytes.Equal(r.key, other.key)
}

// recall decodes the bytes under a key, or hands out a copy of what they were
// decoded to before.
func (t Table[T]) recall(d *decoded, full, raw []byte) (T, error) {
	if d == nil || len(raw) > decodedMost {
		return t.decode(full, raw)
	}
	h := d.hash(t.name, full)
	if r := d.find(h, t.name, full, raw); r != nil {
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
		d.keep(h, &remembered{table: t.name, key: full, raw: bytes.Clone(raw), value: &kept, copy: plan.copy})
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
