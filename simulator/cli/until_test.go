package cli_test

import (
	"bytes"
	"os/exec"
	"regexp"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// until runs a program again and again until what it prints matches:
// until PATTERN PROGRAM ARG...
func until(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: until PATTERN PROGRAM ARG...")
	}
	pattern, err := regexp.Compile("(?m)" + args[0])
	ts.Check(err)
	program, err := exec.LookPath(args[1])
	ts.Check(err)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(20 * time.Second)
	var out bytes.Buffer
	for {
		out.Reset()
		cmd := exec.Command(program, args[2:]...)
		cmd.Dir, cmd.Stdout, cmd.Stderr = ts.MkAbs("."), &out, &out
		if cmd.Run() == nil && pattern.Match(out.Bytes()) {
			return
		}
		select {
		case <-tick.C:
		case <-deadline:
			ts.Fatalf("%q was not printed, but\n%s", args[0], out.Bytes())
		}
	}
}
