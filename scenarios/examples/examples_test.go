// Package examples_test runs the clients in other languages as their users would:
// beside cardsim exec.
package examples_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// program builds cardsim once for the clients.
func program(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cardsim")
	if out, err := exec.Command("go", "build", "-o", path, "cardsim").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return path
}

func TestClientsInOtherLanguages(t *testing.T) {
	cardsim := program(t)
	for _, tt := range []struct {
		name    string
		command []string
		says    string // what a run prints that really paid
	}{
		{"node", []string{"node", "--test", "node/pay.test.mjs"}, "# pass 2"},
		{"python", []string{"python3", "-m", "unittest", "discover", "python"}, "Ran 2 tests"},
		{"curl", []string{"bash", "curl/pay.sh"}, "authorised; the second use of the cryptogram was refused"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := exec.LookPath(tt.command[0]); err != nil {
				t.Skipf("%s is not on this machine", tt.command[0])
			}
			cmd := exec.Command(cardsim, append([]string{"exec", "--"}, tt.command...)...)
			cmd.Env = append(os.Environ(), "NO_COLOR=1", "NODE_TEST_REPORTER=spec", "PYTHONDONTWRITEBYTECODE=1")
			out, err := cmd.CombinedOutput()
			if err != nil || !strings.Contains(string(out), tt.says) {
				t.Errorf("%v, and it does not say %q:\n%s", err, tt.says, out)
			}
		})
	}
}
