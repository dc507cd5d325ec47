//go:build !unix || aix || solaris

package store

import "os"

// unlock does nothing: on these systems the lock goes when the file is closed.
func unlock(*os.File) {}
