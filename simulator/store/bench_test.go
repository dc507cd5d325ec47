package store

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// BenchmarkPut measures one put per transaction by 1, 16 and 64 writers at a time, next
// to bolt's own Batch doing the same.
func BenchmarkPut(b *testing.B) {
	for _, o := range []struct {
		name string
		Options
	}{{"ephemeral", Options{Ephemeral: true}}, {"durable", Options{}}} {
		for _, writers := range []int{1, 16, 64} {
			b.Run(fmt.Sprintf("%s/writers=%d/store", o.name, writers), func(b *testing.B) { benchStore(b, o.Options, writers) })
			b.Run(fmt.Sprintf("%s/writers=%d/batch", o.name, writers), func(b *testing.B) { benchBatch(b, o.Options, writers) })
		}
	}
}

func benchStore(b *testing.B, o Options, writers int) {
	db, table := openAt(b, filepath.Join(b.TempDir(), "bench.db"), o), NewTable[item]("items")
	spread(b, writers, func(key string, v item) error {
		return db.Update(func(tx *Tx) error { return table.Put(tx, "default", key, v) })
	})
	if s := db.Stats(); s.Commits > 0 {
		b.ReportMetric(float64(s.Closures)/float64(s.Commits), "puts/commit")
	}
}

func benchBatch(b *testing.B, o Options, writers int) {
	db, err := bolt.Open(filepath.Join(b.TempDir(), "bench.db"), 0o600, &bolt.Options{
		NoSync: o.Ephemeral, NoGrowSync: o.Ephemeral, FreelistType: bolt.FreelistMapType, InitialMmapSize: firstMapping,
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	})
	spread(b, writers, func(key string, v item) error {
		return db.Batch(func(tx *bolt.Tx) error {
			bucket, err := tx.CreateBucketIfNotExists([]byte("items"))
			if err != nil {
				return err
			}
			value, err := json.Marshal(v)
			if err != nil {
				return err
			}
			return bucket.Put([]byte("default\x00"+key), value)
		})
	})
}

// spread divides b.N puts with rising keys among the writers.
func spread(b *testing.B, writers int, put func(key string, v item) error) {
	var next atomic.Int64
	var all sync.WaitGroup
	v := item{Name: "a payment of ordinary size", Cents: 12345, Tags: []string{"visa", "approved"}}
	b.ResetTimer()
	for range writers {
		all.Go(func() {
			for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
				if err := put(fmt.Sprintf("%010d", i), v); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	b.StopTimer()
}
