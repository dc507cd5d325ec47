package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	bolt "go.etcd.io/bbolt"
)

// Reader is a database file that is looked at and never changed: for the doctor of
// a suspect file. Its methods are for one goroutine.
type Reader struct {
	path   string
	bolt   *bolt.DB // nil for a file of no bytes
	schema uint64
}

// OpenReader opens the file at path for reading only; it neither makes nor changes
// one. It returns what [Open] returns for a file that cannot be opened, and an
// error that is [fs.ErrNotExist] where there is none. A running cardsim holds the
// file, so that this is a *LockedError at once.
func OpenReader(path string) (*Reader, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no database %q: %w", path, fs.ErrNotExist)
	case err != nil:
		return nil, fmt.Errorf("open the database: %w", err)
	case info.IsDir() || !info.Mode().IsRegular():
		return nil, fmt.Errorf("open the database %q: it is not a regular file", path)
	case info.Size() == 0:
		return &Reader{path: path}, nil
	}
	// The free list is read here, under the protection that reading it later, in a
	// goroutine of bolt's own, would not have.
	b, err := openBolt(path, &bolt.Options{ReadOnly: true, Timeout: atOnce, NoStatistics: true, PreLoadFreelist: true})
	if err != nil {
		return nil, err
	}
	r := &Reader{path: path, bolt: b}
	if err := r.judge(); err != nil {
		_ = b.Close()
		return nil, err
	}
	return r, nil
}

// judge refuses a file that is cut off or not ours.
func (r *Reader) judge() error {
	if err := inspectLength(r.bolt, r.path); err != nil {
		return err
	}
	var err error
	r.schema, err = readSchema(r.bolt, r.path)
	return err
}

// Empty says that nothing was ever committed to the file: its maker was stopped
// before the first commit. [Open] finishes such a file.
func (r *Reader) Empty() bool { return r.schema == 0 }

// Schema is the file's schema version, 0 for an empty one.
func (r *Reader) Schema() uint64 { return r.schema }

// Logged says that a process was killed while it had the file open: what it committed
// last is in the log, and [Open] folds it.
func (r *Reader) Logged() bool { return r.schema == schemaLogged }

// View runs fn over the file's content; see [DB.View]. It must not be called when
// Pages found something: bolt trusts the pages that it follows.
func (r *Reader) View(fn func(*Tx) error) error {
	if r.bolt == nil {
		return nil
	}
	return readBolt(r.bolt, r.path, func(b *bolt.Tx) error {
		rows := newYoung()
		if _, err := readLog(b, rows); err != nil {
			return damagedBy(r.path, err)
		}
		tx := &Tx{bolt: b, path: r.path, buckets: newBuckets(b), young: rows}
		defer tx.end()
		return fn(tx)
	})
}

// Pages reads every page that is in use and returns what is wrong with them: in the
// two heads of the file, in the tree, and then by bolt's own check in the order of
// keys and in the free list. At most a hundred findings are given.
func (r *Reader) Pages() (found []error, err error) {
	if r.bolt == nil {
		return nil, nil
	}
	err = readBolt(r.bolt, r.path, func(tx *bolt.Tx) error {
		a, err := newAnatomy(r.path, tx)
		if err != nil {
			return err
		}
		defer a.close()
		a.heads()
		a.tree(uint64(tx.Cursor().Bucket().Root()))
		if !a.broken {
			for err := range tx.Check() { // to its end: bolt waits for a listener
				a.note("%w", err)
			}
		}
		found = a.found
		return nil
	})
	return found, err
}

// Close gives the file back.
func (r *Reader) Close() error {
	if r.bolt == nil {
		return nil
	}
	return r.bolt.Close()
}
