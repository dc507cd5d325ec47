package simulator_test

import (
	"flag"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"cardsim/simulator/simulatortest"
)

// The long form of TestKilledUnderLoad, about ten minutes on two cores:
//
//	go test ./simulator -run TestKilledUnderLoad -crash-rounds 200 -timeout 60m -v
var (
	crashRounds = flag.Int("crash-rounds", 4, "how often TestKilledUnderLoad kills the program")
	crashSeed   = flag.Uint64("crash-seed", 0, "what TestKilledUnderLoad does and when it kills is drawn from this; 0 takes a new one")
)

const (
	crashWorkers = 8
	crashLeast   = 20  // acknowledged calls before a kill, at least
	crashMost    = 400 // and at most
	crashSample  = 60  // older things that are looked at after each kill
	crashDoctor  = 10  // the doctor sees the file after every so many kills
)

// TestKilledUnderLoad kills the real program with SIGKILL, at points that nobody
// chose, while eight clients do everything that leaves something behind. After each
// kill the books that the clients kept of their answers, and of nothing else, are
// compared with what the restarted program says: what was acknowledged is there in
// full, what was never answered is there in full or not at all, and the money of
// every payment is what the answers add up to.
func TestKilledUnderLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and kills the real program: not in -short")
	}
	seed := *crashSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("seed %d", seed)
	c := crash{program: buildProgram(t), db: filepath.Join(t.TempDir(), "killed.db"), rnd: rand.New(rand.NewPCG(seed, 1))}
	for n := range crashWorkers {
		c.workers = append(c.workers, &crashWorker{id: n, book: &crashBook{}, rnd: rand.New(rand.NewPCG(seed, uint64(n)+2))})
	}
	p := c.start(t)
	for round := range *crashRounds {
		c.round(t, p)
		if *crashRounds <= crashDoctor || round%crashDoctor == crashDoctor-1 {
			c.doctor(t)
		}
		p = c.start(t)
		c.compare(t, p.client, crashSample)
		if t.Failed() {
			t.Fatalf("round %d of %d failed, seed %d", round+1, *crashRounds, seed)
		}
	}
	c.compare(t, p.client, -1)
	c.totals(t, p.client)
	p.kill(t)
	c.doctor(t)
	t.Logf("%d kills: %s", *crashRounds, c.summary())
}

// crash is one run of the test.
type crash struct {
	program, db string
	rnd         *rand.Rand
	workers     []*crashWorker
}

// start runs the program with a clock that stands still: no challenge expires.
func (c *crash) start(t *testing.T) process {
	t.Helper()
	return start(t, c.program, c.db, "--clock", "2026-01-02T03:04:05Z", "--log-level", "warn")
}

// round lets every worker work until enough calls were acknowledged, kills the
// program among what they are just doing, and waits until all have noticed.
func (c *crash) round(t *testing.T, p process) {
	t.Helper()
	acked, dead := make(chan struct{}, crashWorkers), make(chan struct{})
	var wg sync.WaitGroup
	for _, w := range c.workers {
		wg.Go(func() { w.work(t, simulatortest.New(p.client.Env), acked, dead) })
	}
	for range crashLeast + c.rnd.IntN(crashMost-crashLeast) {
		select {
		case <-acked:
		case <-time.After(30 * time.Second):
			t.Fatal("the clients make no progress")
		}
	}
	close(dead)
	p.kill(t)
	wg.Wait()
}

// doctor checks the file with the real program.
func (c *crash) doctor(t *testing.T) {
	t.Helper()
	if out, err := exec.Command(c.program, "doctor", c.db).CombinedOutput(); err != nil {
		t.Errorf("the doctor: %v\n%s", err, out)
	}
}
