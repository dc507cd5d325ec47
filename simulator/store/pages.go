package store

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"os"

	bolt "go.etcd.io/bbolt"
)

// The layout of bolt's pages, version 2 of its format: numbers are in the byte order
// of the machine.
const (
	pageHeader    = 16 // id 8, flags 2, count 2, overflow 4
	elementSize   = 16 // branch: pos 4, key 4, page 8; leaf: flags 4, pos 4, key 4, value 4
	branchPage    = 0x01
	leafPage      = 0x02
	bucketElement = 0x01
	headSum       = 56 // where a head's check sum stands, behind the page header
	maxFound      = 100
)

// anatomy reads the pages of a file by itself, each once and within its bounds,
// before bolt follows them: bolt trusts page numbers and lengths, and a wrong one
// would send it round in circles or out of its mapping.
type anatomy struct {
	file  *os.File
	size  uint64 // of a page
	end   uint64 // the first page that is not in use
	seen  map[uint64]bool
	found []error
	// broken says that the tree cannot be followed safely.
	broken bool
}

func newAnatomy(path string, tx *bolt.Tx) (*anatomy, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the database: %w", err)
	}
	size := uint64(tx.DB().Info().PageSize)
	return &anatomy{file: file, size: size, end: uint64(tx.Size()) / size, seen: map[uint64]bool{}}, nil
}

func (a *anatomy) close() { _ = a.file.Close() }

func (a *anatomy) note(format string, args ...any) {
	if len(a.found) < maxFound {
		a.found = append(a.found, fmt.Errorf(format, args...))
	}
}

// bad notes what makes the tree unsafe to follow.
func (a *anatomy) bad(format string, args ...any) {
	a.broken = true
	a.note(format, args...)
}

// heads checks both head pages. Bolt lives with one that is damaged and then shows
// the file as of the commit before, without a word.
func (a *anatomy) heads() {
	for id := range uint64(2) {
		head := make([]byte, headSum+8)
		if _, err := a.file.ReadAt(head, int64(id*a.size+pageHeader)); err != nil {
			a.note("head page %d cannot be read: %w", id, err)
			continue
		}
		sum := fnv.New64a()
		_, _ = sum.Write(head[:headSum])
		if sum.Sum64() != binary.NativeEndian.Uint64(head[headSum:]) {
			a.note("head page %d is damaged: the file shows what the other one knows, and the last commit may be missing", id)
		}
	}
}

// tree walks all pages that are reached from root.
func (a *anatomy) tree(root uint64) {
	for todo := []uint64{root}; len(todo) > 0 && len(a.found) < maxFound; {
		id := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if page, ok := a.page(id); ok {
			todo = append(todo, a.children(id, page)...)
		}
	}
}

// page reads one page with what overflows from it.
func (a *anatomy) page(id uint64) ([]byte, bool) {
	if id < 2 || id >= a.end {
		a.bad("page %d is pointed to and does not exist: %d are in use", id, a.end)
		return nil, false
	}
	head := make([]byte, pageHeader)
	if _, err := a.file.ReadAt(head, int64(id*a.size)); err != nil {
		a.bad("page %d cannot be read: %w", id, err)
		return nil, false
	}
	more := uint64(binary.NativeEndian.Uint32(head[12:]))
	if own := binary.NativeEndian.Uint64(head); own != id || id+more >= a.end {
		a.bad("page %d is damaged: it calls itself %d and reaches over %d more pages", id, own, more)
		return nil, false
	}
	for n := id; n <= id+more; n++ {
		if a.seen[n] {
			a.bad("page %d is pointed to more than once", n)
			return nil, false
		}
		a.seen[n] = true
	}
	page := make([]byte, (more+1)*a.size)
	if _, err := a.file.ReadAt(page, int64(id*a.size)); err != nil {
		a.bad("page %d cannot be read: %w", id, err)
		return nil, false
	}
	return page, true
}
