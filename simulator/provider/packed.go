package provider

import (
	"encoding/binary"

	"cardsim/simulator/wire"
)

// packed are the changes of a request in one piece. A full journal holds those of ten
// thousand requests: in pieces, the collector would look at half a million of them each
// time it runs.
type packed []byte

// pack keeps the changes that are the sandbox's state.
func pack(tx *Tx) packed {
	n := 0
	eachState(tx, func(table string, key, before, after []byte) {
		n += len(table) + len(key) + len(before) + len(after) + 4*binary.MaxVarintLen16
	})
	if n == 0 {
		return nil
	}
	p := make(packed, 0, n)
	eachState(tx, func(table string, key, before, after []byte) {
		p = append(binary.AppendUvarint(p, uint64(len(table))), table...)
		for _, part := range [...][]byte{key, before, after} {
			p = append(binary.AppendUvarint(p, uint64(len(part))), part...)
		}
	})
	return p
}

func eachState(tx *Tx, fn func(table string, key, before, after []byte)) {
	tx.Changes(func(table string, key, before, after []byte) {
		if table != flowTable && table != cardFlowTable {
			fn(table, key, before, after)
		}
	})
}

// each hands out what was packed, in order: table, key, before and after. Nothing before
// or after is empty, for no JSON is.
func (p packed) each(fn func(parts [4][]byte)) {
	for len(p) > 0 {
		var parts [4][]byte
		for i := range parts {
			n, size := binary.Uvarint(p)
			p = p[size:]
			parts[i], p = p[:n:n], p[n:]
		}
		fn(parts)
	}
}

// appendJSON writes them as a list of [store.Change].
func (p packed) appendJSON(b []byte) []byte {
	b = append(b, '[')
	p.each(func(parts [4][]byte) {
		if b[len(b)-1] != '[' {
			b = append(b, ',')
		}
		b = wire.AppendText(append(b, `{"table":`...), parts[0])
		b = wire.AppendText(append(b, `,"key":`...), parts[1])
		b = appendValue(append(b, `,"before":`...), parts[2])
		b = append(appendValue(append(b, `,"after":`...), parts[3]), '}')
	})
	return append(b, ']')
}

func appendValue(b, value []byte) []byte {
	if len(value) == 0 {
		return append(b, "null"...)
	}
	return append(b, value...)
}
