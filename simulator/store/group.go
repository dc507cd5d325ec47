package store

import (
	"errors"
	"slices"
)

// group is what one commit settles.
type group struct {
	waiting []*call  // to be committed, in order of arrival
	failed  []*call  // ended by an error of their own
	base    *reading // what the closures find in the tables
	running int      // index in waiting of the closure being run
	mark    mark     // where that one began to write
	writes  []Write  // for the observer
	fold    bool     // everything goes to its tables, and nothing is written
}

func newGroup(calls []*call) *group { return &group{waiting: calls, fold: calls[0].fold} }

// drop takes the running call out of the group with its own error.
func (g *group) drop(err error) {
	c := g.waiting[g.running]
	c.err = err
	g.failed = append(g.failed, c)
	g.waiting = slices.Delete(g.waiting, g.running, g.running+1)
}

// answer releases everybody. A failed closure waits for the others too, because its
// refusal may rest on what an earlier closure of the group wrote: when that is
// lost, it learns of it.
func (g *group) answer(err error) {
	for _, c := range g.waiting {
		c.err = err
		close(c.done)
	}
	for _, c := range g.failed {
		if err != nil {
			c.err = errors.Join(c.err, err)
		}
		close(c.done)
	}
}
