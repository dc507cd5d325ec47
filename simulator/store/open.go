package store

import (
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"
)

const (
	// firstMapping is virtual address space only: a writer that never has to map
	// the file anew never has to wait for readers.
	firstMapping = 64 << 20

	// growth is how much a durable file grows at a time. Bolt's own 16 MiB would
	// make the smallest file look that big.
	growth = 1 << 20

	// atOnce makes bolt try the lock a single time; its own zero means for ever.
	atOnce = time.Nanosecond
)

// Options say how a file is opened. The zero value is right for a file that lasts.
type Options struct {
	// Ephemeral leaves out every fsync: for a temporary file that nobody opens again.
	Ephemeral bool
	// Timeout is how long to wait while another process holds the file; 0 fails at once.
	Timeout time.Duration
	// Observer is told of what is committed.
	Observer Observer
}

// DB is one open database file. Its methods may be called from any goroutine.
type DB struct {
	path    string
	bolt    *bolt.DB
	queue   *queue
	drained chan struct{} // closed when the writer has gone

	decoded *decoded
	readers readers

	tally    tally
	observer Observer

	// broken is set when bolt panicked during a commit: what it holds in memory
	// cannot be trusted any more. Only the writer touches it.
	broken error
}

// Open opens the database at path, and creates it when there is none. Files are
// readable by their owner only.
//
// It returns a *LockedError when the file is in use, a *VersionError when it is of
// a newer program, a *DamagedError when it is no database of cardsim; in all three
// cases the file is left as it was. Everything else that the system refuses is
// returned with the path in it.
func Open(path string, o Options) (*DB, error) {
	fresh, err := inspect(path, o.Timeout)
	if err != nil {
		return nil, err
	}
	b, err := openBolt(path, &bolt.Options{
		Timeout:         max(o.Timeout, atOnce),
		FreelistType:    bolt.FreelistMapType,
		NoSync:          o.Ephemeral,
		NoGrowSync:      o.Ephemeral,
		InitialMmapSize: firstMapping,
		NoStatistics:    true,
	})
	if err != nil {
		return nil, err
	}
	b.AllocSize = growth
	if err := settleSchema(b, path); err != nil {
		_ = b.Close()
		return nil, err
	}
	if fresh && !o.Ephemeral {
		syncFolder(filepath.Dir(path))
	}
	db := &DB{path: path, bolt: b, queue: newQueue(), drained: make(chan struct{}), decoded: newDecoded(), observer: o.Observer}
	go db.write(nil)
	return db, nil
}

// syncFolder makes the entry of a new file last through a power cut. Some systems
// cannot sync a folder; they are no worse off than without the attempt.
func syncFolder(path string) {
	folder, err := os.Open(path)
	if err != nil {
		return
	}
	_ = folder.Sync()
	_ = folder.Close()
}

// Path returns the path given to Open.
func (db *DB) Path() string { return db.path }

// Close lets the writer finish what was accepted, waits for open readers and
// closes the file. A second call does nothing. It must not be called from inside a
// closure.
func (db *DB) Close() error {
	db.queue.close()
	<-db.drained
	db.readers.close()
	return db.bolt.Close()
}
