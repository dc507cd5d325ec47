package cli

import (
	"time"

	"github.com/spf13/pflag"

	"cardsim/simulator"
	"cardsim/simulator/worlds"
)

// usualIdle keeps what people come back to after a weekend or a short holiday,
// and lets go of what test suites left behind (*ours*).
const usualIdle = 7 * 24 * time.Hour

// addSandboxes adds the flags about sandboxes that calls make.
func (f *serveFlags) addSandboxes(fs *pflag.FlagSet) {
	fs.DurationVar(&f.sandboxIdle, "sandbox-idle", usualIdle, "delete a sandbox that was made by a call when it met no request for so long, by the machine's time; 0 keeps all")
	fs.IntVar(&f.sandboxLimit, "sandbox-limit", worlds.DefaultLimit, "the largest number of sandboxes")
}

// sandboxes checks them.
func (f *serveFlags) sandboxes(cfg *simulator.Config) error {
	if f.sandboxIdle < 0 {
		return usagef("--sandbox-idle %s: it is a duration such as 24h, or 0 for never", f.sandboxIdle)
	}
	if f.sandboxLimit < 1 {
		return usagef("--sandbox-limit %d: it is a number of sandboxes, 1 or more", f.sandboxLimit)
	}
	cfg.SandboxIdle, cfg.SandboxLimit = f.sandboxIdle, f.sandboxLimit
	return nil
}
