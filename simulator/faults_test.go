package simulator_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// What a client meets of a connection, read off the raw bytes.
const (
	metAnswer    = "whole answer" // with the length it announces
	metReset     = "reset"        // RST before any answer
	metEmpty     = "empty"        // closed without an answer
	metHang      = "nothing"      // open, and silent
	metShort     = "short body"   // fewer bytes than announced
	metGarbage   = "garbage"      // the length announced, and no JSON
	metThenReset = "answer, then reset"
)

// trouble is a fault where it may strike (decisions 22).
type trouble struct {
	kind, at string
	met      string
	status   int  // of what is met; 0 when there is no answer
	curl     int  // curl's exit code
	paid     bool // the payment exists afterwards
}

// troubles are all pairs of decisions 22.
var troubles = []trouble{
	{"reset", "before-validation", metReset, 0, 56, false},
	{"reset", "after-validation", metReset, 0, 56, false},
	{"reset", "after-commit", metReset, 0, 56, true},
	{"reset", "after-answer", metThenReset, 200, 0, true},
	{"hang", "before-validation", metHang, 0, 28, false},
	{"hang", "after-validation", metHang, 0, 28, false},
	{"hang", "after-commit", metHang, 0, 28, true},
	{"empty", "before-validation", metEmpty, 0, 52, false},
	{"empty", "after-validation", metEmpty, 0, 52, false},
	{"empty", "after-commit", metEmpty, 0, 52, true},
	{"http", "before-validation", metAnswer, 502, 0, false},
	{"http", "after-validation", metAnswer, 502, 0, false},
	{"http", "after-commit", metAnswer, 502, 0, true},
	{"truncate", "mid-body", metShort, 200, 18, true},
	{"garbage", "mid-body", metGarbage, 200, 0, true},
	{"drip", "mid-body", metAnswer, 200, 0, true},
	{"wrong-length", "mid-body", metShort, 200, 18, true},
}

func (f trouble) name() string { return f.kind + " " + f.at }

func (f trouble) step() string {
	status := ""
	if f.kind == "http" {
		status = ", status: 502"
	}
	return fmt.Sprintf("{fault: {kind: %s, at: %s%s}}", f.kind, f.at, status)
}

// TestFaultsOnTheWire strikes a payment with every fault at every place and reads
// the connection's bytes. Afterwards the payment exists or it does not.
func TestFaultsOnTheWire(t *testing.T) {
	for _, f := range troubles {
		t.Run(f.name(), func(t *testing.T) {
			c := steerDo(t, "acehub.payment.create", f.step())
			met, status := meet(t, c, f)
			if met != f.met || status != f.status {
				t.Errorf("the client meets %s, status %d; want %s, %d", met, status, f.met, f.status)
			}
			retry(t, c, f)
		})
	}
}

// retry meets the payment under the same tracking code, and pays anew under
// another one.
func retry(t *testing.T, c *simulatortest.Client, f trouble) {
	t.Helper()
	until(t, "the request ends when its client has gone", func() bool { return inFlightNow(t, c) == 0 })
	exists, _ := ace(t, c, http.MethodGet, "payments?trackingCode=FAULT-01&businessId="+c.Env["ACEHUB_BUSINESS_ID"], nil)
	if found := exists.Body.Transaction.TrackingCode == "FAULT-01"; found != f.paid {
		t.Fatalf("the payment exists: %t, want %t", found, f.paid)
	}
	want := 0
	if f.paid {
		want = -8 // the tracking code has been used before (reference acehub.md §5.4)
	}
	if again, _ := pay(t, c, "authorize", "FAULT-01"); again.Result != want {
		t.Errorf("the retry with the same tracking code: %+v", again)
	}
	other, _ := pay(t, c, "authorize", "FAULT-02")
	if other.Result != 0 || other.Body.Transaction.ID == exists.Body.Transaction.ID {
		t.Errorf("the retry with a new tracking code: %+v", other)
	}
}

// meet sends a payment over a raw connection and says what comes back.
func meet(t *testing.T, c *simulatortest.Client, f trouble) (met string, status int) {
	t.Helper()
	conn := must[net.Conn](t)(net.Dial("tcp", strings.TrimPrefix(c.Env["CARDSIM_URL"], "http://")))
	defer func() { _ = conn.Close() }()
	if _, err := conn.Write(rawPayment(t, c, "FAULT-01")); err != nil {
		t.Fatal(err)
	}
	patience := 10 * time.Second
	if f.kind == "hang" {
		held(t, c)
		patience = 50 * time.Millisecond // nothing will come; were it to, it would be seen
	}
	if err := conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	return read(t, conn)
}

// read takes an answer off a connection that was asked to close.
func read(t *testing.T, conn net.Conn) (met string, status int) {
	t.Helper()
	in := bufio.NewReader(conn)
	_, err := in.Peek(1)
	switch {
	case errors.Is(err, syscall.ECONNRESET):
		return metReset, 0
	case errors.Is(err, io.EOF):
		return metEmpty, 0
	case err != nil:
		return metHang, 0
	}
	resp := must[*http.Response](t)(http.ReadResponse(in, nil))
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	switch _, end := in.Peek(1); {
	case errors.Is(err, io.ErrUnexpectedEOF):
		met = metShort
	case err != nil:
		t.Fatalf("read the answer: %v", err)
	case resp.StatusCode == http.StatusOK && !json.Valid(body):
		met = metGarbage
	case errors.Is(end, syscall.ECONNRESET):
		met = metThenReset
	default:
		met = metAnswer
	}
	return met, resp.StatusCode
}

// rawPayment is a payment's bytes on the wire.
func rawPayment(t *testing.T, c *simulatortest.Client, code string) []byte {
	t.Helper()
	body := must[[]byte](t)(json.Marshal(paymentBody(c, "authorize", code)))
	req := must[*http.Request](t)(http.NewRequest(http.MethodPost, c.Env["ACEHUB_URL"]+"payments", bytes.NewReader(body)))
	req.Header.Set("Authorization", basicAuth(c))
	req.Header.Set("Content-Type", "application/json")
	req.Close = true
	var wire bytes.Buffer
	if err := req.Write(&wire); err != nil {
		t.Fatal(err)
	}
	return wire.Bytes()
}

// held waits until a request is in flight.
func held(t *testing.T, c *simulatortest.Client) {
	t.Helper()
	until(t, "a request is in flight", func() bool { return inFlightNow(t, c) > 0 })
}

func inFlightNow(t *testing.T, c *simulatortest.Client) int {
	t.Helper()
	n := 0
	for _, e := range must[[]simulatortest.Entry](t)(c.Journal("")) {
		if e.State == "in-flight" {
			n++
		}
	}
	return n
}

// until polls a condition; it is no time that passes but the condition that ends it.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for range 5000 {
		if ok() {
			return
		}
		<-tick.C
	}
	t.Fatalf("it never happened: %s", what)
}

// TestFaultsByCurl checks what the world's most used client makes of each fault.
func TestFaultsByCurl(t *testing.T) {
	curl, err := exec.LookPath("curl")
	if err != nil {
		t.Skip("curl is not installed: apt-get install curl")
	}
	for _, f := range troubles {
		t.Run(f.name(), func(t *testing.T) {
			t.Parallel()
			c := steerDo(t, "acehub.payment.create", f.step())
			body := must[[]byte](t)(json.Marshal(paymentBody(c, "authorize", "FAULT-01")))
			patience := "20"
			if f.kind == "hang" {
				patience = "0.3"
			}
			run := exec.Command(curl, "-sS", "-o", "/dev/null", "--max-time", patience, "-H", "Content-Type: application/json",
				"-H", "Authorization: "+basicAuth(c), "--data-binary", string(body), c.Env["ACEHUB_URL"]+"payments")
			out, err := run.CombinedOutput()
			var exit *exec.ExitError
			if err != nil && !errors.As(err, &exit) {
				t.Fatal(err)
			}
			if got := run.ProcessState.ExitCode(); got != f.curl {
				t.Errorf("curl exits with %d, want %d: %s", got, f.curl, out)
			}
			retry(t, c, f)
		})
	}
}

// TestFaultPlacesAreAllTried: the table holds every pair that a scenario may ask
// for, and no other.
func TestFaultPlacesAreAllTried(t *testing.T) {
	tried := map[string]bool{}
	for _, f := range troubles {
		tried[f.name()] = true
	}
	for _, kind := range []string{"reset", "hang", "empty", "truncate", "garbage", "drip", "wrong-length", "http"} {
		for _, at := range []string{"before-validation", "after-validation", "after-commit", "mid-body", "after-answer"} {
			path := scenario(t, "{on: acehub.payment.create, do: {fault: {kind: "+kind+", at: "+at+"}}}")
			s, err := simulator.New(simulator.Config{Scenarios: []string{path}})
			if (err == nil) != tried[kind+" "+at] {
				t.Errorf("%s at %s: %v", kind, at, err)
			}
			if err == nil {
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			}
		}
	}
}
