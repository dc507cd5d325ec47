package simulator_test

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cardsim/fixtures/keys"
	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// TestCloseCancelsHeldAnswers: a time-out card holds its connection for twenty
// seconds; closing the simulator does not wait for it.
func TestCloseCancelsHeldAnswers(t *testing.T) {
	c, s := startOn(t, simulator.Config{})
	o := good("HELD-1")
	o.Card.PAN = "4000000000001075" // case 8
	answered := make(chan error, 1)
	go func() {
		_, err := c.Lookup(o)
		answered <- err
	}()
	inFlight(t, c)
	closed := make(chan error, 1)
	go func() { closed <- s.Close() }()
	patience := time.After(10 * time.Second)
	for range 2 {
		select {
		case err := <-answered:
			if err == nil {
				t.Error("the held lookup was answered")
			}
		case err := <-closed:
			if err != nil {
				t.Errorf("close: %v", err)
			}
		case <-patience:
			t.Fatal("closing waits for the held answer")
		}
	}
}

// inFlight waits until the journal shows a request in flight.
func inFlight(t *testing.T, c *simulatortest.Client) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for range 5000 {
		entries, err := c.Journal("")
		if err != nil {
			t.Fatal(err)
		}
		if len(entries) > 0 && entries[0].State == "in-flight" {
			return
		}
		<-tick.C
	}
	t.Fatal("nothing is in flight")
}

func TestTimeoutCardAnswersByASetting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.yaml")
	write(t, path, "version: 1\nsandboxes:\n  - id: default\n    settings: {cardinal: {timeoutMode: answer, timeoutDelay: 1ms}}\n")
	c, _ := simulatortest.Start(t, simulator.Config{Fixtures: []string{path}})
	o := good("LATE-1")
	o.Card.PAN = "4000000000001075"
	got, err := c.Lookup(o)
	if err != nil || got["ErrorNo"] != "1040" || got["Enrolled"] != "" || got["EciFlag"] != "" {
		t.Errorf("%v, %v", got, err)
	}
}

func TestPublicURL(t *testing.T) {
	c, run := simulatortest.Start(t, simulator.Config{PublicURL: "https://sim.example:8443"})
	if c.Env["ACEHUB_URL"] != "https://sim.example:8443/gateway/v3/" {
		t.Errorf("ACEHUB_URL is %s", c.Env["ACEHUB_URL"])
	}
	c.Env["CARDINAL_URL"] = run.URL() + "/maps/txns.asp"
	lookup, err := c.Lookup(good("PUBLIC-1"))
	if err != nil || !strings.HasPrefix(lookup["ACSUrl"], "https://sim.example:8443/acs/creq?") || lookup["StepUpUrl"] != "https://sim.example:8443/V2/Cruise/StepUp" {
		t.Errorf("%v, %v", lookup, err)
	}
}

// TestPaResForAForeignVerifier takes a PaRes from a whole 3-D Secure 1.0 journey
// and has xmlsec1 verify it against the published root.
func TestPaResForAForeignVerifier(t *testing.T) {
	if _, err := exec.LookPath("xmlsec1"); err != nil {
		t.Skip("xmlsec1 is not installed: apt-get install xmlsec1")
	}
	root := filepath.Join(t.TempDir(), "root.pem")
	write(t, root, string(keys.ACSRootPEM()))
	c, _ := simulatortest.Start(t, simulator.Config{})
	for pan, wantOK := range map[string]bool{"4000000000000002": true, "4000000000000010": false} {
		o := good("PARES-" + pan)
		o.Card.PAN = pan
		lookup, err := c.Lookup(o)
		if err != nil {
			t.Fatal(err)
		}
		acted, err := c.Approve(lookup["TransactionId"])
		if err != nil {
			t.Fatal(err)
		}
		xml := inflate(t, acted.Fields["PaRes"])
		if bytes.Contains(xml, []byte(pan)) {
			t.Error("the PaRes holds the card number")
		}
		file := filepath.Join(t.TempDir(), "pares.xml")
		write(t, file, string(xml))
		out, err := exec.Command("xmlsec1", "--verify", "--id-attr:id", "PARes", "--enabled-key-data", "x509", "--trusted-pem", root, file).CombinedOutput()
		if (err == nil) != wantOK {
			t.Errorf("%s: xmlsec1 says %v\n%s", pan, err, out)
		}
	}
}

// inflate opens a PaRes with nothing of ours.
func inflate(t *testing.T, text string) []byte {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	xml, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return xml
}

// TestReadyFile: it appears whole and holds both addresses.
func TestReadyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ready.json")
	_, s := simulatortest.Start(t, simulator.Config{ReadyFile: path, Version: "1.2.3"})
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"url":"` + s.URL() + `"`, `"adminUrl":"` + s.AdminURL() + `"`, `"version":"1.2.3"`, `"pid":`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%s is not in %s", want, data)
		}
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".cardsim-ready-*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if _, err := simulator.New(simulator.Config{ReadyFile: "/nowhere/at/all/ready.json"}); err == nil {
		t.Error("a ready file that cannot be written is no error")
	}
}

// TestStartThatFails: a start that ends at any of its steps says why, and leaves nothing
// in the way of the next one on the same file.
func TestStartThatFails(t *testing.T) {
	busy, err := simulator.New(simulator.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = busy.Close() }()
	file := filepath.Join(t.TempDir(), "c.db")
	bad := filepath.Join(t.TempDir(), "bad.yaml")
	if err := os.WriteFile(bad, []byte("version: 1\nsandboxes: [{id: A}]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, cfg := range map[string]simulator.Config{
		"a sandbox id has lower-case letters": {Fixtures: []string{bad}},
		"the scenarios to start with":         {Scenarios: []string{bad}},
		"--listen":                            {Listen: strings.TrimPrefix(busy.URL(), "http://")},
		"write the ready file":                {ReadyFile: "/nowhere/at/all/ready.json"},
	} {
		cfg.Data = file
		if s, err := simulator.New(cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want something about %q", err, want)
			if s != nil {
				_ = s.Close()
			}
		}
	}
	s, err := simulator.New(simulator.Config{Data: file})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
