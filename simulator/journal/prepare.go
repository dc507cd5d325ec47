package journal

import (
	"errors"
	"time"
)

// errClosed is why a journal is not ready that was closed before anybody prepared it.
var errClosed = errors.New("the journal was closed before it was ready")

// Prepare begins to write the promise of new ids and to read what a former process kept,
// beside whatever the caller does next. Ready does so too, where nobody has.
func (j *Journal) Prepare() {
	j.preparing.Do(func() { go j.prepare() })
}

// Ready waits until requests can be received, and returns why they cannot. What a former
// process kept may come a moment later: only who asks for entries waits for it.
func (j *Journal) Ready() error {
	j.Prepare()
	<-j.prepared
	return j.prepareErr
}

func (j *Journal) prepare() {
	defer close(j.restored)
	if j.prepareErr = j.promise(); j.prepareErr != nil || j.writer.off {
		close(j.prepared)
		return
	}
	begun := false
	j.restoreErr = j.restore(func() {
		begun = true
		j.writer.start()
		close(j.prepared)
	})
	switch {
	case !begun:
		j.prepareErr = j.restoreErr
		close(j.prepared)
	case j.restoreErr != nil:
		j.writer.log.Error("not all of the former process's journal can be read; cardsim doctor tells more", "error", j.restoreErr)
	}
}

// awaitFormer waits until the entries of a former process are on their shelves.
func (j *Journal) awaitFormer() {
	j.ask()
	<-j.restored
}

// later is how long the entries of a former process wait for somebody who asks for them,
// before they are read anyway: a program that starts has more urgent things to do.
const later = 25 * time.Millisecond

// settled waits for what Prepare began, lets nothing begin any more, and says whether
// the journal is ready.
func (j *Journal) settled() bool {
	j.preparing.Do(func() {
		j.prepareErr = errClosed
		close(j.prepared)
		close(j.restored)
	})
	j.awaitFormer()
	return j.prepareErr == nil
}
