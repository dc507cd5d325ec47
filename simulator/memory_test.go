package simulator_test

import (
	"flag"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"cardsim/simulator/loadtest"
)

// The long form of TestMemory, a few minutes; a short one is part of .ci/run:
//
//	go test ./simulator -run TestMemory -memory-requests 1000000 -timeout 60m -v
var memoryRequests = flag.Int("memory-requests", 0, "how many requests TestMemory sends before it holds the memory to its bound; half as many follow; 0 leaves it out")

const (
	// Resident memory in bytes, mapped file pages apart; a MB is 2^20, as the tools
	// that show processes have it.
	idleMost   = 30 << 20
	loadedMost = 80 << 20
	// shortMost is the bound of the short form, which is there to see a leak and must
	// not depend on when the collector last ran.
	shortMost = loadedMost * 5 / 4
	// flatMost is how much the highest reading after the bound may lie above the
	// highest before it: the collector lets the heap breathe.
	flatMost = 1.15
	// shortFlat is the same for the short form, whose heap has hardly settled.
	shortFlat = 1.4
	// flatFrom is from how many requests on the journal is full, so that nothing
	// more is to come, and longFrom from how many on the heap has long settled.
	flatFrom, longFrom = 15_000, 100_000
)

// TestMemory sends reads and writes to the real program, with a file that lasts, and
// prints what it holds: little when idle, bounded after many requests, and no more
// after half as many again.
func TestMemory(t *testing.T) {
	if *memoryRequests == 0 {
		t.Skip("loads the machine, so it is asked for: -memory-requests 20000, or 1000000 -timeout 1h")
	}
	needProc(t)
	p := start(t, buildProgram(t), filepath.Join(t.TempDir(), "memory.db"), "--log-level", "error")
	table := []string{"| requests | RssAnon MB | RssFile MB | descriptors | goroutines | journal entries | journal MB |", "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |"}
	look := func(sent int) int64 {
		v := vitalsOf(t, p)
		table = append(table, fmt.Sprintf("| %d | %s | %s | %d | %d | %d | %s |", sent, mb(v.anon), mb(v.files), v.fds, v.rounds, v.entries, mb(v.journal)))
		return v.anon
	}
	idle := look(0)
	const steps = 10
	share := max(steps, *memoryRequests) / steps
	request := mixed(t, p)
	var before, after int64
	for step := range steps + steps/2 {
		load := loadtest.Load{Address: place(p.client.Env["CARDSIM_URL"]), Connections: 16, Requests: share, Status: http.StatusOK,
			Request: func(n int) []byte { return request(step*share + n) }}
		if err := load.Run(); err != nil {
			t.Fatal(err)
		}
		if held := look((step + 1) * share); step < steps {
			before = max(before, held)
		} else {
			after = max(after, held)
		}
	}
	t.Logf("memory of the program under %d requests, then half as many\n%s", steps*share, strings.Join(table, "\n"))
	most, flat := int64(shortMost), shortFlat
	if steps*share >= longFrom {
		most, flat = loadedMost, flatMost
	}
	if idle > idleMost || max(before, after) > most {
		t.Errorf("idle it holds %s MB, under load up to %s MB; the bounds are %s and %s", mb(idle), mb(max(before, after)), mb(idleMost), mb(most))
	}
	if steps*share >= flatFrom && float64(after) > flat*float64(before) {
		t.Errorf("memory goes on growing: up to %s MB, then up to %s MB", mb(before), mb(after))
	}
	p.close(t)
}

// mixed is a mixture of requests, three reads to two writes.
func mixed(t *testing.T, p process) func(n int) []byte {
	t.Helper()
	var reads [][]byte
	for _, r := range readings(t, p.client) {
		reads = append(reads, loadtest.Get(r.path, r.header...))
	}
	writes := writings(p.client)
	return func(n int) []byte {
		if n%5 < 3 {
			return reads[n%len(reads)]
		}
		return writes[n%len(writes)].request(n)
	}
}
