package cli

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"cardsim/fixtures"
)

// cardRow is a test card as --json prints it.
type cardRow struct {
	PAN      string   `json:"pan"`
	Brand    string   `json:"brand"`
	CardType string   `json:"cardType,omitempty"`
	Facts    []cardIs `json:"facts"`
}

// cardIs is one published fact about a card.
type cardIs struct {
	Provider string `json:"provider"`
	Version  string `json:"threeDSVersion,omitempty"`
	Case     int    `json:"case,omitempty"`
	Variant  string `json:"variant,omitempty"`
	Does     string `json:"does"`
	Source   string `json:"source"`
	Mark     string `json:"mark"`
}

func newCards(streams IO) *cobra.Command {
	var brand, provider string
	var asJSON bool
	cmd := &cobra.Command{
		Use: "cards", Short: "List the built-in test cards and what each does", Args: noArgs,
		Long: `List the built-in test cards and what each does. Every card that one of the
providers published is good at all four. Any future expiry date is fine.`,
		Example: "  cardsim cards --brand visa\n  cardsim cards --provider cardtokens --json",
		RunE: func(*cobra.Command, []string) error {
			rows := cardRows(brand, provider)
			if asJSON {
				return printJSON(streams.Out, rows)
			}
			return printCards(streams.Out, rows)
		},
	}
	cmd.Flags().StringVar(&brand, "brand", "", "only this brand: visa, mastercard, amex, …")
	cmd.Flags().StringVar(&provider, "provider", "", "only cards published by cardinal, cardtokens, acehub or cipher")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func cardRows(brand, provider string) []cardRow {
	rows := []cardRow{}
	for _, c := range fixtures.Catalogue() {
		if brand != "" && c.Brand != strings.ToLower(brand) {
			continue
		}
		row := cardRow{PAN: c.PAN, Brand: c.Brand, CardType: c.CardType}
		for _, f := range c.Facts() {
			if provider == "" || f.Provider == strings.ToLower(provider) {
				row.Facts = append(row.Facts, cardIs{f.Provider, f.Version, f.Case, f.Variant, f.Summary, f.Source, f.Mark})
			}
		}
		if len(row.Facts) > 0 {
			rows = append(rows, row)
		}
	}
	return rows
}

func printCards(w io.Writer, rows []cardRow) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(tw, "CARD\tBRAND\t3DS\tDOES\tPUBLISHED BY")
	for _, r := range rows {
		for i, f := range r.Facts {
			pan, brand := r.PAN, r.Brand
			if i > 0 {
				pan, brand = "", ""
			}
			_, _ = fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\n", pan, brand, f.Version, f.Does, f.Provider)
		}
	}
	return tw.Flush()
}
