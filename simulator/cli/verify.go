package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"cardsim/scenarios"
	"cardsim/scenarios/strictyaml"
	"cardsim/simulator"
	"cardsim/simulator/admin"
)

func newVerify(streams IO) *cobra.Command {
	var flags worldFlags
	var quick quickFlags
	cmd := &cobra.Command{
		Use: "verify [FILE]", Short: "Check the journal against what was expected",
		Long: `Check the journal against the expect of the active scenarios, of a scenario file, of
the flags, or against the body of POST S/verify (--file). Exits 1 when something is
not as expected, and prints the entries that come closest, field by field.`,
		Example: `  cardsim verify
  cardsim verify ./my-story.yaml --json
  cardsim verify --operation acehub.payment.create --where 'outcome == "approved"' --count 1
  echo '{"order":["cardinal.lookup","acehub.payment.create"]}' | cardsim verify --file -`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("%s takes one file, got %d", cmd.CommandPath(), len(args))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			m := message{method: http.MethodPost, path: flags.path("/verify")}
			var err error
			if m.body, err = quick.demands(args, streams); err != nil {
				return err
			}
			if len(m.body) > 0 {
				m.media = "application/json"
			}
			return verify(streams.Out, &flags, m)
		},
	}
	quick.add(cmd)
	return ofSandbox(cmd, &flags, streams)
}

// expectations turns the expect of a file into the body of a verification.
func expectations(file string, problems io.Writer) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the scenario: %w", err)
	}
	list, wrong := scenarios.Check(file, text, simulator.Catalogue())
	if len(wrong) > 0 {
		if err := strictyaml.Format(problems, wrong); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%s is not a good scenario file", file)
	}
	var body admin.Verification
	for _, s := range list {
		for _, e := range s.Expect {
			body.Calls = append(body.Calls, admin.ExpectedCall(e))
		}
	}
	if len(body.Calls) == 0 {
		return nil, fmt.Errorf("%s expects nothing: it has no expect", file)
	}
	return json.Marshal(body)
}

func verify(w io.Writer, flags *worldFlags, m message) error {
	a, err := flags.client().send(m)
	if err != nil {
		return err
	}
	if a.code != http.StatusOK && a.code != http.StatusConflict {
		return problemsOf(a)
	}
	var got admin.Verdict
	if err := a.into(&got); err != nil {
		return err
	}
	if err := printVerdict(w, flags.asJSON, got); err != nil {
		return err
	}
	if !got.Passed {
		return errors.New("the journal is not as expected")
	}
	return nil
}

func printVerdict(w io.Writer, asJSON bool, v admin.Verdict) error {
	if asJSON {
		return printJSON(w, v)
	}
	if v.Passed {
		_, err := io.WriteString(w, "passed\n")
		return err
	}
	return printFailures(w, v.Failures)
}

// printFailures prints each failure with the entries that come closest.
func printFailures(w io.Writer, failures []scenarios.Failure) error {
	var b strings.Builder
	for _, f := range failures {
		b.WriteString("failed: ")
		if f.Scenario != "" {
			fmt.Fprintf(&b, "%s: ", f.Scenario)
		}
		fmt.Fprintln(&b, f.Message)
		for _, c := range f.Closest {
			fmt.Fprintf(&b, "  %v %v %v: %v %v\n", c.Entry["id"], c.Entry["operation"], c.Entry["reference"], c.Entry["status"], c.Entry["outcome"])
			for _, d := range c.Differences {
				fmt.Fprintf(&b, "    %s: wanted %s, got %v\n", d.Field, d.Want, d.Got)
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
