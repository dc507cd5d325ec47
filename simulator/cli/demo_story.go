package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"cardsim/scenarios"
	"cardsim/scenarios/strictyaml"
	"cardsim/simulator"
	"cardsim/simulator/demo"
)

// completeStory completes to the shipped scenarios; files come beside them.
func completeStory(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	names, _ := completeShipped(cmd, args, begun)
	return names, cobra.ShellCompDirectiveDefault
}

// story is a scenario to play, and how much it expects.
type story struct {
	demo.Story
	demands int
}

// readStory finds a scenario by name or reads a file, and prints what is wrong
// with it.
func readStory(name string, problems io.Writer) (story, error) {
	s := story{Story: demo.Story{Name: name}}
	shipped, ok := scenarios.Find(name)
	s.Shipped, s.Text = ok, shipped.Source
	if !ok {
		text, err := os.ReadFile(name)
		if errors.Is(err, os.ErrNotExist) {
			return s, noStory(name)
		}
		if err != nil {
			return s, fmt.Errorf("read the scenario: %w", err)
		}
		s.Text = text
	}
	list, wrong := scenarios.Check(name, s.Text, simulator.Catalogue())
	if len(wrong) > 0 {
		if err := strictyaml.Format(problems, wrong); err != nil {
			return s, err
		}
		return s, fmt.Errorf("%s is not a good scenario file", name)
	}
	for _, one := range list {
		if s.Summary == "" {
			s.Summary = one.Summary
		}
		if len(one.Cards) > 0 && s.Card == "" {
			s.Card = one.Cards[0].PAN.Digits()
		}
		s.demands += len(one.Expect)
	}
	return s, nil
}

// noStory is a name that nothing has.
func noStory(name string) error {
	hint := "'cardsim scenarios' lists the shipped ones"
	rows, err := shippedRows()
	if err != nil {
		return err
	}
	if near := strictyaml.Suggest(name, shippedNames(rows)); near != "" {
		hint = near + " " + hint
	}
	return usagef("there is no scenario %q, neither a shipped one nor a file: %s", name, hint)
}

// tell plays a story until its end or an interruption, and prints the verdict.
func tell(ctx context.Context, o demo.Options, s story) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	o.Words = planned
	end, err := demo.Tell(ctx, o, s.Story)
	if err != nil {
		return err
	}
	if !end.Passed {
		if err := printFailures(o.Out, end.Failures); err != nil {
			return err
		}
		return fmt.Errorf("the story of %s did not end as its expect says", s.Name)
	}
	words := "passed: the story ended as its expect says"
	if s.demands == 0 {
		words = "passed: the scenario expects nothing"
	}
	_, err = fmt.Fprintln(o.Out, words)
	return err
}
