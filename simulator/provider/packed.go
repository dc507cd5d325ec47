package provider

import (
	"encoding/binary"

	"cardsim/simulator/store"
)

// packed are the changes of a request in one piece. A full journal holds those of ten
// thousand requests: in pieces, the collector would look at half a million of them each
// time it runs.
type packed []byte

// pack keeps the changes that are the sandbox's state.
func pack(changes []store.Change) packed {
	n := 0
	for _, c := range changes {
		n += len(c.Table) + len(c.Key) + len(c.Before) + len(c.After) + 4*binary.MaxVarintLen16
	}
	p := make(packed, 0, n)
	for _, c := range changes {
		if c.Table == flowTable || c.Table == cardFlowTable {
			continue
		}
		for _, part := range [...]string{c.Table, c.Key} {
			p = append(binary.AppendUvarint(p, uint64(len(part))), part...)
		}
		for _, part := range [...][]byte{c.Before, c.After} {
			p = append(binary.AppendUvarint(p, uint64(len(part))), part...)
		}
	}
	return p
}

// changes are what was packed; nothing before or after is nil again, for no JSON is
// empty.
func (p packed) changes() []store.Change {
	list := []store.Change{}
	for len(p) > 0 {
		var parts [4][]byte
		for i := range parts {
			n, size := binary.Uvarint(p)
			p = p[size:]
			if n > 0 {
				parts[i] = p[:n:n]
			}
			p = p[n:]
		}
		list = append(list, store.Change{Table: string(parts[0]), Key: string(parts[1]), Before: parts[2], After: parts[3]})
	}
	return list
}
