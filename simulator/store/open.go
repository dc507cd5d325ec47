package store

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
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
	// Straight names tables whose rows are written to their pages with their own commit,
	// where others wait until many are folded together: for much that is written in
	// order by somebody who does not wait for it. Who reads may see them a moment
	// before the rest of their commit.
	Straight []string
	// Observer is told of what is committed.
	Observer Observer

	limits *limits // for tests; nil means the usual ones
}

// DB is one open database file. Its methods may be called from any goroutine.
type DB struct {
	path      string
	ephemeral bool
	straight  []string
	bolt      *bolt.DB
	queue     *queue
	drained   chan struct{} // closed when the writer has gone
	closing   sync.Once

	decoded *decoded
	readers readers

	tally    tally
	observer Observer
	tidier   tidier

	// What follows belongs to the writer.

	rows   *young // as everybody sees them
	draft  draft
	beside *beside // what is being folded; or nil
	sweep  sweep
	spent  int // about how much was written since the last sweep began, in bytes
	limits limits
	// broken is set when bolt panicked during a commit: what it holds in memory cannot
	// be trusted any more.
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
		FreelistType:    bolt.FreelistArrayType, // a commit writes it in order: a map would be sorted for each
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
	db := &DB{
		path: path, ephemeral: o.Ephemeral, straight: o.Straight, bolt: b, queue: newQueue(),
		drained: make(chan struct{}), decoded: newDecoded(), observer: o.Observer,
	}
	if db.limits = usualLimits(o.Ephemeral); o.limits != nil {
		db.limits = *o.limits
	}
	if err := db.takeUp(); err != nil {
		_ = b.Close()
		return nil, err
	}
	db.tidier.begin()
	go db.run(nil)
	return db, nil
}

// takeUp folds what a former process committed and did not fold.
func (db *DB) takeUp() error {
	rows, turn := newYoung(), uint64(0)
	err := readBolt(db.bolt, db.path, func(tx *bolt.Tx) (err error) {
		turn, err = readLog(tx, rows)
		return err
	})
	switch {
	case errors.Is(err, errRecord):
		return damagedBy(db.path, err)
	case err != nil:
		return err
	}
	db.rows, db.draft = rows, draft{rows: rows.copy(), turn: turn, logs: !db.ephemeral}
	db.readers.show(rows)
	if rows.rows.Len() > 0 {
		_ = db.saveAll() // where that cannot be, they stay in the log
	}
	return db.broken
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
	db.tidier.end()
	db.closing.Do(func() {
		db.collect(true)
		if db.broken == nil && db.rows.rows.Len() > 0 {
			_ = db.saveAll() // where that cannot be, they stay in the log
		}
	})
	db.readers.close()
	return db.bolt.Close()
}
