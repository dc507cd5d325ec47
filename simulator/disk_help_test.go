//go:build unix

package simulator_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"cardsim/simulator/simulatortest"
)

// shell runs the real program below a shell that first gives up a resource. The
// program takes the shell's place, so that signals reach it.
func shell(t *testing.T, limit, program, db string, more ...string) (process, *logged) {
	t.Helper()
	args := append([]string{"-c", limit + ` && exec "$0" "$@"`, program, "serve", "--data", db,
		"--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--log-format", "text"}, more...)
	log := &logged{}
	return launch(t, exec.Command("sh", args...), log), log
}

// refused runs serve on a file that it must refuse, and returns what it said.
func refused(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	stop := time.AfterFunc(20*time.Second, func() { _ = cmd.Process.Kill() }) // one that serves all the same
	defer stop.Stop()
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("serve ended with %v, not with exit code 1:\n%s", err, out)
	}
	return string(out)
}

func serveOn(program, db string) *exec.Cmd {
	return exec.Command(program, "serve", "--data", db, "--listen", "127.0.0.1:0", "--admin", "off")
}

// payFor sends one payment and returns its answer.
func payFor(c *simulatortest.Client, code string) (simulatortest.Paid, error) {
	return c.Pay(simulatortest.Payment{
		Action:      "payment",
		Transaction: map[string]any{"trackingCode": code, "brandId": 1010, "amount": 10, "currencyCode": "EUR"},
		Card:        map[string]any{"number": "4111111111111111", "expiryMonth": 1, "expiryYear": 2031, "cvv": "123"},
	})
}

// payUntil pays with eight clients until a payment fails or the bound is reached. It
// returns the tracking codes of those that were acknowledged, and the first failure.
func payUntil(c *simulatortest.Client, prefix string, bound int) (acked []string, failure simulatortest.Paid) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Go(func() {
			for n := range bound / 8 {
				code := fmt.Sprintf("%s-%d-%d-abcdef", prefix, worker, n)
				paid, err := payFor(c, code)
				mu.Lock()
				if err == nil && paid.Result == 0 && paid.HTTP == 200 {
					acked = append(acked, code)
				} else if failure.HTTP == 0 {
					failure = paid
				}
				full := failure.HTTP != 0
				mu.Unlock()
				if err != nil || full {
					return
				}
			}
		})
	}
	wg.Wait()
	return acked, failure
}

// allThere demands that every acknowledged payment is found.
func allThere(t *testing.T, c *simulatortest.Client, acked []string) {
	t.Helper()
	for _, code := range acked {
		if _, err := paymentStanding(c, code); err != nil {
			t.Errorf("%s: %v", code, err)
		}
		if _, err := paymentID(c, code); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
}

// again tries until a payment passes: the cause has gone, the program was not
// started anew.
func again(t *testing.T, c *simulatortest.Client, prefix string) (code string) {
	t.Helper()
	var last string
	deadline := time.After(20 * time.Second)
	for n := 0; ; n++ {
		code = fmt.Sprintf("%s-%d-abcdef", prefix, n)
		paid, err := payFor(c, code)
		if err == nil && paid.HTTP == 200 && paid.Result == 0 {
			return code
		}
		last = fmt.Sprintf("HTTP %d %s %v", paid.HTTP, paid.Raw, err)
		select {
		case <-deadline:
			t.Fatalf("no payment passes although the cause has gone: %s", last)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// healthy demands that the doctor finds nothing.
func healthy(t *testing.T, program, db string) {
	t.Helper()
	if out, err := exec.Command(program, "doctor", db).CombinedOutput(); err != nil {
		t.Errorf("the doctor: %v\n%s", err, out)
	}
}

// nobody is a user who may not write everywhere.
const nobody = 65534

// openFolder is a folder that every user may reach, unlike those of t.TempDir.
func openFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "cardsim-disk-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}

// asUser makes a command run as a user who is bound by permissions, and gives that
// user the paths. It changes nothing when the test itself runs as one.
func asUser(t *testing.T, cmd *exec.Cmd, own ...string) *exec.Cmd {
	t.Helper()
	if os.Geteuid() != 0 {
		return cmd
	}
	for _, path := range own {
		if err := os.Chown(path, nobody, nobody); err != nil {
			t.Skipf("root may write everywhere, and cannot give a file away here: %v", err)
		}
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	return cmd
}

// copyFile copies a file with a mode.
func copyFile(t *testing.T, from, to string, mode os.FileMode) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, mode); err != nil {
		t.Fatal(err)
	}
}

// clearly demands the parts of a message.
func clearly(t *testing.T, about, message string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(message, part) {
			t.Errorf("%s: nothing says %q:\n%s", about, part, message)
		}
	}
	if strings.Contains(message, "goroutine ") || strings.Contains(message, "panic") {
		t.Errorf("%s: the program crashed:\n%s", about, message)
	}
}

func diskFile(folder string) string { return filepath.Join(folder, "cardsim.db") }
