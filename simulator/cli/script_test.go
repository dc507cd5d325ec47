package cli_test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"cardsim/simulator/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"cardsim": func() {
			os.Exit(cli.Main(os.Args[1:], cli.IO{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Env: os.LookupEnv}))
		},
	})
}

// TestScripts runs the real program as a user would.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"ready": ready,
			"exits": exits,
			"until": until,

			"setout": setOut,
			"arrive": arrive,
		},
	})
}

// ready waits for a ready file and sets URL and ADMIN: ready FILE.
func ready(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: ready FILE")
	}
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(20 * time.Second)
	for {
		select {
		case <-tick.C:
		case <-deadline:
			ts.Fatalf("%s did not appear", args[0])
		}
		data, err := os.ReadFile(ts.MkAbs(args[0]))
		if err != nil {
			continue
		}
		var at struct{ URL, AdminURL string }
		ts.Check(json.Unmarshal(data, &at))
		ts.Setenv("URL", at.URL)
		ts.Setenv("ADMIN", at.AdminURL)
		return
	}
}

// exits runs a program and wants exactly this exit code: exits 2 cardsim serv.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARG...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}
