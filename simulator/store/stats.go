package store

import (
	"fmt"
	"os"
	"sync"
)

// Stats count what the writer has done since Open.
type Stats struct {
	Commits       uint64 // transactions committed
	Closures      uint64 // closures committed in them
	LargestGroup  uint64 // most closures in one commit
	Failed        uint64 // closures that ended in an error or panic of their own
	FailedCommits uint64 // commits that the disk refused
}

// Stats returns the counts so far.
func (db *DB) Stats() Stats {
	db.tally.mu.Lock()
	defer db.tally.mu.Unlock()
	return db.tally.stats
}

// tally is where the writer counts.
type tally struct {
	mu    sync.Mutex
	stats Stats
}

func (t *tally) commit(closures int, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil {
		t.stats.FailedCommits++
		return
	}
	t.stats.Commits++
	t.stats.Closures += uint64(closures)
	t.stats.LargestGroup = max(t.stats.LargestGroup, uint64(closures))
}

func (t *tally) fail() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.stats.Failed++
}

// Size is the length of the database file in bytes.
func (db *DB) Size() (int64, error) {
	info, err := os.Stat(db.path)
	if err != nil {
		return 0, fmt.Errorf("look at the database: %w", err)
	}
	return info.Size(), nil
}
