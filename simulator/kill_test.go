package simulator_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cardsim/simulator/simulatortest"
	"cardsim/simulator/store"
)

// buildProgram builds the real program once for the test.
func buildProgram(t *testing.T) string {
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
}

// start runs serve on free ports and waits for its ready file.
func start(t *testing.T, program, db string) process {
	t.Helper()
	ready := filepath.Join(t.TempDir(), "ready.json")
	cmd := exec.Command(program, "serve", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--data", db, "--ready-file", ready, "--log-format", "text")
	cmd.Stderr = os.Stderr
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
		return process{cmd, clientOf(t, at.AdminURL)}
	}
}

func clientOf(t *testing.T, adminURL string) *simulatortest.Client {
	t.Helper()
	c := simulatortest.New(map[string]string{"CARDSIM_ADMIN_URL": adminURL, "CARDSIM_SANDBOX": "default"})
	var s struct{ Env map[string]string }
	if err := c.Admin("GET", "", nil, &s); err != nil {
		t.Fatal(err)
	}
	c.Env = s.Env
	return c
}

// acknowledged is what the program answered for before it was killed.
type acknowledged struct {
	mu       sync.Mutex
	tokens   []string
	payments map[string]string // tracking code -> id
	holders  []string
	tried    []string // every tracking code that was sent
	count    atomic.Int64
}

// load keeps the program busy with writes until it dies.
func (a *acknowledged) load(c *simulatortest.Client, worker int) {
	for n := 0; ; n++ {
		pan := fmt.Sprintf("4%015d", worker*100000+n) // enrolled and paid with: no Luhn there
		token, err := c.CreateToken(c.Env["CARDTOKENS_API_KEY"], simulatortest.Card{PAN: "4111111145551142", Month: 1, Year: 2031})
		if err != nil {
			return
		}
		enrolled, enrolErr := c.Enrol(pan, fmt.Sprintf("V-%d-%d", worker, n), "+4512345678")
		code := fmt.Sprintf("KILL-%d-%d-x", worker, n)
		a.mu.Lock()
		a.tokens = append(a.tokens, token.TokenID)
		if enrolErr == nil {
			a.holders = append(a.holders, enrolled.AuthProfileID)
		}
		a.tried = append(a.tried, code)
		a.mu.Unlock()
		if enrolErr != nil {
			return
		}
		paid, err := c.Pay(simulatortest.Payment{
			Action:      "payment",
			Transaction: map[string]any{"trackingCode": code, "brandId": 1010, "amount": 10, "currencyCode": "EUR"},
			Card:        map[string]any{"number": "4111111111111111", "expiryMonth": 1, "expiryYear": 2031, "cvv": "123"},
		})
		if err != nil || paid.Result != 0 {
			return
		}
		a.mu.Lock()
		a.payments[code] = paid.Body.Transaction.ID
		a.mu.Unlock()
		a.count.Add(3)
	}
}

// TestKilledUnderLoad really kills the program, with SIGKILL, while eight
// clients write, and looks for everything that was acknowledged.
func TestKilledUnderLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and kills the real program: not in -short")
	}
	program := buildProgram(t)
	db := filepath.Join(t.TempDir(), "killed.db")
	for round := range 3 {
		p := start(t, program, db)
		a := &acknowledged{payments: map[string]string{}}
		var wg sync.WaitGroup
		for worker := range 8 {
			wg.Go(func() { a.load(p.client, round*1000+worker) })
		}
		for a.count.Load() < int64(150*(round+1)) {
			time.Sleep(time.Millisecond)
		}
		if err := p.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		wg.Wait()
		again := start(t, program, db)
		a.verify(t, again.client)
		if err := again.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		t.Logf("round %d: %d tokens, %d payments, %d enrolments were acknowledged", round, len(a.tokens), len(a.payments), len(a.holders))
	}
	checkFile(t, db)
}

func (a *acknowledged) verify(t *testing.T, c *simulatortest.Client) {
	t.Helper()
	for _, id := range a.tokens {
		if _, err := c.TokenStatus(c.Env["CARDTOKENS_API_KEY"], id); err != nil {
			t.Errorf("token %s: %v", id, err)
		}
	}
	for _, id := range a.holders {
		answer, err := c.Holder(id)
		if err != nil || answer.Status != 200 || !strings.Contains(string(answer.Body), `"cardId":"CRN`) {
			t.Errorf("cardholder %s: HTTP %d %s %v", id, answer.Status, answer.Body, err)
		}
	}
	for code, id := range a.payments {
		paid, err := c.AceHub("GET", "payments/"+id+"?businessId="+c.Env["ACEHUB_BUSINESS_ID"], nil)
		if err != nil || paid.HTTP != 200 || paid.Result != 0 || paid.Body.Transaction.TrackingCode != code || paid.Body.Card.ApprovalCode == "" {
			t.Errorf("payment %s: HTTP %d %s %v", code, paid.HTTP, paid.Raw, err)
		}
	}
	for _, code := range a.tried {
		a.whole(t, c, code)
	}
}

// whole checks that a payment, acknowledged or not, is there in full or not at
// all: found by its tracking code, it is also found by its id.
func (a *acknowledged) whole(t *testing.T, c *simulatortest.Client, code string) {
	t.Helper()
	raw, err := c.Do("GET", c.Env["ACEHUB_URL"]+"payments?businessId="+c.Env["ACEHUB_BUSINESS_ID"]+"&trackingCode="+code, nil, "Authorization", basicAuth(c))
	if err != nil {
		t.Fatal(err)
	}
	var found []simulatortest.Paid
	if err := raw.JSON(&found); err != nil {
		t.Errorf("%s: %v", code, err)
		return
	}
	if _, acked := a.payments[code]; acked && len(found) != 1 || len(found) > 1 {
		t.Errorf("%s is found %d times", code, len(found))
	}
	for _, f := range found {
		paid, err := c.AceHub("GET", "payments/"+f.Body.Transaction.ID+"?businessId="+c.Env["ACEHUB_BUSINESS_ID"], nil)
		if err != nil || paid.HTTP != 200 || paid.Body.Card.ApprovalCode == "" {
			t.Errorf("%s is half there: HTTP %d %s %v", code, paid.HTTP, paid.Raw, err)
		}
	}
}

func checkFile(t *testing.T, path string) {
	t.Helper()
	var db *store.DB
	var err error
	for range 200 { // the killed process may hold the lock for a moment
		if db, err = store.Open(path, store.Options{}); err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.Check(); err != nil {
		t.Errorf("the file is damaged: %v", err)
	}
}
