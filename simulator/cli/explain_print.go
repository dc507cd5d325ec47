package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"cardsim/scenarios"
	"cardsim/simulator/admin"
	"cardsim/simulator/journal"
	"cardsim/simulator/provider"
	"cardsim/simulator/store"
)

// explained is admin.Explained as it is read back.
type explained struct {
	Request  journal.Entry            `json:"request"`
	Decision *scenarios.Decision      `json:"decision"`
	Clock    *provider.ExplainedClock `json:"clock"`
	State    []store.Change           `json:"state"`
	Unused   []admin.UnusedRule       `json:"unused"`
}

func printExplained(w io.Writer, body json.RawMessage) error {
	var e explained
	if err := json.Unmarshal(body, &e); err != nil {
		return fmt.Errorf("this is no explanation of cardsim's admin API: %w", err)
	}
	var b strings.Builder
	e.writeRequest(&b)
	e.writeRules(&b)
	e.writeChance(&b)
	e.writeState(&b)
	if len(e.Unused) > 0 {
		b.WriteString("\nactive rules that no request has met so far\n")
		for _, r := range e.Unused {
			fmt.Fprintf(&b, "  %s / %s\n", r.Scenario, r.Rule)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (e explained) writeRequest(b *strings.Builder) {
	r := e.Request
	fmt.Fprintf(b, "request %s  %s  %s %s\n", r.ID, orDash(r.Operation), r.Method, r.Path)
	fmt.Fprintf(b, "answer  HTTP %d  outcome %s  result %s\n", r.Status, orDash(r.Outcome), orDash(r.Result))
	if r.Refusal != nil {
		fmt.Fprintf(b, "refused %s: %s\n", r.Refusal.Code, r.Refusal.Detail)
	}
	for _, warning := range r.Warnings {
		fmt.Fprintf(b, "warning %s\n", warning)
	}
	if e.Clock != nil {
		fmt.Fprintf(b, "clock   %s, %s\n", e.Clock.Mode, e.Clock.Now.Format(time.RFC3339Nano))
	}
	if r.State == journal.InFlight {
		b.WriteString("it is not answered yet\n")
	}
}

// writeRules lists what was considered and what won.
func (e explained) writeRules(b *strings.Builder) {
	d := e.Decision
	if d == nil {
		b.WriteString("\nno scenario had a say\n")
		return
	}
	b.WriteString("\nrules considered, in order\n")
	for _, c := range d.Considered {
		if c.Matched {
			fmt.Fprintf(b, "  + %s / %s: matched\n", c.Scenario, c.Rule)
		} else {
			fmt.Fprintf(b, "  - %s / %s: %s did not match: %s\n", c.Scenario, c.Rule, c.Failed, c.Reason)
		}
	}
	switch {
	case d.Rule == "":
		b.WriteString("nothing won: the provider answered as always\n")
		return
	case d.Step > 0:
		fmt.Fprintf(b, "won: %s / %s, step %d: ", d.Scenario, d.Rule, d.Step)
	default:
		fmt.Fprintf(b, "won: %s / %s: ", d.Scenario, d.Rule)
	}
	b.WriteString(planned(d) + "\n")
}

// planned words what the winner asked for.
func planned(d *scenarios.Decision) string {
	if d.Pass {
		return "pass, the provider answered as always"
	}
	var parts []string
	if p := d.Plan; p.Outcome != "" {
		parts = append(parts, "outcome "+p.Outcome)
		for _, name := range slices.Sorted(maps.Keys(p.With)) {
			parts = append(parts, name+" "+parameter(p.With[name]))
		}
	}
	if d.Plan.Delay > 0 {
		parts = append(parts, fmt.Sprintf("delay %s", d.Plan.Delay))
	}
	if f := d.Plan.Fault; f.Kind != "" {
		parts = append(parts, fmt.Sprintf("fault %s %s", f.Kind, f.At))
	}
	if r := d.Plan.Respond; r != nil {
		parts = append(parts, fmt.Sprintf("a raw answer with HTTP %d", r.Status))
	}
	return strings.Join(parts, ", ")
}

// writeChance tells the counters that moved and the draws.
func (e explained) writeChance(b *strings.Builder) {
	if e.Decision == nil {
		return
	}
	for _, c := range e.Decision.Counters {
		fmt.Fprintf(b, "counter %s / %s: %s %d of its %s\n", c.Scenario, c.Rule, c.Counts, c.Ordinal, c.Per)
	}
	for _, d := range e.Decision.Draws {
		fmt.Fprintf(b, "draw    %s / %s: %.4f for %s, number %d\n", d.Scenario, d.Rule, d.Value, d.For, d.Ordinal)
	}
}

func (e explained) writeState(b *strings.Builder) {
	if len(e.State) == 0 {
		b.WriteString("\nit changed nothing in the sandbox\n")
		return
	}
	b.WriteString("\nwhat it changed in the sandbox\n")
	for _, s := range e.State {
		fmt.Fprintf(b, "  %s %q\n    before %s\n    after  %s\n", s.Table, s.Key, s.Before, s.After)
	}
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// parameter shows a value of with: numbers as they were written, not 3.0e+08.
func parameter(v any) string {
	if n, ok := v.(float64); ok {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}
