package cli

import (
	"io"
	"log/slog"
	"net"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cardsim/simulator"
	"cardsim/simulator/guard"
)

// serveFlags are the flags of interface §1 as they were given.
type serveFlags struct {
	listen, admin, adminToken string
	data                      string
	ephemeral                 bool
	fixtures, scenarios       []string
	seed                      string
	clock                     string
	credentials               string
	panGuard                  string
	publicURL                 string
	readyFile                 string
	sandboxIdle               time.Duration
	sandboxLimit              int
	journalEntries            int
	journalBytes              int64
	tls                       bool
	tlsCert, tlsKey           string
	logFormat, logLevel       string
}

func (f *serveFlags) add(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&f.listen, "listen", "127.0.0.1:7710", "address of the providers' APIs and the issuer's pages")
	fs.StringVar(&f.admin, "admin", "127.0.0.1:7711", "address of the admin API; off switches it off")
	fs.StringVar(&f.adminToken, "admin-token", "", "Bearer token that the admin API asks for; needed when --admin is not loopback")
	fs.StringVar(&f.data, "data", "cardsim.db", "the database file; everything acknowledged is in it")
	fs.BoolVar(&f.ephemeral, "ephemeral", false, "keep nothing: a temporary database without fsync, removed at exit")
	fs.StringArrayVar(&f.fixtures, "fixtures", nil, "fixture file or folder with sandboxes, merchants, tenants and cards; repeatable")
	fs.StringArrayVar(&f.scenarios, "scenario", nil, "shipped scenario or scenario file, active in the default sandbox from the start; files are reloaded when they change; repeatable")
	fs.StringVar(&f.seed, "seed", "", "seed of the default sandbox: same seed, same ids, tokens and cryptograms (default: the stored one, else 1)")
	fs.StringVar(&f.clock, "clock", "", "start the default sandbox frozen at this instant, RFC 3339 (default: as stored, else real time)")
	fs.StringVar(&f.credentials, "credentials", "open", "open: unseen credentials join the default sandbox; strict: they are refused")
	fs.StringVar(&f.panGuard, "pan-guard", string(guard.Warn), "card numbers and credentials that may be real: off, warn in the journal and log, or refuse as the provider refuses invalid ones")
	fs.StringVar(&f.publicURL, "public-url", "", "base of the URLs handed out (default: the listener's own)")
	fs.BoolVar(&f.tls, "tls", false, "also serve HTTPS on the same addresses, with a certificate authority of this run (GET /ca.pem of the admin listener)")
	fs.StringVar(&f.tlsCert, "tls-cert", "", "serve HTTPS with this certificate, PEM; needs --tls-key")
	fs.StringVar(&f.tlsKey, "tls-key", "", "the key of --tls-cert, PEM")
	f.addSandboxes(fs)
	f.addJournal(fs)
	fs.StringVar(&f.readyFile, "ready-file", "", "file written once both listeners accept")
	fs.StringVar(&f.logFormat, "log-format", "", "text or json (default: text on a terminal, else json)")
	fs.StringVar(&f.logLevel, "log-level", "info", "debug, info, warn or error")
}

// config checks the flags and turns them into a Config.
func (f *serveFlags) config(streams IO) (simulator.Config, error) {
	cfg := simulator.Config{
		Listen: f.listen, Admin: f.admin, AdminToken: f.adminToken, Data: f.data, Ephemeral: f.ephemeral,
		Fixtures: f.fixtures, Scenarios: f.scenarios, PublicURL: strings.TrimRight(f.publicURL, "/"), ReadyFile: f.readyFile,
		TLS: f.tls, TLSCert: f.tlsCert, TLSKey: f.tlsKey,
		Version: Version(), Commit: Commit(),
	}
	if err := f.identity(&cfg); err != nil {
		return cfg, err
	}
	if err := f.sandboxes(&cfg); err != nil {
		return cfg, err
	}
	if err := f.journal(&cfg); err != nil {
		return cfg, err
	}
	if err := checkAdmin(f.admin, f.adminToken); err != nil {
		return cfg, err
	}
	log, err := newLog(streams.Err, f.logFormat, f.logLevel)
	cfg.Log = log
	return cfg, err
}

// identity reads the flags that say what the default sandbox is.
func (f *serveFlags) identity(cfg *simulator.Config) error {
	if f.seed != "" {
		seed, err := strconv.ParseUint(f.seed, 10, 64)
		if err != nil {
			return usagef("--seed %q: a seed is a whole number from 0 to 18446744073709551615", f.seed)
		}
		cfg.Seed = &seed
	}
	if f.clock != "" {
		at, err := time.Parse(time.RFC3339, f.clock)
		if err != nil {
			return usagef("--clock %q: an instant looks like 2026-01-02T03:04:05Z", f.clock)
		}
		cfg.Clock = &at
	}
	switch f.credentials {
	case "open":
	case "strict":
		cfg.StrictCredentials = true
	default:
		return usagef("--credentials %q: it is open or strict", f.credentials)
	}
	var ok bool
	if cfg.Guard, ok = guard.ParseMode(f.panGuard); !ok {
		return usagef("--pan-guard %q: it is off, warn or refuse", f.panGuard)
	}
	return nil
}

// checkAdmin refuses an admin API that strangers can reach without a token.
func checkAdmin(addr, token string) error {
	if addr == "off" || token != "" {
		return nil
	}
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return usagef("--admin %q: an address looks like 127.0.0.1:7711, or off", addr)
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return usagef("--admin %s can be reached from other machines: set --admin-token as well, or bind it to 127.0.0.1", addr)
}

// newLog writes the program's log; stdout is kept for results.
func newLog(w io.Writer, format, level string) (*slog.Logger, error) {
	var lvl slog.Level
	if err := lvl.UnmarshalText([]byte(level)); err != nil {
		return nil, usagef("--log-level %q: it is debug, info, warn or error", level)
	}
	if format == "" {
		format = "json"
		if onTerminal(w) {
			format = "text"
		}
	}
	o := &slog.HandlerOptions{Level: lvl}
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(w, o)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, o)), nil
	default:
		return nil, usagef("--log-format %q: it is text or json", format)
	}
}

func onTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
