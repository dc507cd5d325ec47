package journal

import "errors"

// errClosed is why a journal is not ready that was closed before anybody prepared it.
var errClosed = errors.New("the journal was closed before it was ready")

// Prepare begins to read what a former process kept and to write the promise of new
// ids, beside whatever the caller does next. Ready does so too, where nobody has.
func (j *Journal) Prepare() {
	j.preparing.Do(func() {
		go func() {
			defer close(j.prepared)
			j.prepareErr = j.prepare()
		}()
	})
}

// Ready waits until that is done, and returns why it could not be.
func (j *Journal) Ready() error {
	j.Prepare()
	<-j.prepared
	return j.prepareErr
}

func (j *Journal) prepare() error {
	if j.writer.off {
		return nil
	}
	if err := j.restore(); err != nil {
		return err
	}
	if err := j.writer.drain(); err != nil {
		return err
	}
	j.writer.start()
	return nil
}

// settled waits for what Prepare began, lets nothing begin any more, and says whether
// the journal is ready.
func (j *Journal) settled() bool {
	j.preparing.Do(func() {
		j.prepareErr = errClosed
		close(j.prepared)
	})
	<-j.prepared
	return j.prepareErr == nil
}
