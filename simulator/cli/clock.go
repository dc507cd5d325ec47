package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"cardsim/simulator/admin"
	"cardsim/simulator/clock"
)

func newClock(streams IO) *cobra.Command {
	cmd := &cobra.Command{
		Use: "clock", Short: "Look at a sandbox's clock, and move it", Args: noUnknownVerb,
		Long: `Each sandbox has its own clock: it runs in real time, or stands at an instant and is
moved by hand. What falls due on the way happens once, in order, each at its own
instant: challenges and their codes expire, cryptograms do, pending payments time out.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newClockShow(streams), newClockSet(streams), newClockAdvance(streams))
	return cmd
}

func newClockShow(streams IO) *cobra.Command {
	var flags worldFlags
	cmd := &cobra.Command{
		Use: "show", Short: "Show what the clock shows", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			return show(streams, &flags, "/clock", func(w io.Writer, now admin.Clock) error {
				_, err := fmt.Fprintln(w, momentText(now))
				return err
			})
		},
	}
	return ofSandbox(cmd, &flags, streams)
}

func newClockSet(streams IO) *cobra.Command {
	var flags worldFlags
	cmd := &cobra.Command{
		Use: "set now|real|INSTANT", Short: "Freeze the clock where it is or at an instant, or let it run",
		Example: "  cardsim clock set now\n  cardsim clock set 2028-02-29T23:59:59.999999999Z --sandbox team-a\n  cardsim clock set real",
		Args:    oneWord("now, real, or an instant such as 2026-01-02T03:04:05Z"),
		RunE: func(_ *cobra.Command, args []string) error {
			change, err := clockChange(args[0])
			if err != nil {
				return err
			}
			return moveClock(streams, &flags, message{method: http.MethodPut, path: flags.path("/clock")}, change)
		},
		ValidArgs: []string{"now\tfreeze it where it is", "real\tlet it run"},
	}
	return ofSandbox(cmd, &flags, streams)
}

// clockChange reads the word of 'clock set'.
func clockChange(word string) (admin.ClockChange, error) {
	switch word {
	case "real":
		return admin.ClockChange{Mode: clock.Real}, nil
	case "now":
		return admin.ClockChange{Mode: clock.Frozen}, nil
	}
	at, err := time.Parse(time.RFC3339, word)
	if err != nil {
		return admin.ClockChange{}, usagef("%q is neither now nor real nor an instant such as 2026-01-02T03:04:05Z (RFC 3339)", word)
	}
	return admin.ClockChange{Mode: clock.Frozen, Now: &at}, nil
}

func newClockAdvance(streams IO) *cobra.Command {
	var flags worldFlags
	cmd := &cobra.Command{
		Use: "advance DURATION", Short: "Move a frozen clock forward, and show what fell due",
		Example: "  cardsim clock advance 15m\n  cardsim clock advance 30d --json",
		Args:    oneWord("how far, such as 15m, 1h30m or 30d"),
		RunE: func(_ *cobra.Command, args []string) error {
			by, err := readDuration(args[0])
			if err != nil {
				return err
			}
			m := message{method: http.MethodPost, path: flags.path("/clock/advance")}
			return moveClock(streams, &flags, m, admin.ClockAdvance{By: by.String()})
		},
		ValidArgs: []string{"1m", "5m", "15m", "1h", "1d", "30d"},
	}
	return ofSandbox(cmd, &flags, streams)
}

// readDuration reads a Go duration, before which days of 24 hours may stand.
func readDuration(text string) (time.Duration, error) {
	wrong := usagef("%q is no duration: it looks like 15m, 1h30m, 500ms, 30d or 1d12h", text)
	days, rest, hasDays := strings.Cut(text, "d")
	if !hasDays {
		days, rest = "0", text
	}
	n, err := strconv.ParseUint(days, 10, 16)
	if err != nil {
		return 0, wrong
	}
	var by time.Duration
	if rest != "" || !hasDays {
		if by, err = time.ParseDuration(rest); err != nil || hasDays && by < 0 {
			return 0, wrong
		}
	}
	return time.Duration(n)*24*time.Hour + by, nil
}

// oneWord refuses any other number of arguments and says what the one is.
func oneWord(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usagef("%s takes %s", cmd.CommandPath(), what)
		}
		return nil
	}
}

// moveClock sends a change of the clock and prints what came of it.
func moveClock(streams IO, flags *worldFlags, m message, body any) error {
	var err error
	if m.body, err = json.Marshal(body); err != nil {
		return fmt.Errorf("encode the change: %w", err)
	}
	m.media = "application/json"
	var moved admin.ClockMoved
	if err := flags.client().call(m, &moved); err != nil {
		return err
	}
	if flags.asJSON {
		return printJSON(streams.Out, moved)
	}
	return printMoved(streams.Out, moved)
}

func momentText(c admin.Clock) string {
	at := c.Now.Format(time.RFC3339Nano)
	if c.Mode == clock.Frozen {
		return "frozen at " + at
	}
	return "real time, " + at
}

func printMoved(w io.Writer, m admin.ClockMoved) error {
	if m.FiredCount == 0 {
		_, err := fmt.Fprintln(w, momentText(m.Clock)+"; nothing fell due")
		return err
	}
	_, _ = fmt.Fprintf(w, "%s; fell due: %d\n\n", momentText(m.Clock), m.FiredCount)
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(tw, "AT\tWHAT\tID\tFLOW")
	for _, e := range m.Fired {
		_, _ = fmt.Fprintf(tw, "%s\t%s\t%s\t%s\n", e.At.Format(time.RFC3339Nano), e.Kind, e.ID, e.Flow)
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	if more := m.FiredCount - len(m.Fired); more > 0 {
		_, err := fmt.Fprintf(w, "and %d more\n", more)
		return err
	}
	return nil
}
