package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cardsim/scenarios"
	"cardsim/simulator/admin"
	"cardsim/simulator/sandbox"
)

// createFlags say what a new sandbox is to be.
type createFlags struct {
	clientFlags
	id, seed, clock, key string
	scenarios, settings  []string
}

func newSandboxCreate(streams IO) *cobra.Command {
	var flags createFlags
	cmd := &cobra.Command{
		Use: "create", Short: "Make a sandbox with credentials of its own at all four providers",
		Long: `Make a sandbox with credentials of its own at all four providers. Same id and seed,
same credentials. Without --id it is named sb-1, sb-2 and so on.`,
		Example: `  cardsim sandbox create --id team-a
  cardsim sandbox create --clock 2026-01-02T03:04:05Z --scenario decline-then-approve
  cardsim sandbox create --id strict --setting acehub.cavvAmount=exact --cardtokens-key mine.pem`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			body, err := flags.body()
			if err != nil {
				return err
			}
			var s admin.Sandbox
			m := message{method: http.MethodPost, path: "/api/v1/sandboxes", media: "application/json", body: body}
			if err := flags.client().call(m, &s); err != nil {
				return err
			}
			if flags.asJSON {
				return printJSON(streams.Out, s)
			}
			_, err = fmt.Fprintf(streams.Out, "Made sandbox %s with seed %d. Point your code at it:\n  eval \"$(cardsim sandbox env %s)\"\n", s.ID, s.Seed, s.ID)
			return err
		},
	}
	flags.add(cmd)
	fs := cmd.Flags()
	fs.StringVar(&flags.id, "id", "", "its name: lower-case letters, digits and hyphens (default: the next free sb-1, sb-2 …)")
	fs.StringVar(&flags.seed, "seed", "", "decides, with the id, its credentials and all it draws (default 1)")
	fs.StringVar(&flags.clock, "clock", "", "freeze it at this instant, RFC 3339 (default: real time)")
	fs.StringArrayVar(&flags.scenarios, "scenario", nil, "shipped scenario or scenario file, active from the start; repeatable")
	fs.StringArrayVar(&flags.settings, "setting", nil, "a switch, such as acehub.cavvAmount=exact; repeatable")
	fs.StringVar(&flags.key, "cardtokens-key", "", "PEM file with an RSA private key for enccard (default: the published pair)")
	_ = cmd.RegisterFlagCompletionFunc("setting", completeSettings)
	_ = cmd.RegisterFlagCompletionFunc("scenario", completeShipped)
	return withEnv(cmd, streams)
}

// body is what the admin API takes.
func (f *createFlags) body() ([]byte, error) {
	order := admin.NewSandbox{ID: f.id, Clock: f.clock, Settings: admin.SettingsPatch{}}
	if f.seed != "" {
		seed, err := strconv.ParseUint(f.seed, 10, 64)
		if err != nil {
			return nil, usagef("--seed %q: a seed is a whole number from 0 to 18446744073709551615", f.seed)
		}
		order.Seed = &seed
	}
	if _, err := time.Parse(time.RFC3339, f.clock); f.clock != "" && err != nil {
		return nil, usagef("--clock %q: an instant looks like 2026-01-02T03:04:05Z", f.clock)
	}
	for _, name := range f.scenarios {
		text := name
		if _, shipped := scenarios.Find(name); !shipped {
			file, err := readScenario(name)
			if err != nil {
				return nil, err
			}
			text = string(file) + "\n"
		}
		order.Scenarios = append(order.Scenarios, text)
	}
	for _, given := range f.settings {
		if err := addSetting(order.Settings, given); err != nil {
			return nil, err
		}
	}
	if f.key != "" {
		key, err := os.ReadFile(f.key)
		if err != nil {
			return nil, fmt.Errorf("read the Cardtokens key: %w", err)
		}
		order.CardtokensKey = string(key)
	}
	return json.Marshal(order)
}

// addSetting reads group.name=value. What the value is depends on the switch;
// that of an unknown one is a text, and the simulator says what is near.
func addSetting(into admin.SettingsPatch, given string) error {
	key, text, ok := strings.Cut(given, "=")
	group, name, dotted := strings.Cut(key, ".")
	if !ok || !dotted {
		return usagef("--setting %q: it looks like acehub.cavvAmount=exact", given)
	}
	value, err := settingValue(key, text)
	if err != nil {
		return usagef("--setting %q: %w", given, err)
	}
	if into[group] == nil {
		into[group] = map[string]any{}
	}
	into[group][name] = value
	return nil
}

func settingValue(key, text string) (any, error) {
	for _, s := range sandbox.SettingsCatalogue() {
		if s.Key() != key {
			continue
		}
		switch s.Default.(type) {
		case bool:
			if b, err := strconv.ParseBool(text); err == nil {
				return b, nil
			}
			return nil, errors.New("it is true or false")
		case int:
			if n, err := strconv.Atoi(text); err == nil {
				return n, nil
			}
			return nil, errors.New("it is a whole number")
		}
	}
	return text, nil
}

// completeSettings offers the switches with an equals sign behind.
func completeSettings(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var names []string
	for _, s := range sandbox.SettingsCatalogue() {
		names = append(names, s.Key()+"=\t"+s.Summary)
	}
	return names, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}
