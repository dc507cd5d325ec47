package simulator_test

import (
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"cardsim/simulator/simulatortest"
)

// buildProgram builds the real program once for the test.
func buildProgram(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cardsim")
	if out, err := exec.Command("go", "build", "-o", path, "cardsim").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return path
}

// process is the real program, serving.
type process struct {
	cmd    *exec.Cmd
	client *simulatortest.Client
	exited <-chan error
}

// kill ends the program by SIGKILL, with no chance to clean up, and waits until it is
// gone.
func (p process) kill(t testing.TB) {
	t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-p.exited
}

// close ends the program as a person would.
func (p process) close(t testing.TB) {
	t.Helper()
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := <-p.exited; err != nil {
		t.Errorf("serve ended with %v", err)
	}
}

// start runs serve on free ports and waits for its ready file.
func start(t testing.TB, program, db string, more ...string) process {
	t.Helper()
	args := append([]string{"serve", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--data", db, "--log-format", "text"}, more...)
	return launch(t, exec.Command(program, args...), os.Stderr)
}

// launch runs a command that ends in a serve of the real program, adds a ready file
// and waits for that.
func launch(t testing.TB, cmd *exec.Cmd, stderr io.Writer) process {
	t.Helper()
	ready := filepath.Join(t.TempDir(), "ready.json")
	cmd.Env = append(os.Environ(), "CARDSIM_READY_FILE="+ready)
	cmd.Stderr = stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(20 * time.Second); ; {
		select {
		case <-tick.C:
		case err := <-exited:
			t.Fatalf("serve ended: %v", err)
		case <-deadline:
			t.Fatal("serve is not ready")
		}
		data, err := os.ReadFile(ready)
		if err != nil {
			continue
		}
		var at struct{ URL, AdminURL string }
		if err := json.Unmarshal(data, &at); err != nil {
			t.Fatalf("the ready file appeared in part: %q", data)
		}
		return process{cmd, clientOf(t, at.AdminURL), exited}
	}
}

func clientOf(t testing.TB, adminURL string) *simulatortest.Client {
	t.Helper()
	c := simulatortest.New(map[string]string{"CARDSIM_ADMIN_URL": adminURL, "CARDSIM_SANDBOX": "default"})
	var s struct{ Env map[string]string }
	if err := c.Admin("GET", "", nil, &s); err != nil {
		t.Fatal(err)
	}
	c.Env = s.Env
	return c
}

// needsProgram leaves out in -short what builds and runs the real program.
func needsProgram(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("builds and runs the real program: not in -short")
	}
}

// clientOfReady is a client of the program that wrote a ready file.
func clientOfReady(ready string) (*simulatortest.Client, error) {
	data, err := os.ReadFile(ready)
	if err != nil {
		return nil, err
	}
	var at struct{ URL, AdminURL string }
	if err := json.Unmarshal(data, &at); err != nil {
		return nil, err
	}
	c := simulatortest.New(map[string]string{"CARDSIM_ADMIN_URL": at.AdminURL, "CARDSIM_SANDBOX": "default"})
	var s struct{ Env map[string]string }
	if err := c.Admin("GET", "", nil, &s); err != nil {
		return nil, err
	}
	c.Env = s.Env
	return c, nil
}
