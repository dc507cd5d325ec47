package simulator_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"cardsim/simulator/simulatortest"
)

// offlineChild tells the test binary that it is the child of TestNoPacketLeaves.
const offlineChild = "CARDSIM_TEST_OFFLINE_CHILD"

// TestNoPacketLeaves runs the demo, a failure story and a journey of another client in
// a network namespace of their own, which has the loopback address and no route to
// anywhere. All of it goes well there, and the system counts not one packet for which it
// looked for a route in vain.
func TestNoPacketLeaves(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the real program: not in -short")
	}
	enclosed := enclosure(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if n := routesMissed(t, enclosed(self, "-test.run", "^TestOfflineChild$"), "leave"); n == 0 {
		t.Skip("this system does not count packets without a route: nothing would be seen")
	}
	program := buildProgram(t)
	for _, c := range []struct {
		command []string
		says    string
	}{
		{[]string{program, "demo"}, "authorize"},
		{[]string{program, "demo", "--scenario", "decline-then-approve"}, "declined"},
		{[]string{program, "exec", "--", self, "-test.run", "^TestOfflineChild$", "-test.v"}, "PASS: TestOfflineChild"},
		{[]string{program, "exec", "--tls", "--shards", "2", "--", self, "-test.run", "^TestOfflineChild$", "-test.v"}, "PASS: TestOfflineChild"},
	} {
		name := strings.Join(append([]string{"cardsim"}, c.command[1:]...), " ")
		cmd := enclosed(c.command...)
		cmd.Env = append(os.Environ(), offlineChild+"=stay")
		out, err := cmd.CombinedOutput()
		text, counted, _ := strings.Cut(string(out), offlineCount)
		if err != nil || !strings.Contains(text, c.says) {
			t.Errorf("%s: %v\n%s", name, err, out)
			continue
		}
		if n := countedIn(t, counted); n != 0 {
			t.Errorf("%s looked %d times for a way out:\n%s", name, n, text)
		}
	}
}

// offlineCount stands before what the system has counted.
const offlineCount = "=== packets without a route:\n"

// enclosure makes commands that run in a namespace of their own and end with what it
// has counted. The command's own exit code is kept.
func enclosure(t *testing.T) func(command ...string) *exec.Cmd {
	t.Helper()
	const script = `ip link set lo up || exit 1; "$@"; code=$?; echo "` + offlineCount + `"; cat /proc/net/snmp /proc/net/snmp6 2>/dev/null; exit $code`
	enclosed := func(command ...string) *exec.Cmd {
		return exec.Command("unshare", append([]string{"-rn", "--", "sh", "-c", script, "sh"}, command...)...)
	}
	if out, err := enclosed("true").CombinedOutput(); err != nil {
		t.Skipf("a network namespace of our own is not permitted here (unshare -rn): %v %s", err, out)
	}
	if out, err := enclosed("sh", "-c", "ip route; ip -6 route | grep -v ' dev lo'").Output(); strings.TrimSpace(strings.Split(string(out), offlineCount)[0]) != "" {
		t.Fatalf("the namespace has a route: %s %v", out, err)
	}
	return enclosed
}

// routesMissed runs a child and returns how often no route was found.
func routesMissed(t *testing.T, cmd *exec.Cmd, does string) int {
	t.Helper()
	cmd.Env = append(os.Environ(), offlineChild+"="+does)
	out, _ := cmd.CombinedOutput() // what it finds is not the point
	_, counted, _ := strings.Cut(string(out), offlineCount)
	return countedIn(t, counted)
}

// countedIn reads OutNoRoutes of both versions of IP: /proc/net/snmp has a line of
// names and a line of values, /proc/net/snmp6 a name and a value in each line.
func countedIn(t *testing.T, text string) (n int) {
	t.Helper()
	var names []string
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 2 && fields[0] == "Ip6OutNoRoutes":
			n += whole(t, fields[1])
		case len(fields) > 2 && fields[0] == "Ip:" && names == nil:
			names = fields
		case len(fields) > 2 && fields[0] == "Ip:":
			for i, name := range names {
				if name == "OutNoRoutes" {
					n += whole(t, fields[i])
				}
			}
		}
	}
	return n
}

func whole(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestOfflineChild is the client that TestNoPacketLeaves runs: everything that happens
// to a card, in both protocols of 3-D Secure.
func TestOfflineChild(t *testing.T) {
	switch os.Getenv(offlineChild) {
	case "":
		t.Skip("runs inside TestNoPacketLeaves")
	case "leave": // to see that it would be seen
		if conn, err := net.Dial("tcp", "192.0.2.1:9"); err == nil {
			t.Errorf("%s was reached", conn.RemoteAddr())
		}
		return
	}
	c := simulatortest.New(environMap())
	for i, pan := range []string{"4000000000000002", "4000000000001091"} {
		o := good(fmt.Sprintf("OFFLINE-%d", i))
		o.Card.PAN = pan
		completeJourney(t, c, o, fmt.Sprintf("V%d", i))
	}
	if paid := newest(t, c, "acehub.payment.refund"); paid.Status != 200 {
		t.Errorf("%+v", paid)
	}
}

// environMap is the environment of this process by name.
func environMap() map[string]string {
	env := map[string]string{}
	for _, line := range os.Environ() {
		name, value, _ := strings.Cut(line, "=")
		env[name] = value
	}
	return env
}
