package cli

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"unicode"

	"cardsim/simulator/core"
	"cardsim/simulator/journal"
)

// momentFormat is how tables show an instant, in UTC.
const momentFormat = "2006-01-02 15:04:05"

// cell is a caller's text as one cell of a table: nothing in it breaks the line or
// speaks to the terminal.
func cell(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '·'
		}
		return r
	}, text)
}

// printRequests prints a page as a table.
func printRequests(w io.Writer, page journal.Page) error {
	if len(page.Items) == 0 {
		_, err := io.WriteString(w, "no requests\n")
		return err
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(tw, "ID\tTIME\tOPERATION\tOUTCOME\tCARD\tAMOUNT\tRULE\tMS")
	for _, e := range page.Items {
		_, _ = fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%.1f\n",
			e.ID, e.At.UTC().Format(momentFormat), cell(operationText(e)), outcomeText(e), cardText(e.Card), amountText(e), cell(orDash(e.Rule)), e.DurationMs)
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	if page.Next != nil {
		_, err := fmt.Fprintf(w, "more: --after %s\n", *page.Next)
		return err
	}
	return nil
}

// operationText is the operation, or what was asked where none was recognised.
func operationText(e journal.Entry) string {
	if e.Operation != "" {
		return e.Operation
	}
	return e.Method + " " + e.Path
}

func outcomeText(e journal.Entry) string {
	switch {
	case e.State == journal.InFlight:
		return string(journal.InFlight)
	case e.Outcome != "":
		return e.Outcome
	case e.Status == 0:
		return "no answer"
	}
	return "HTTP " + strconv.Itoa(e.Status)
}

func cardText(c *journal.Card) string {
	if c == nil {
		return "-"
	}
	return c.Brand + " …" + c.Last4
}

// amountText writes an amount with the decimals of its currency.
func amountText(e journal.Entry) string {
	if e.Amount == nil {
		return "-"
	}
	decimals := 2
	if c, known := core.CurrencyByAlpha(e.Currency); known {
		decimals = c.Decimals()
	}
	return strconv.FormatFloat(*e.Amount, 'f', decimals, 64) + " " + e.Currency
}

// printRequest prints both messages of an entry, masked, as they went over the wire.
func printRequest(w io.Writer, e journal.Entry) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", e.Method, e.Path)
	if e.Query != "" {
		b.WriteString("?" + e.Query)
	}
	b.WriteByte('\n')
	writeMessage(&b, e.Request)
	b.WriteByte('\n')
	switch {
	case e.State == journal.InFlight:
		b.WriteString("(not answered yet)\n")
	case e.Status == 0:
		b.WriteString("(the connection was closed without an answer)\n")
	default:
		fmt.Fprintf(&b, "HTTP %d %s\n", e.Status, http.StatusText(e.Status))
		writeMessage(&b, e.Response)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeMessage(b *strings.Builder, m *journal.Message) {
	if m == nil {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(m.Headers)) {
		fmt.Fprintf(b, "%s: %s\n", name, m.Headers[name])
	}
	if m.Body != "" {
		fmt.Fprintf(b, "\n%s\n", strings.TrimSuffix(m.Body, "\n"))
	}
}
