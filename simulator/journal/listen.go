package journal

// Listener hears of every request as it is received and as it is answered. It is
// told by the goroutine that serves the request and must be quick.
type Listener interface {
	// Listening says whether anybody wants to hear. It is asked for every request and
	// must cost nothing.
	Listening() bool
	// Entry hears of an entry, in the form of lists. received is true the first time
	// it hears of it in its sandbox: once that is known or, where it never is, with the
	// answer.
	Entry(e Entry, received bool)
	// Cleared hears that the journal of a sandbox was emptied.
	Cleared(sandbox string)
}

func (j *Journal) listening() bool { return j.listener != nil && j.listener.Listening() }

// say tells the listener where an entry stands that is still kept. What is told of a
// complete entry is not copied: it never changes again.
func (r *Record) say() {
	j := r.journal
	if !j.listening() {
		return
	}
	j.mu.RLock()
	kept := r.shelf != nil
	j.mu.RUnlock()
	if !kept {
		return
	}
	r.mu.Lock()
	e := r.look()
	e.Request, e.Response, e.Decision = nil, nil, nil
	received := r.heard != e.Sandbox
	r.heard = e.Sandbox
	r.mu.Unlock()
	j.listener.Entry(e, received)
}
