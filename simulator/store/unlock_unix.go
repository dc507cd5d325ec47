//go:build unix && !aix && !solaris

package store

import (
	"os"
	"syscall"
)

// unlock gives up bolt's lock. Closing the file is not enough when bolt has died in
// the middle of Open: its mapping stays behind and keeps the lock alive.
func unlock(file *os.File) {
	_ = syscall.Flock(int(file.Fd()), syscall.LOCK_UN)
}
