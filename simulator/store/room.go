package store

import "strings"

// room is where the writer keeps what the young rows consist of: many of them together,
// because the collector looks at each piece of memory by itself, and there are tens of
// thousands of rows. A piece is given back when the last row in it has gone.
type room struct {
	places strings.Builder
	values []byte
	rows   []row
}

const (
	roomBytes = 16 << 10 // of a piece
	roomRows  = 64
	// ownRoom is how long a value is that gets a piece of its own, in bytes.
	ownRoom = 2 << 10
)

// place is where a row lies.
func (m *room) place(table string, full []byte) string {
	n := placeLength(table, full)
	if m.places.Cap()-m.places.Len() < n {
		m.places = strings.Builder{}
		m.places.Grow(max(n, roomBytes))
	}
	from := m.places.Len()
	writePlace(&m.places, table, full)
	return m.places.String()[from:]
}

// row is a row that stays.
func (m *room) row(r row) *row {
	if len(m.rows) == cap(m.rows) {
		m.rows = make([]row, 0, roomRows)
	}
	if !r.straight {
		r.value = m.value(r.value)
	}
	m.rows = append(m.rows, r)
	return &m.rows[len(m.rows)-1]
}

func (m *room) value(v []byte) []byte {
	n := len(v)
	if n == 0 || n > ownRoom {
		return v
	}
	if cap(m.values)-len(m.values) < n {
		m.values = make([]byte, 0, roomBytes)
	}
	from := len(m.values)
	m.values = append(m.values, v...)
	return m.values[from : from+n : from+n]
}
