package store

// beside is a slice that is folded beside the writer: an ephemeral file is committed to
// memory, so that nobody has to wait for its tables. There is one at a time, and nothing
// else is written to the file meanwhile. Its rows stay where they are until the writer
// collects it; to have them in both places harms nobody.
type beside struct {
	done  slice
	err   error
	ended chan struct{}
}

// foldBeside folds n of the rows that show, if there are any to fold and no others are
// being folded.
func (db *DB) foldBeside(n int) {
	if n == 0 || db.beside != nil {
		return
	}
	b := &beside{ended: make(chan struct{})}
	rows, from := db.rows, db.sweep.from
	db.beside, db.sweep.due = b, 0
	go func() {
		defer close(b.ended)
		b.done, b.err = db.foldChunks(rows, from, n)
	}()
}

// collect takes away what was folded beside the writer, if it is done by now, or when it
// is. Where it failed, the rows wait on.
func (db *DB) collect(wait bool) {
	b := db.beside
	if b == nil {
		return
	}
	if !wait {
		select {
		case <-b.ended:
		default:
			return
		}
	}
	<-b.ended
	db.beside = nil
	db.folded(b.done)
	db.judge(b.err)
}
