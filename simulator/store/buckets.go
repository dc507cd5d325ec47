package store

import bolt "go.etcd.io/bbolt"

// buckets are the tables of one bolt transaction that were looked for so far: the way
// to one from the root costs more than what is looked up in it.
type buckets struct {
	bolt  *bolt.Tx
	known map[string]*bolt.Bucket // nil where there is none
}

func newBuckets(tx *bolt.Tx) *buckets { return &buckets{bolt: tx, known: map[string]*bolt.Bucket{}} }

// find returns a table's bucket, nil when there is none.
func (b *buckets) find(table string) *bolt.Bucket {
	bucket, known := b.known[table]
	if !known {
		bucket = b.bolt.Bucket(bucketOf(table))
		b.known[table] = bucket
	}
	return bucket
}

// risen is how full a page of rising keys is left when the next begins: nothing will
// come in between.
const risen = 0.95

// make returns a table's bucket, a new one when there is none.
func (b *buckets) make(table string, rising bool) (*bolt.Bucket, error) {
	bucket := b.find(table)
	if bucket == nil {
		var err error
		if bucket, err = b.bolt.CreateBucket(bucketOf(table)); err != nil {
			return nil, err
		}
		b.known[table] = bucket
	}
	if rising {
		bucket.FillPercent = risen
	}
	return bucket, nil
}
