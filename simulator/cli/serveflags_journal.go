package cli

import (
	"github.com/spf13/pflag"

	"cardsim/simulator"
	"cardsim/simulator/journal"
)

// addJournal adds the bounds of the journal.
func (f *serveFlags) addJournal(fs *pflag.FlagSet) {
	fs.IntVar(&f.journalEntries, "journal-entries", journal.DefaultMaxEntries, "how many requests the journal of one sandbox keeps; the oldest go first, and are counted")
	fs.Int64Var(&f.journalBytes, "journal-bytes", journal.DefaultMaxBytes, "about how many bytes the journals of all sandboxes take together")
}

// journal checks them.
func (f *serveFlags) journal(cfg *simulator.Config) error {
	if f.journalEntries < 1 {
		return usagef("--journal-entries %d: it is a number of requests, 1 or more", f.journalEntries)
	}
	if f.journalBytes < 1 {
		return usagef("--journal-bytes %d: it is a number of bytes, 1 or more", f.journalBytes)
	}
	cfg.JournalEntries, cfg.JournalBytes = f.journalEntries, f.journalBytes
	return nil
}
