package cli_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/cli"
	"cardsim/simulator/simulatortest"
)

// TestMessagesShowTheCodeOfARunningChallenge, which is the newest message's.
func TestMessagesShowTheCodeOfARunningChallenge(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	card := simulatortest.Card{PAN: "4000000000001091", Month: 1, Year: 2031, CVV: "123"}
	if _, err := c.Enrol(card.PAN, "V1", "+4512345678"); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Lookup(simulatortest.Order{Number: "CODE-1", Minor: 100, Currency: "978", Card: card}); err != nil {
		t.Fatal(err)
	}
	sent, err := c.Messages()
	if err != nil || len(sent) != 1 || sent[0].Code == "" {
		t.Fatalf("%+v %v", sent, err)
	}
	var out, problems bytes.Buffer
	args := []string{"messages", "--admin-url", c.Env["CARDSIM_ADMIN_URL"]}
	if code := cli.Main(args, cli.IO{In: strings.NewReader(""), Out: &out, Err: &problems, Env: os.LookupEnv}); code != 0 {
		t.Fatalf("exit code %d: %s", code, problems.String())
	}
	lines := strings.Split(out.String(), "\n")
	if len(lines) < 2 {
		t.Fatalf("%s", out.String())
	}
	if columns := strings.Fields(lines[1]); len(columns) < 5 || columns[2] != "sms" || columns[4] != sent[0].Code {
		t.Errorf("%s", out.String())
	}
}
