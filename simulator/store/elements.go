package store

import "encoding/binary"

// children checks what stands in a page and returns the pages that it points to.
func (a *anatomy) children(id uint64, page []byte) []uint64 {
	flags, count := binary.NativeEndian.Uint16(page[8:]), int(binary.NativeEndian.Uint16(page[10:]))
	if pageHeader+count*elementSize > len(page) {
		a.bad("page %d is damaged: it counts %d entries, more than it can hold", id, count)
		return nil
	}
	switch flags {
	case branchPage:
		return a.branches(id, page, count)
	case leafPage:
		return a.leaves(id, page, count)
	default:
		a.bad("page %d is damaged: it is no page of a table (kind %#x)", id, flags)
		return nil
	}
}

func (a *anatomy) branches(id uint64, page []byte, count int) (next []uint64) {
	if count == 0 {
		a.bad("page %d is damaged: it leads nowhere", id)
	}
	for i := range count {
		at := pageHeader + i*elementSize
		if _, ok := part(page, at, at, binary.NativeEndian.Uint32(page[at+4:])); !ok {
			a.bad("page %d is damaged: entry %d reaches beyond it", id, i)
			return nil
		}
		next = append(next, binary.NativeEndian.Uint64(page[at+8:]))
	}
	return next
}

func (a *anatomy) leaves(id uint64, page []byte, count int) (next []uint64) {
	for i := range count {
		at := pageHeader + i*elementSize
		key, length := binary.NativeEndian.Uint32(page[at+8:]), binary.NativeEndian.Uint32(page[at+12:])
		both, ok := part(page, at, at+4, key, length)
		if !ok {
			a.bad("page %d is damaged: entry %d reaches beyond it", id, i)
			return nil
		}
		if binary.NativeEndian.Uint32(page[at:])&bucketElement == 0 {
			continue
		}
		root, ok := a.bucket(id, both[key:])
		if !ok {
			return nil
		}
		if root != 0 {
			next = append(next, root)
		}
	}
	return next
}

// bucket reads where a bucket's tree begins; 0 is one that is small enough to stand
// in its parent's page, and is checked at once.
func (a *anatomy) bucket(id uint64, value []byte) (root uint64, ok bool) {
	if len(value) < 16 {
		a.bad("page %d is damaged: the head of a table is cut off", id)
		return 0, false
	}
	if root = binary.NativeEndian.Uint64(value); root != 0 {
		return root, true
	}
	inline := value[16:]
	if len(inline) < pageHeader || binary.NativeEndian.Uint16(inline[8:]) != leafPage {
		a.bad("page %d is damaged: a small table in it has no entries' page", id)
		return 0, false
	}
	before := len(a.found)
	a.children(id, inline)
	return 0, len(a.found) == before
}

// part is what an entry at holds, as bolt finds it: pos, which stands at posAt, counts
// from the entry's own beginning.
func part(page []byte, at, posAt int, lengths ...uint32) ([]byte, bool) {
	from := uint64(at) + uint64(binary.NativeEndian.Uint32(page[posAt:]))
	to := from
	for _, n := range lengths {
		to += uint64(n)
	}
	if from > uint64(len(page)) || to > uint64(len(page)) {
		return nil, false
	}
	return page[from:to], true
}
