package simulator

import (
	"log/slog"
	"time"

	"cardsim/simulator/guard"
	"cardsim/simulator/provider"
)

// Config says how a simulator is to run. The zero Config is a private,
// ephemeral simulator on free loopback ports: what a Go test wants.
type Config struct {
	// Listen is the address of the providers' APIs; empty means 127.0.0.1:0.
	Listen string
	// Admin is the address of the admin API, "off" for none; empty means
	// 127.0.0.1:0.
	Admin string
	// AdminToken, when set, is demanded as a Bearer token on the admin listener.
	AdminToken string
	// Data is the bbolt file; empty means an ephemeral one in the temporary
	// folder, removed at Close.
	Data string
	// Ephemeral runs without fsync on a temporary file, whatever Data says.
	Ephemeral bool
	// Fixtures are further fixture files or folders.
	Fixtures []string
	// Seed of the default sandbox; nil means the stored one, else 1. A seed
	// that differs from the stored one is refused.
	Seed *uint64
	// Clock freezes the default sandbox at an instant; nil leaves it as it was
	// stored, else real.
	Clock *time.Time
	// StrictCredentials refuses identities that no sandbox knows.
	StrictCredentials bool
	// PublicURL is the base of the URLs handed out; empty means the listener's.
	PublicURL string
	// TLS also serves HTTPS on the same addresses, with a certificate authority of
	// this run, or with the certificate of TLSCert and TLSKey.
	TLS bool
	// TLSCert and TLSKey are PEM files; either both or none.
	TLSCert, TLSKey string
	// ShopURL is a demo shop that the console links to; empty for none.
	ShopURL string
	// ReadyFile is written atomically once both listeners accept.
	ReadyFile string
	// Log takes the program's log; nil discards it.
	Log *slog.Logger
	// Version and Commit are shown by /health and the ready file.
	Version, Commit string
	// Scenarios are active in the default sandbox from the start: names of shipped
	// ones, or files. They replace what was stored. Files are reloaded when they
	// change.
	Scenarios []string
	// SandboxLimit is the largest number of sandboxes; 0 means 10,000.
	SandboxLimit int
	// SandboxIdle is how long a sandbox that was made by a call may meet no request
	// before it is deleted, in real time; 0 keeps it.
	SandboxIdle time.Duration
	// JournalEntries is how many entries the journal of one sandbox keeps; 0 means
	// 10,000.
	JournalEntries int
	// JournalBytes is about how much the entries of all sandboxes take together; 0
	// means 32 MiB.
	JournalBytes int64
	// Guard says what becomes of card numbers and credentials that may be real; empty
	// means guard.Warn.
	Guard guard.Mode
	// Planner decides what a request meets in place of the active scenarios.
	Planner provider.Planner
}
