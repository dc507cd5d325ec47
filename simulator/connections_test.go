//go:build unix

package simulator_test

import (
	"fmt"
	"net"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"cardsim/simulator/simulatortest"
)

const (
	manyConnections = 10_000
	// connectionsMost is what the program may hold with all of them open: two
	// goroutines with their stacks and buffers each make some 10 kB.
	connectionsMost = 200 << 20
)

// TestTenThousandConnections: half of them say nothing, half begin a request and stop.
// Everyone else is served meanwhile, memory stays bounded, and when they have gone
// nothing of them is left.
func TestTenThousandConnections(t *testing.T) {
	if testing.Short() {
		t.Skip("opens ten thousand connections")
	}
	needProc(t)
	needDescriptors(t, manyConnections+500)
	p := start(t, buildProgram(t), filepath.Join(t.TempDir(), "many.db"), "--log-level", "error")
	before := vitalsOf(t, p)
	at := strings.TrimPrefix(p.client.Env["CARDSIM_URL"], "http://")
	open := make([]net.Conn, 0, manyConnections)
	closeAll := func() {
		for _, conn := range open {
			_ = conn.Close()
		}
	}
	defer closeAll()
	for i := range manyConnections {
		conn, err := net.Dial("tcp", at)
		if err != nil {
			t.Fatalf("connection %d: %v", i, err)
		}
		open = append(open, conn)
		if i%2 == 0 {
			continue
		}
		if _, err := fmt.Fprint(conn, "POST /api/token HTTP/1.1\r\nHost: x\r\n"); err != nil {
			t.Fatal(err)
		}
	}
	for range 20 {
		if _, err := p.client.CreateToken(p.client.Env["CARDTOKENS_LIVE_API_KEY"], simulatortest.Card{PAN: "4000000000001091", Month: 1, Year: 2031}); err != nil {
			t.Fatal(err)
		}
	}
	if held := vitalsOf(t, p).anon; held > connectionsMost {
		t.Errorf("with %d connections it holds %s MB", manyConnections, mb(held))
	}
	closeAll()
	until(t, "the connections are gone", func() bool {
		now := vitalsOf(t, p)
		return now.fds < before.fds+50 && now.rounds < before.rounds+50
	})
	p.close(t)
}

// needDescriptors skips where a process may not open so many files. Go has raised the
// soft limit to the hard one.
func needDescriptors(t *testing.T, count uint64) {
	t.Helper()
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil || limit.Cur < count {
		t.Skipf("a process may open %d files here, and %d are needed (ulimit -n)", limit.Cur, count)
	}
	if runtime.GOOS != "linux" {
		t.Skip("ports for so many connections are there on Linux")
	}
}
