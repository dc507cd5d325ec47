package store

import (
	"fmt"
	"strconv"

	bolt "go.etcd.io/bbolt"
)

// The layouts that this program writes. A change that an older program would misread
// raises the version.
const (
	schemaTables = 1 // everything is in the tables
	schemaLogged = 2 // what was committed last is in the log
	// schemaVersion is the newest.
	schemaVersion = schemaLogged
)

// Names inside the file; golden tests pin them.
const (
	metaBucket = "cardsim"
	schemaKey  = "schema"
)

// readSchema returns the file's schema version, 0 for an empty database: one that
// was made a moment ago, or whose maker died before its first commit.
func readSchema(b *bolt.DB, path string) (version uint64, err error) {
	err = readBolt(b, path, func(tx *bolt.Tx) error {
		if name, _ := tx.Cursor().First(); name == nil {
			return nil
		}
		meta := tx.Bucket([]byte(metaBucket))
		if meta == nil {
			return &DamagedError{path, "it is a bbolt file of another program"}
		}
		text := string(meta.Get([]byte(schemaKey)))
		version, err = strconv.ParseUint(text, 10, 64)
		if err != nil || version == 0 {
			return &DamagedError{path, fmt.Sprintf("its schema version reads %.20q", text)}
		}
		if version > schemaVersion {
			return &VersionError{Path: path, Found: version, Supported: schemaVersion}
		}
		return nil
	})
	return version, err
}

// settleSchema judges the file once more, now under the exclusive lock, and marks
// an empty one as ours.
func settleSchema(b *bolt.DB, path string) error {
	version, err := readSchema(b, path)
	if err != nil || version != 0 {
		return err
	}
	err = b.Update(func(tx *bolt.Tx) error {
		return writeSchema(tx, schemaTables)
	})
	if err != nil {
		return fmt.Errorf("prepare the database %q: %w", path, err)
	}
	return nil
}

func writeSchema(tx *bolt.Tx, version uint64) error {
	meta, err := tx.CreateBucketIfNotExists([]byte(metaBucket))
	if err != nil {
		return err
	}
	return meta.Put([]byte(schemaKey), strconv.AppendUint(nil, version, 10))
}
