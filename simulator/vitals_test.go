package simulator_test

import (
	"bufio"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"

	"cardsim/simulator/simulatortest"
)

// vitals are what a running program holds at one moment. What cannot be told is -1.
type vitals struct {
	anon   int64 // resident memory in bytes, without mapped file pages (RssAnon)
	files  int64 // resident pages of mapped files in bytes (RssFile)
	fds    int   // open file descriptors
	rounds int   // goroutines
	// entries and journal are how many entries the journals of all sandboxes hold,
	// and their bytes.
	entries, journal int64
}

// needProc skips where the system does not tell what a process holds.
func needProc(t testing.TB) {
	t.Helper()
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("there is no /proc/self/status: memory of a process is not told here")
	}
}

// vitalsOf asks the system, and the program's own metrics.
func vitalsOf(t testing.TB, p process) vitals {
	t.Helper()
	at := fmt.Sprintf("/proc/%d", p.cmd.Process.Pid)
	status, err := os.ReadFile(at + "/status")
	if err != nil {
		t.Fatal(err)
	}
	fds, err := os.ReadDir(at + "/fd")
	if err != nil {
		t.Fatal(err)
	}
	numbers := metricsOf(t, p.client)
	return vitals{
		anon: statusBytes(t, string(status), "RssAnon"), files: statusBytes(t, string(status), "RssFile"),
		fds: len(fds), rounds: int(numbers.get("go_goroutines")),
		entries: int64(numbers.get("cardsim_journal_entries")), journal: int64(numbers.get("cardsim_journal_bytes")),
	}
}

// statusBytes reads a line such as "RssAnon:	   12345 kB".
func statusBytes(t testing.TB, status, name string) int64 {
	t.Helper()
	_, after, found := strings.Cut(status, "\n"+name+":")
	line, _, _ := strings.Cut(after, "\n")
	n, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(line), " kB"), 10, 64)
	if !found || err != nil {
		t.Skipf("the system does not tell %s of a process", name)
	}
	return n << 10
}

// toldMetrics are the program's metrics by name, labels left away and summed up.
type toldMetrics map[string]float64

// get is one of them, -1 when it is not told.
func (m toldMetrics) get(name string) float64 {
	if v, ok := m[name]; ok {
		return v
	}
	return -1
}

func metricsOf(t testing.TB, c *simulatortest.Client) toldMetrics {
	t.Helper()
	a, err := c.Do(http.MethodGet, c.Env["CARDSIM_ADMIN_URL"]+"/metrics", nil)
	if err != nil || a.Status != http.StatusOK {
		t.Fatalf("metrics: HTTP %d %v", a.Status, err)
	}
	m := toldMetrics{}
	for lines := bufio.NewScanner(strings.NewReader(string(a.Body))); lines.Scan(); {
		text, value, ok := strings.Cut(lines.Text(), " ")
		if !ok || strings.HasPrefix(text, "#") {
			continue
		}
		if i := strings.LastIndex(lines.Text(), " "); strings.Contains(text, "{") {
			value = lines.Text()[i+1:]
		}
		name, _, _ := strings.Cut(text, "{")
		if n, err := strconv.ParseFloat(value, 64); err == nil {
			m[name] += n
		}
	}
	return m
}

// mb is a number of bytes for people, a MB being 2^20.
func mb(n int64) string { return fmt.Sprintf("%.1f", float64(n)/(1<<20)) }
