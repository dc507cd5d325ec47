package simulator_test

import (
	"encoding/binary"
	"path/filepath"
	"runtime"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// puts is bbolt with a group commit and nothing else: whoever puts something waits for
// the commit that it is in, which never waits for company.
type puts struct {
	queue chan onePut
	bolt  *bolt.DB
}

type onePut struct {
	row  []byte
	done chan error
}

// mostPuts bounds one commit, as in the store.
const mostPuts = 256

func newPuts(b *testing.B, durable bool) *puts {
	b.Helper()
	db, err := bolt.Open(filepath.Join(b.TempDir(), "put.db"), 0o600, &bolt.Options{
		NoSync: !durable, NoGrowSync: !durable, FreelistType: bolt.FreelistMapType, InitialMmapSize: 64 << 20,
	})
	if err != nil {
		b.Fatal(err)
	}
	p := &puts{queue: make(chan onePut, mostPuts), bolt: db}
	ended := make(chan struct{})
	go func() { defer close(ended); p.run() }()
	b.Cleanup(func() { close(p.queue); <-ended; _ = db.Close() })
	return p
}

func (p *puts) put(row []byte) error {
	one := onePut{row, make(chan error, 1)}
	p.queue <- one
	return <-one.done
}

func (p *puts) run() {
	for first := range p.queue {
		runtime.Gosched()
		group := []onePut{first}
		for more := true; more && len(group) < mostPuts; {
			select {
			case one, open := <-p.queue:
				if more = open; open {
					group = append(group, one)
				}
			default:
				more = false
			}
		}
		err := p.bolt.Update(func(tx *bolt.Tx) error { return putAll(tx, group) })
		for _, one := range group {
			one.done <- err
		}
	}
}

func putAll(tx *bolt.Tx, group []onePut) error {
	bucket, err := tx.CreateBucketIfNotExists([]byte("puts"))
	if err != nil {
		return err
	}
	for _, one := range group {
		n, err := bucket.NextSequence()
		if err != nil {
			return err
		}
		if err := bucket.Put(binary.BigEndian.AppendUint64(nil, n), one.row); err != nil {
			return err
		}
	}
	return nil
}
