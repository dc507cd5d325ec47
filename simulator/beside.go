package simulator

// beside begins f and returns how to wait for what it gives: the parts of the start
// that are pure arithmetic run while others wait for files and sockets. Waiting twice
// gives the same; not waiting at all loses nothing but the result.
func beside[T any](f func() (T, error)) func() (T, error) {
	var value T
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		value, err = f()
	}()
	return func() (T, error) {
		<-done
		return value, err
	}
}
