package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"strings"

	bolt "go.etcd.io/bbolt"
)

// logBucket holds what was committed and is not in the tables yet: one record for each
// commit, under its number.
const logBucket = "log"

// Flags of a change in a record.
const (
	changeDeletes = 1 << iota
	changeRises
)

// errRecord is met only in a damaged file.
var errRecord = errors.New("a record of its log is unreadable")

// appendChange adds one change to a record: flags, the length of the place, the place,
// and unless it deletes, the length of the value and the value.
func appendChange(record []byte, at string, r row) []byte {
	var flags byte
	if r.value == nil {
		flags |= changeDeletes
	}
	if r.rising {
		flags |= changeRises
	}
	record = append(record, flags)
	record = binary.AppendUvarint(record, uint64(len(at)))
	record = append(record, at...)
	if r.value == nil {
		return record
	}
	record = binary.AppendUvarint(record, uint64(len(r.value)))
	return append(record, r.value...)
}

// eachChange reads a record.
func eachChange(record []byte, fn func(at string, r row)) error {
	for len(record) > 0 {
		flags := record[0]
		at, rest, ok := cutLong(record[1:])
		if !ok || flags&^(changeDeletes|changeRises) != 0 || !sound(string(at)) {
			return errRecord
		}
		r := row{rising: flags&changeRises != 0}
		if flags&changeDeletes == 0 {
			if r.value, rest, ok = cutLong(rest); !ok || len(r.value) == 0 {
				return errRecord
			}
		}
		fn(string(at), r)
		record = rest
	}
	return nil
}

// sound says whether a place can be one: a table, a separator, a key.
func sound(at string) bool {
	table, full := split(at)
	return table != "" && full != "" && len(full) <= bolt.MaxKeySize && strings.IndexByte(full, separator) > 0
}

// cutLong reads a length and that many bytes.
func cutLong(b []byte) (part, rest []byte, ok bool) {
	n, used := binary.Uvarint(b)
	if used <= 0 || n > uint64(len(b)-used) {
		return nil, nil, false
	}
	b = b[used:]
	return b[:n:n], b[n:], true
}

// sealed is a record as it stands in the log: its check sum first.
func sealed(record []byte) []byte {
	out := make([]byte, 4, 4+len(record))
	binary.BigEndian.PutUint32(out, crc32.Checksum(record, sums()))
	return append(out, record...)
}

// unsealed is the reverse of sealed.
func unsealed(value []byte) ([]byte, error) {
	if len(value) < 4 || binary.BigEndian.Uint32(value) != crc32.Checksum(value[4:], sums()) {
		return nil, errRecord
	}
	return value[4:], nil
}

func sums() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// readLog lays everything in the log over the tables, and returns the number of the
// last commit in it, 0 when it is empty.
func readLog(tx *bolt.Tx, y *young) (last uint64, err error) {
	b := tx.Bucket([]byte(logBucket))
	if b == nil {
		return 0, nil
	}
	err = b.ForEach(func(number, value []byte) error {
		if len(number) != 8 {
			return errRecord
		}
		last = binary.BigEndian.Uint64(number)
		record, err := unsealed(value)
		if err != nil {
			return err
		}
		return eachChange(record, func(at string, r row) {
			r.turn, r.value = last, bytes.Clone(r.value)
			y.set(at, &r)
		})
	})
	return last, err
}

// appendLog adds the record of a commit. A file with a log is one of the schema that
// knows of it.
func appendLog(tx *bolt.Tx, turn uint64, record []byte) error {
	b := tx.Bucket([]byte(logBucket))
	if b == nil {
		var err error
		if b, err = tx.CreateBucket([]byte(logBucket)); err != nil {
			return err
		}
		if err := writeSchema(tx, schemaLogged); err != nil {
			return err
		}
	}
	b.FillPercent = risen
	return b.Put(binary.BigEndian.AppendUint64(nil, turn), sealed(record))
}

// cutLog removes the records of the commits up to turn.
func cutLog(tx *bolt.Tx, turn uint64) error {
	b := tx.Bucket([]byte(logBucket))
	if b == nil {
		return nil
	}
	var numbers [][]byte
	c := b.Cursor()
	number, _ := c.First()
	for ; number != nil && binary.BigEndian.Uint64(number) <= turn; number, _ = c.Next() {
		numbers = append(numbers, bytes.Clone(number))
	}
	if number == nil {
		return dropLog(tx)
	}
	for _, number := range numbers {
		if err := b.Delete(number); err != nil {
			return err
		}
	}
	return nil
}

// dropLog removes the log. A file without one is as every program knows it.
func dropLog(tx *bolt.Tx) error {
	if tx.Bucket([]byte(logBucket)) == nil {
		return nil
	}
	if err := tx.DeleteBucket([]byte(logBucket)); err != nil {
		return err
	}
	return writeSchema(tx, schemaTables)
}
