package simulator_test

import (
	"flag"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cardsim/simulator/journal"
	"cardsim/simulator/simulatortest"
)

// The long form of TestSoak; a short one of ten seconds is part of .ci/run:
//
//	go test ./simulator -run TestSoak -soak 1h -timeout 2h -v
var soakFor = flag.Duration("soak", 0, "how long TestSoak keeps the program at half of what it can do; 0 leaves it out")

const (
	soakWorkers = 16
	soakTenths  = 10
	// soakLong is from when on a run is long enough for memory and answering times to
	// be judged; a shorter one is there to see that everything goes on.
	soakLong = 5 * time.Minute
	// soakSpare is by how many descriptors and goroutines two readings may differ
	// without anything having leaked: connections come and go.
	soakSpare = 16
)

// TestSoak finds out how many calls a second the real program, with a file that lasts,
// answers to sixteen clients on mixed journeys, and keeps it at half of that. At the end
// nothing may have grown that is not meant to be kept: memory, goroutines, open files,
// the journal; the last tenth was answered as fast as the first; and nothing is lost.
func TestSoak(t *testing.T) {
	if *soakFor == 0 {
		t.Skip("judges times, so it is asked for: -soak 3s, or -soak 1h -timeout 2h")
	}
	needProc(t)
	program, data := buildProgram(t), filepath.Join(t.TempDir(), "soak.db")
	p := start(t, program, data, "--log-level", "error")
	s := &soak{t: t, c: &simulatortest.Client{Env: p.client.Env, HTTP: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2 * soakWorkers}}}}
	most := s.most(min(max(*soakFor/soakTenths, time.Second), time.Minute))
	if t.Failed() {
		return
	}
	tenths := make([]soakTenth, 0, soakTenths)
	s.run(most/2, func() {
		for range soakTenths {
			s.begin()
			<-time.After(*soakFor / soakTenths)
			tenths = append(tenths, soakTenth{vitals: vitalsOf(t, p), took: s.end()})
		}
	})
	t.Logf("%s at %.0f calls a second, half of %.0f; %d calls came late for want of a free client\n%s",
		*soakFor, most/2, most, s.late.Load(), soakTable(tenths, soakFor.Seconds()/soakTenths))
	s.judge(tenths)
	p.close(t)
	s.compare(program, data)
}

// soak is one run of the test.
type soak struct {
	t *testing.T
	c *simulatortest.Client // of the default sandbox

	late  atomic.Int64
	calls atomic.Int64

	mu   sync.Mutex
	took []time.Duration
	kept []string // the newest refunded payments of the default sandbox
}

// most lets all clients go as fast as they can and returns the calls of a second.
func (s *soak) most(long time.Duration) float64 {
	s.run(0, func() { <-time.After(long) })
	return float64(s.calls.Load()) / long.Seconds()
}

// run keeps the clients at work while fn runs, at so many calls a second; 0 is as many
// as they can.
func (s *soak) run(rate float64, fn func()) {
	stop := make(chan struct{})
	var permits chan struct{}
	var wg sync.WaitGroup
	if rate > 0 {
		permits = make(chan struct{}, 2*soakWorkers)
		wg.Go(func() { s.permit(rate, permits, stop) })
	}
	for id := range soakWorkers {
		w := &soakWorker{soak: s, id: id, permits: permits, stop: stop}
		wg.Go(w.work)
	}
	fn()
	close(stop)
	wg.Wait()
}

// permit lets so many calls a second begin.
func (s *soak) permit(rate float64, permits chan<- struct{}, stop <-chan struct{}) {
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	began, given := time.Now(), 0
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
		}
		for due := int(rate * time.Since(began).Seconds()); given < due; given++ {
			select {
			case permits <- struct{}{}:
			default:
				s.late.Add(1)
			}
		}
	}
}

func (s *soak) begin() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.took = nil
}

func (s *soak) end() []time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.took
}

// answered keeps how long an answer took.
func (s *soak) answered(took time.Duration) {
	s.calls.Add(1)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.took = append(s.took, took)
}

// judge says what has grown that must not.
func (s *soak) judge(tenths []soakTenth) {
	s.t.Helper()
	first, last := tenths[0], tenths[len(tenths)-1]
	if last.fds > first.fds+soakSpare || first.rounds > 0 && last.rounds > first.rounds+soakSpare {
		s.t.Errorf("descriptors went from %d to %d, goroutines from %d to %d", first.fds, last.fds, first.rounds, last.rounds)
	}
	if most := int64(soakWorkers+1) * journal.DefaultMaxEntries; last.entries > most || last.journal > journal.DefaultMaxBytes {
		s.t.Errorf("the journal holds %d entries of %d, %s MB of %s", last.entries, most, mb(last.journal), mb(journal.DefaultMaxBytes))
	}
	for i, tenth := range tenths {
		if len(tenth.took) == 0 {
			s.t.Errorf("in tenth %d nothing was answered", i+1)
		}
	}
	if *soakFor < soakLong || s.t.Failed() {
		return
	}
	middle, end := highest(tenths[2:5]), highest(tenths[7:])
	if float64(end) > flatMost*float64(middle) {
		s.t.Errorf("memory grew from %s MB to %s MB", mb(middle), mb(end))
	}
	if before, after := first.percentile(50), last.percentile(50); after > 2*before {
		s.t.Errorf("half of the answers took %s at first and take %s in the end", before, after)
	}
}

// soakTenth is what was seen of a tenth of the run.
type soakTenth struct {
	vitals
	took []time.Duration
}

// percentile is the time within which so many of a hundred answers came.
func (s soakTenth) percentile(p float64) time.Duration {
	if len(s.took) == 0 {
		return 0
	}
	return sortedTimes(s.took)[int(float64(len(s.took)-1)*p/100)]
}

// highest is the most memory of some tenths.
func highest(tenths []soakTenth) (most int64) {
	for _, tenth := range tenths {
		most = max(most, tenth.anon)
	}
	return most
}

func soakTable(tenths []soakTenth, seconds float64) string {
	lines := []string{
		"| tenth | calls/s | p50 ms | p95 ms | p99 ms | max ms | RssAnon MB | goroutines | descriptors | journal entries | journal MB |",
		"| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
	}
	for i, s := range tenths {
		ms := func(p float64) string { return fmt.Sprintf("%.2f", float64(s.percentile(p).Microseconds())/1000) }
		lines = append(lines, fmt.Sprintf("| %d | %.0f | %s | %s | %s | %s | %s | %d | %d | %d | %s |", i+1, float64(len(s.took))/seconds,
			ms(50), ms(95), ms(99), ms(100), mb(s.anon), s.rounds, s.fds, s.entries, mb(s.journal)))
	}
	return strings.Join(lines, "\n")
}
