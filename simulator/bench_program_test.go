package simulator_test

import (
	"bufio"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"
	"time"

	"cardsim/simulator"
	"cardsim/simulator/journal"
	"cardsim/simulator/loadtest"
	"cardsim/simulator/simulatortest"
)

// bareProgram is the least that a Go program can be which answers over HTTP.
const bareProgram = `package main

import (
	"fmt"
	"net"
	"net/http"
)

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("ready: http://%s\n", l.Addr())
	panic(http.Serve(l, http.NotFoundHandler()))
}
`

// buildBare builds it.
func buildBare(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(bareProgram), 0o600); err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command("go", "build", "-o", "bare", "main.go")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	return filepath.Join(dir, "bare")
}

// BenchmarkStartProgram: from the start of the process to its first answer, with
// nothing to load, with a file that has grown, and with one whose journal is full; at most
// three times as long as the bare program. They take turns; each is started once for
// every b.N.
func BenchmarkStartProgram(b *testing.B) {
	program, bareAt := buildProgram(b), buildBare(b)
	grown, empty := filepath.Join(b.TempDir(), "grown.db"), filepath.Join(b.TempDir(), "empty.db")
	grow(b, grown, *grownTokens)
	full := filepath.Join(b.TempDir(), "full.db")
	fillJournal(b, full)
	serve := []string{program, "serve", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--log-level", "error"}
	sides := []struct {
		name    string
		command []string
	}{
		{"bare", []string{bareAt}}, {"ephemeral", append(serve, "--ephemeral")},
		{"empty", append(serve[:len(serve):len(serve)], "--data", empty)}, {"grown", append(serve[:len(serve):len(serve)], "--data", grown)},
		{"journal", append(serve[:len(serve):len(serve)], "--data", full)},
	}
	took := map[string][]time.Duration{}
	for b.Loop() {
		for _, side := range sides {
			took[side.name] = append(took[side.name], startOnce(b, side.command))
		}
	}
	least := median(took["bare"])
	for _, side := range sides {
		m := median(took[side.name])
		b.ReportMetric(float64(m.Microseconds())/1000, side.name+"-ms")
		if side.name != "bare" {
			b.ReportMetric(m.Seconds()/least.Seconds(), side.name+"/bare")
		}
	}
	b.ReportMetric(0, "ns/op") // of all sides together it says nothing
}

// fillJournal makes a database whose journal is full of mixed requests.
func fillJournal(b *testing.B, path string) {
	b.Helper()
	c, s := simulatortest.Start(b, simulator.Config{Data: path})
	for _, w := range writings(c) {
		load := loadtest.Load{
			Address: place(c.Env["CARDSIM_URL"]), Connections: 16, Requests: journal.DefaultMaxEntries/3 + 1, Status: http.StatusOK,
			Request: w.request,
		}
		if err := load.Run(); err != nil {
			b.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}

// startOnce starts a program, asks it one thing as soon as it says where, and ends it.
func startOnce(b *testing.B, command []string) time.Duration {
	b.Helper()
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), "CARDSIM_READY_FILE=")
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatalf("%s says %q: %v", command[0], line, err)
	}
	firstAnswer(b, regexp.MustCompile(`http://\S+`).FindString(line))
	took := time.Since(begin)
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil { // an interrupt is ignored by what was started in the background
		b.Fatal(err)
	}
	_ = cmd.Wait() // the bare one dies of it
	return took
}

// BenchmarkExec: what a simulator around a command adds to it, at most 50 ms.
func BenchmarkExec(b *testing.B) {
	program := buildProgram(b)
	alone, err := exec.LookPath("true")
	if err != nil {
		b.Skip("there is no command true on this machine")
	}
	var took [2][]time.Duration
	for b.Loop() {
		for i, command := range [][]string{{alone}, {program, "exec", "--", alone}} {
			begin := time.Now()
			if out, err := exec.Command(command[0], command[1:]...).CombinedOutput(); err != nil {
				b.Fatalf("%v\n%s", err, out)
			}
			took[i] = append(took[i], time.Since(begin))
		}
	}
	plain, around := median(took[0]), median(took[1])
	b.ReportMetric(float64(plain.Microseconds())/1000, "alone-ms")
	b.ReportMetric(float64(around.Microseconds())/1000, "exec-ms")
	b.ReportMetric(float64((around-plain).Microseconds())/1000, "added-ms")
	b.ReportMetric(0, "ns/op") // of both together it says nothing
}
