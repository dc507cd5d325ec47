package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// inspect looks at the file without writing to it, because bolt writes to some
// files merely by opening them. It reports whether the file is yet to be made.
func inspect(path string, timeout time.Duration) (fresh bool, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, inspectFolder(path)
	case err != nil:
		return false, fmt.Errorf("open the database: %w", err)
	case info.IsDir():
		return false, fmt.Errorf("open the database %q: it is a folder, not a file", path)
	case !info.Mode().IsRegular():
		return false, fmt.Errorf("open the database %q: it is not a regular file", path)
	case info.Size() == 0:
		return true, nil
	}
	b, err := openBolt(path, &bolt.Options{ReadOnly: true, Timeout: max(timeout, atOnce), NoStatistics: true})
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	if err := inspectLength(b, path); err != nil {
		return false, err
	}
	_, err = readSchema(b, path)
	return false, err
}

func inspectFolder(path string) error {
	folder := filepath.Dir(path)
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("open the database %q: its folder %q does not exist: %w", path, folder, fs.ErrNotExist)
	case err != nil:
		return fmt.Errorf("open the database: %w", err)
	case !info.IsDir():
		return fmt.Errorf("open the database %q: %q is not a folder", path, folder)
	}
	return nil
}

// inspectLength finds a file that was cut off: bolt notices it only when it
// touches a page that is gone.
func inspectLength(b *bolt.DB, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	return readBolt(b, path, func(tx *bolt.Tx) error {
		if want := tx.Size(); want > info.Size() {
			return &DamagedError{path, fmt.Sprintf("it is cut off, %d of %d bytes are there", info.Size(), want)}
		}
		return nil
	})
}

// openBolt opens the file and turns bolt's panics, and faults on pages that are not
// there, into a *DamagedError.
func openBolt(path string, o *bolt.Options) (b *bolt.DB, err error) {
	var file *os.File
	o.OpenFile = func(name string, flag int, mode os.FileMode) (*os.File, error) {
		f, err := os.OpenFile(name, flag, mode)
		file = f
		return f, err
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			unlock(file) // bolt has no part left that would
			_ = file.Close()
			b, err = nil, damagedBy(path, p)
		}
	}()
	b, err = bolt.Open(path, 0o600, o)
	return b, explainOpen(path, err)
}

// readBolt runs fn in a reading transaction of bolt, under the same protection.
func readBolt(b *bolt.DB, path string, fn func(*bolt.Tx) error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = damagedBy(path, p)
		}
	}()
	return b.View(fn)
}

// explainOpen gives bolt's errors a sentence. What the system refused stays the
// system's error; the rest is bolt's judgement of the file's content.
func explainOpen(path string, err error) error {
	var errno syscall.Errno
	switch {
	case err == nil:
		return nil
	case errors.Is(err, berrors.ErrTimeout):
		return &LockedError{path}
	case errors.As(err, &errno):
		return fmt.Errorf("open the database %q: %w", path, err)
	}
	return &DamagedError{path, err.Error()}
}

func damagedBy(path string, panicked any) *DamagedError {
	return &DamagedError{path, fmt.Sprint(panicked)}
}
