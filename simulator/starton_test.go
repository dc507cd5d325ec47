package simulator_test

import (
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// startOn starts a simulator that the test closes itself, to start it again on the
// same file.
func startOn(t testing.TB, cfg simulator.Config) (*simulatortest.Client, *simulator.Simulator) {
	t.Helper()
	run, err := simulator.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	env, err := run.Env()
	if err != nil {
		t.Fatal(err)
	}
	return simulatortest.New(env), run
}
