package simulator_test

import (
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// moved is the answer to a clock that was set or advanced.
type moved struct {
	Mode       string
	Now        time.Time
	Fired      []fired
	FiredCount int
}

type fired struct {
	At             time.Time
	Kind, ID, Flow string
}

func (s *timed) advance(by string) (m moved) {
	s.t.Helper()
	s.ok(s.c.Admin(http.MethodPost, "/clock/advance", map[string]string{"by": by}, &m))
	return m
}

// TestAdvanceTellsWhatFellDue: in order of time, with the journey it belongs to;
// setting the clock does the same.
func TestAdvanceTellsWhatFellDue(t *testing.T) {
	s := frozen(t)
	j, err := s.c.Walk(liveKey(s.c), good("DUE-1")) // its challenge is over, its cryptogram is not used
	s.ok(err)
	paid, err := s.c.Pay(simulatortest.Payment{Action: "payment", Transaction: map[string]any{
		"trackingCode": "DUE-0002", "brandId": 3010, "amount": 11, "currencyCode": "EUR", "returnUrl": "https://shop.example/return", "issuerId": 10,
	}})
	s.ok(err)
	s.n = 3
	_, ch := s.asked()
	flow := func(operation string) string {
		entries, err := s.c.Journal(operation)
		s.ok(err)
		return entries[0].Flow
	}
	want := moved{Mode: "frozen", Now: leapDay.Add(time.Hour), FiredCount: 3, Fired: []fired{
		{leapDay.Add(5 * time.Minute), "challenge.expired", ch.ID, flow("cardinal.lookup")},
		{leapDay.Add(10 * time.Minute), "payment.timeout", paid.Body.Transaction.ID, flow("acehub.payment.create")},
		{leapDay.Add(15*time.Minute + 1), "cryptogram.expired", j.Cryptogram.PaymentDataID, flow("cardtokens.token.cryptogram")},
	}}
	if diff := cmp.Diff(want, s.advance("1h")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want.Fired[0].Flow == "" || want.Fired[2].Flow == "" {
		t.Error("no journey is told")
	}
	if again := s.advance("720h"); again.FiredCount != 0 || again.Fired == nil {
		t.Errorf("fired again: %+v", again)
	}
	s.n = 4
	_, ch = s.asked()
	var set moved
	s.ok(s.c.Admin(http.MethodPut, "/clock", map[string]any{"mode": "frozen", "now": leapDay.AddDate(1, 0, 0)}, &set))
	if set.FiredCount != 1 || set.Fired[0].ID != ch.ID {
		t.Errorf("set forward: %+v", set)
	}
	s.ok(s.c.Admin(http.MethodPut, "/clock", map[string]any{"mode": "frozen", "now": leapDay}, &set))
	if set.FiredCount != 0 || !set.Now.Equal(leapDay) {
		t.Errorf("set back: %+v", set)
	}
}

// TestLongListsOfWhatFellDue are cut, and counted whole.
func TestLongListsOfWhatFellDue(t *testing.T) {
	s := frozen(t)
	token, err := s.c.CreateToken(liveKey(s.c), good("").Card)
	s.ok(err)
	const count = 1001
	for range count {
		_, err := s.c.GetCryptogram(liveKey(s.c), token.TokenID, "r")
		s.ok(err)
	}
	if got := s.advance("1h"); got.FiredCount != count || len(got.Fired) != 1000 {
		t.Errorf("%d counted, %d listed", got.FiredCount, len(got.Fired))
	}
}

func TestClockRefusals(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	for _, tt := range []struct {
		now, by string // now: freeze there first
		status  int
		detail  string
	}{
		{"", "1m", 409, `freeze it first, then advance it: PUT .../clock takes {"mode":"frozen"}, the command is cardsim clock set now`},
		{"2026-01-02T03:04:05Z", "-1ns", 422, "set it instead"},
		{"2026-01-02T03:04:05Z", "1d", 422, "Go duration"},
		{"9998-12-31T23:59:59Z", "1s", 422, "9998"},
	} {
		if tt.now != "" {
			raw(t, c, "PUT", s+"/clock", `{"mode":"frozen","now":"`+tt.now+`"}`)
		}
		a := raw(t, c, "POST", s+"/clock/advance", `{"by":"`+tt.by+`"}`)
		var p struct{ Detail string }
		if err := a.JSON(&p); err != nil || a.Status != tt.status || !strings.Contains(p.Detail, tt.detail) {
			t.Errorf("%s: HTTP %d %s", tt.by, a.Status, a.Body)
		}
	}
}

// TestAdvanceIsItsOwnWorlds: another sandbox's time does not pass.
func TestAdvanceIsItsOwnWorlds(t *testing.T) {
	c, run := simulatortest.Start(t, simulator.Config{Clock: &leapDay})
	other, err := run.CreateSandbox(simulator.SandboxOptions{ID: "other", Clock: &leapDay})
	if err != nil {
		t.Fatal(err)
	}
	here, there := &timed{tale: tale{t, c}}, &timed{tale: tale{t, simulatortest.New(other.Env)}}
	here.asked()
	there.asked()
	if got := here.advance("1h"); got.FiredCount != 1 {
		t.Errorf("here: %+v", got)
	}
	if list, err := there.c.Challenges(); err != nil || list[0].State != "pending" {
		t.Errorf("there: %+v, %v", list, err)
	}
	if got := there.advance("1h"); got.FiredCount != 1 {
		t.Errorf("there: %+v", got)
	}
}

// TestDueOverARestart: what was acknowledged has happened, what was not due then
// happens later, once.
func TestDueOverARestart(t *testing.T) {
	data := filepath.Join(t.TempDir(), "cardsim.db")
	begin := func(cfg simulator.Config) (*timed, *simulator.Simulator) {
		cfg.Data = data
		c, run := startOn(t, cfg)
		return &timed{tale: tale{t, c}}, run
	}
	first, run := begin(simulator.Config{Clock: &leapDay})
	first.n = 1
	_, early := first.asked()
	first.advance("2m")
	first.n = 2
	_, late := first.asked()
	if got := first.advance("3m"); got.FiredCount != 1 || got.Fired[0].ID != early.ID {
		t.Errorf("before the restart: %+v", got)
	}
	first.ok(run.Close())
	second, run := begin(simulator.Config{})
	if got := second.advance("1h"); got.FiredCount != 1 || got.Fired[0].ID != late.ID || !got.Now.Equal(leapDay.Add(65*time.Minute)) {
		t.Errorf("after it: %+v", got)
	}
	second.ok(run.Close())
}

// TestOneEnding: time running out, the cardholder's code, the cardholder's cancel
// and the merchant's question at the same moment give a challenge one ending, and
// all agree which.
func TestOneEnding(t *testing.T) {
	s := frozen(t)
	rounds := 60
	if testing.Short() {
		rounds = 15
	}
	ends := map[string]int{}
	for n := range rounds {
		s.n = n
		transaction, ch := s.asked()
		ends[s.collide(transaction, ch.ID)]++
	}
	t.Logf("endings: %v", ends)
}

// collide lets everything happen at once and returns how it ended.
func (s *timed) collide(transaction, id string) string {
	s.t.Helper()
	start := make(chan struct{})
	var wg sync.WaitGroup
	var mu sync.Mutex
	var failures []error
	var passed moved
	told := map[string]string{}
	together := func(name string, call func() (string, error)) {
		wg.Go(func() {
			<-start
			what, err := call()
			mu.Lock()
			defer mu.Unlock()
			told[name], failures = what, append(failures, err)
		})
	}
	act := func(step map[string]string) func() (string, error) {
		return func() (string, error) { a, err := s.c.Act(id, step); return a.State, err }
	}
	together("submit", act(map[string]string{"action": "submit", "otp": "1234"}))
	together("cancel", act(map[string]string{"action": "cancel"}))
	together("authenticate", func() (string, error) {
		auth, err := s.c.Authenticate(transaction)
		return auth["PAResStatus"], err
	})
	together("advance", func() (string, error) {
		return "", s.c.Admin(http.MethodPost, "/clock/advance", map[string]string{"by": "5m"}, &passed)
	})
	close(start)
	wg.Wait()
	s.ok(errors.Join(failures...))
	list, err := s.c.Challenges()
	s.ok(err)
	end := list[0].State
	if told["submit"] != end || told["cancel"] != end {
		s.t.Errorf("the challenge is %s, the cardholder was told %v", end, told)
	}
	isFired := slices.ContainsFunc(passed.Fired, func(f fired) bool { return f.ID == id })
	if isFired != (end == "expired") {
		s.t.Errorf("the challenge is %s, fired: %v", end, isFired)
	}
	status := map[string]string{"finished": "Y", "expired": "N", "cancelled": "N"}[end]
	if early := told["authenticate"]; early != "U" && early != status {
		s.t.Errorf("the challenge is %s, the merchant was told %s", end, early)
	}
	after, err := s.c.Authenticate(transaction)
	s.ok(err)
	same(s.tale, fmt.Sprintf("PAResStatus of a challenge that is %s", end), after["PAResStatus"], status)
	if again := s.advance("1h"); again.FiredCount != 0 {
		s.t.Errorf("fired later: %+v", again)
	}
	return end
}
