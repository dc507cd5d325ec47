//go:build unix

package simulator_test

import (
	"bytes"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"cardsim/simulator/simulatortest"
)

// TestDisk gives the real program disks and limits that fail: what it says is clear,
// what it acknowledged is there, and it goes on once the cause has gone.
func TestDisk(t *testing.T) {
	needsProgram(t)
	program := buildProgram(t)
	for name, test := range map[string]func(*testing.T, string){
		"full by limit": diskFullByLimit, "full": diskFull, "read-only": diskReadOnly, "truncated": diskTruncated,
		"flipped bytes": diskFlippedBytes, "descriptors exhausted": descriptorsExhausted,
	} {
		t.Run(name, func(t *testing.T) { test(t, program) })
	}
}

// A disk that takes no more, as a limit of the file's size: payments are refused,
// what was acknowledged can be read, and payments pass again once there is room,
// without a restart.
func diskFullByLimit(t *testing.T, program string) {
	prlimit, err := exec.LookPath("prlimit")
	if err != nil {
		t.Skip("there is no prlimit to lift the limit of a running program with")
	}
	db := diskFile(t.TempDir())
	p, log := shell(t, "ulimit -S -f 4096", program, db) // 2 or 4 MiB: the unit is the shell's
	full(t, p, log, func() {
		if out, err := exec.Command(prlimit, "--pid", strconv.Itoa(p.cmd.Process.Pid), "--fsize=unlimited").CombinedOutput(); err != nil {
			t.Fatalf("prlimit: %v %s", err, out)
		}
	}, "file too large")
	p.close(t)
	healthy(t, program, db)
}

// A real disk that is full, as a small one of memory.
func diskFull(t *testing.T, program string) {
	disk := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=64m", "cardsim-test", disk).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be mounted here: %v %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", "-l", disk).CombinedOutput(); err != nil {
			t.Errorf("umount: %v %s", err, out)
		}
	})
	filler := filepath.Join(disk, "filler")
	if err := os.WriteFile(filler, make([]byte, 60<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	db := diskFile(disk)
	p, log := shell(t, "true", program, db)
	full(t, p, log, func() {
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
	}, "no space left on device")
	p.close(t)
	healthy(t, program, db)
}

// full fills a disk by paying, looks at how the program bears it, makes room and
// looks again.
func full(t *testing.T, p process, log *logged, room func(), reason string) {
	t.Helper()
	acked, failure := payUntil(p.client, "FULL", 20_000)
	if failure.HTTP != 500 || failure.Result == 0 || len(acked) == 0 {
		t.Fatalf("after %d payments: HTTP %d %s", len(acked), failure.HTTP, failure.Raw)
	}
	told := []string{reason, "commit to the database", "cardsim.db"}
	clearly(t, "the log", log.soon(told...), told...)
	allThere(t, p.client, acked) // reading needs no room
	room()
	acked = append(acked, again(t, p.client, "AGAIN"))
	allThere(t, p.client, acked)
	t.Logf("%d payments were acknowledged, the next one refused, and the one after room was made taken", len(acked)-1)
	if err := p.cmd.Process.Signal(syscall.Signal(0)); err != nil {
		t.Errorf("the program is gone: %v", err)
	}
}

// What may only be read is refused at the start, by name and reason.
func diskReadOnly(t *testing.T, program string) {
	folder := openFolder(t)
	copyFile(t, program, filepath.Join(folder, "cardsim"), 0o755)
	program = filepath.Join(folder, "cardsim")

	db := diskFile(folder)
	copyFile(t, lived(t), db, 0o400)
	out := refused(t, asUser(t, serveOn(program, db), db))
	clearly(t, "a file that may only be read", out, db, "permission denied")
	if out, err := asUser(t, exec.Command(program, "doctor", db), db).CombinedOutput(); err != nil {
		t.Errorf("the doctor needs no more than reading: %v\n%s", err, out)
	}

	sealed := filepath.Join(folder, "sealed")
	if err := os.Mkdir(sealed, 0o500); err != nil {
		t.Fatal(err)
	}
	out = refused(t, asUser(t, serveOn(program, diskFile(sealed)), sealed))
	clearly(t, "a folder that may only be read", out, diskFile(sealed), "permission denied")
}

// A file that is cut off is refused, left as it was, and told of by the doctor too.
func diskTruncated(t *testing.T, program string) {
	whole, err := os.ReadFile(lived(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{1, 1000, os.Getpagesize(), 3 * os.Getpagesize(), 8 * os.Getpagesize()} {
		db := diskFile(t.TempDir())
		if err := os.WriteFile(db, whole[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		clearly(t, "serve", refused(t, serveOn(program, db)), db, "is damaged or is not a database", "restore a copy")
		clearly(t, "doctor", refused(t, exec.Command(program, "doctor", db)), db, "restore a copy")
		if after, err := os.ReadFile(db); err != nil || !bytes.Equal(after, whole[:size]) {
			t.Errorf("the file of %d bytes was changed, %v", size, err)
		}
	}
}

// Whatever page has flipped bytes: the program refuses the file with a clear message,
// or serves what it can. It never crashes.
func diskFlippedBytes(t *testing.T, program string) {
	whole, err := os.ReadFile(lived(t))
	if err != nil {
		t.Fatal(err)
	}
	page, refusals, served := os.Getpagesize(), 0, 0
	for at := 0; at+page <= min(len(whole), 24*page); at += page {
		bad := bytes.Clone(whole)
		for i := at + 8; i < at+page; i += 97 {
			bad[i] ^= 0xa5
		}
		db := diskFile(t.TempDir())
		if err := os.WriteFile(db, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if serves(t, program, db) {
			served++
		} else {
			refusals++
		}
	}
	t.Logf("%d damaged files were refused, %d served as far as they go", refusals, served)
	if refusals == 0 || served == 0 {
		t.Error("the test does not reach both")
	}
}

// serves starts the program on a damaged file. It says false when that was refused
// with a clear message, else that it served and ended as it should.
func serves(t *testing.T, program, db string) bool {
	t.Helper()
	ready := filepath.Join(t.TempDir(), "ready.json")
	cmd := exec.Command(program, "serve", "--data", db, "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--ready-file", ready, "--log-format", "text")
	log := &logged{}
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	deadline := time.After(20 * time.Second)
	for {
		select {
		case <-exited:
			if cmd.ProcessState.ExitCode() != 1 {
				t.Errorf("serve ended with exit code %d", cmd.ProcessState.ExitCode())
			}
			clearly(t, "serve", log.String(), "cardsim: ")
			return false
		case <-deadline:
			_ = cmd.Process.Kill()
			t.Fatalf("serve neither begins nor ends:\n%s", log)
		case <-time.After(5 * time.Millisecond):
		}
		if _, err := os.Stat(ready); err == nil {
			break
		}
	}
	use(t, ready)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Errorf("the program is gone: %v\n%s", err, log)
	}
	<-exited
	clearly(t, "serve on what it can", log.String())
	return true
}

// use reads and writes all over a damaged file; every call has an answer.
func use(t *testing.T, ready string) {
	t.Helper()
	c, err := clientOfReady(ready)
	if err != nil {
		return // the sandbox itself cannot be shown: that was answered too
	}
	for _, list := range []string{"/payments", "/tokens", "/cardholders", "/transactions", "/requests", "/messages"} {
		if _, err := c.Do("GET", c.Env["CARDSIM_ADMIN_URL"]+"/api/v1/sandboxes/default"+list, nil); err != nil {
			t.Errorf("%s has no answer: %v", list, err)
		}
	}
	for _, send := range sendings() {
		_, _, _ = send(c, "4000000000001091") // an error document is as good as a success
	}
	if _, err := c.Do("GET", c.Env["CARDSIM_ADMIN_URL"]+"/livez", nil); err != nil {
		t.Errorf("the program does not answer any more: %v", err)
	}
}

// A program without file descriptors says so, goes on with who is connected, and
// takes new ones once there are some. What was acknowledged is there.
func descriptorsExhausted(t *testing.T, program string) {
	for name, more := range map[string][]string{"HTTP": nil, "HTTP and HTTPS": {"--tls"}} {
		t.Run(name, func(t *testing.T) {
			db := diskFile(t.TempDir())
			p, log := shell(t, "ulimit -n 32", program, db, more...)
			acked, failure := payUntil(p.client, "BEFORE", 40)
			if failure.HTTP != 0 {
				t.Fatalf("HTTP %d %s", failure.HTTP, failure.Raw)
			}
			held := exhaust(t, p.client, log)
			if paid, err := payFor(p.client, "MEANWHILE-abcdef"); err == nil && paid.HTTP == 200 {
				acked = append(acked, "MEANWHILE-abcdef") // by a connection that was open
			}
			for _, conn := range held {
				_ = conn.Close()
			}
			fresh := simulatortest.New(p.client.Env)
			acked = append(acked, again(t, fresh, "AFTER"))
			allThere(t, fresh, acked)
			told := []string{"no further connection can be accepted for now", "too many open files", "connections are accepted again"}
			clearly(t, "the log", log.soon(told...), told...)
			p.close(t)
			healthy(t, program, db)
		})
	}
}

// exhaust opens connections until the program's log says that it has no descriptor
// left.
func exhaust(t *testing.T, c *simulatortest.Client, log *logged) (held []net.Conn) {
	t.Helper()
	at, err := url.Parse(c.Env["ACEHUB_URL"])
	if err != nil {
		t.Fatal(err)
	}
	for range 64 {
		conn, err := net.Dial("tcp", at.Host)
		if err != nil {
			break // the queue of the listener is full as well
		}
		held = append(held, conn)
	}
	deadline := time.After(10 * time.Second)
	for !bytes.Contains([]byte(log.String()), []byte("too many open files")) {
		select {
		case <-deadline:
			t.Fatalf("nothing is said of %d connections:\n%s", len(held), log)
		case <-time.After(5 * time.Millisecond):
		}
	}
	return held
}
