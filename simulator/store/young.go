package store

import (
	"strings"

	"github.com/tidwall/btree"
)

// row is what was last written under a key.
type row struct {
	value    []byte // nil where the key was deleted
	turn     uint64 // the commit that wrote it
	rising   bool   // of a table whose keys come in their order
	straight bool   // goes to its table with its own commit
}

// young are the rows that were committed and have not been folded into their tables
// yet. They lie over the tables: what stands here counts, a deleted key too. Only the
// writer changes one, and shows others a copy, which never changes.
type young struct {
	rows *btree.Map[string, *row] // by table, separator and full key; a row never changes
	size int                      // about what they take, in bytes
}

// rowWeight is about what a row takes beyond its key and its value, in bytes.
const rowWeight = 100

// youngDegree makes small nodes: each commit copies those that it changes.
const youngDegree = 8

func newYoung() *young { return &young{rows: btree.NewMap[string, *row](youngDegree)} }

// copy costs nothing: what both hold is shared until one of them changes it.
func (y *young) copy() *young { return &young{rows: y.rows.Copy(), size: y.size} }

// place is where a row lies.
func place(table string, full []byte) string {
	var b strings.Builder
	b.Grow(placeLength(table, full))
	writePlace(&b, table, full)
	return b.String()
}

func placeLength(table string, full []byte) int { return len(table) + 1 + len(full) }

func writePlace(b *strings.Builder, table string, full []byte) {
	b.WriteString(table)
	b.WriteByte(separator)
	b.Write(full)
}

// split is the reverse of place.
func split(at string) (table, full string) {
	table, full, _ = strings.Cut(at, string(rune(separator)))
	return table, full
}

// find returns what lies over a key of a table.
func (y *young) find(table string, full []byte) (row, bool) {
	if y.rows.Len() == 0 {
		return row{}, false
	}
	return y.get(place(table, full))
}

func (y *young) get(at string) (row, bool) {
	if r, ok := y.rows.Get(at); ok {
		return *r, true
	}
	return row{}, false
}

// set puts a row and returns the one that was there.
func (y *young) set(at string, r *row) (former row, had bool) {
	before, had := y.rows.Set(at, r)
	if had {
		former = *before
	} else {
		y.size += len(at) + rowWeight
	}
	y.size += len(r.value) - len(former.value)
	return former, had
}

// drop takes a row away, so that its table's own shows again.
func (y *young) drop(at string) {
	if former, had := y.rows.Delete(at); had {
		y.size -= len(at) + rowWeight + len(former.value)
	}
}

// tables calls fn for every table that has rows here.
func (y *young) tables(fn func(table string)) {
	it := y.rows.Iter()
	for ok := it.First(); ok; {
		table, _ := split(it.Key())
		fn(table)
		ok = it.Seek(table + string(rune(separator+1)))
	}
}

// youngCursor walks one span of the young rows of a table.
type youngCursor struct {
	span
	table  string
	prefix string // what the places of the span begin with
	at     btree.MapIter[string, *row]
}

func newYoungCursor(y *young, table string, s span) *youngCursor {
	return &youngCursor{span: s, table: table, prefix: place(table, s.prefix), at: y.rows.Iter()}
}

// seek finds the first row of the walk.
func (c *youngCursor) seek() hit {
	if c.reverse {
		if c.at.Seek(place(c.table, c.end())) {
			return c.hit(c.at.Prev())
		}
		return c.hit(c.at.Last())
	}
	ok := c.at.Seek(place(c.table, c.first()))
	if ok && c.after != nil && c.at.Key() == place(c.table, c.after) {
		ok = c.at.Next()
	}
	return c.hit(ok)
}

// step goes on.
func (c *youngCursor) step() hit {
	if c.reverse {
		return c.hit(c.at.Prev())
	}
	return c.hit(c.at.Next())
}

func (c *youngCursor) hit(ok bool) hit {
	if !ok || !strings.HasPrefix(c.at.Key(), c.prefix) {
		return hit{}
	}
	_, full := split(c.at.Key())
	return hit{key: []byte(full), value: c.at.Value().value}
}
