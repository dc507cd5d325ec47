// Package loadtest puts load on an HTTP server over loopback and counts what
// comes back: a client so plain that it costs little beside what it measures.
//
// It owns connections and counting. It knows no provider, and of the simulator only
// the stopwatch.
package loadtest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"cardsim/simulator/clock"
)

// Load is what to send where.
type Load struct {
	// Address is host and port.
	Address string
	// Connections send at the same time, each one request after another.
	Connections int
	// Requests is how many are sent in all.
	Requests int
	// Request gives the whole text of the n-th request, from 0; it is called from
	// every connection.
	Request func(n int) []byte
	// Status is the answer that is wanted; any other ends the run with an error.
	Status int
	// Latency, when set, is told how long each answer took.
	Latency func(time.Duration)
}

// Run sends the load and returns when every answer is in, or the first error.
func (l Load) Run() error {
	var next atomic.Int64
	var wg sync.WaitGroup
	errs := make(chan error, l.Connections)
	for range l.Connections {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := l.connection(&next); err != nil {
				errs <- err
				next.Store(int64(l.Requests)) // the others stop
			}
		}()
	}
	wg.Wait()
	close(errs)
	return <-errs
}

func (l Load) connection(next *atomic.Int64) error {
	conn, err := net.Dial("tcp", l.Address)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	r := bufio.NewReaderSize(conn, 16<<10)
	for {
		n := int(next.Add(1)) - 1
		if n >= l.Requests {
			return nil
		}
		watch := clock.StartStopwatch()
		if _, err := conn.Write(l.Request(n)); err != nil {
			return fmt.Errorf("send request %d: %w", n, err)
		}
		status, err := answer(r)
		if err != nil {
			return fmt.Errorf("read answer %d: %w", n, err)
		}
		if status != l.Status {
			return fmt.Errorf("answer %d is HTTP %d, not %d", n, status, l.Status)
		}
		if l.Latency != nil {
			l.Latency(watch.Elapsed())
		}
	}
}

// errLength says that an answer does not tell its length.
var errLength = errors.New("an answer without Content-Length")

// answer reads one answer to its end and returns its status.
func answer(r *bufio.Reader) (int, error) {
	line, err := r.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if len(line) < 12 {
		return 0, fmt.Errorf("no status line: %q", line)
	}
	status, err := strconv.Atoi(string(line[9:12]))
	if err != nil {
		return 0, fmt.Errorf("no status line: %q", line)
	}
	length := -1
	for {
		if line, err = r.ReadSlice('\n'); err != nil {
			return 0, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		if name, value, ok := bytes.Cut(line, []byte(":")); ok && bytes.EqualFold(name, []byte("Content-Length")) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, err
			}
		}
	}
	if length < 0 {
		return 0, errLength
	}
	_, err = io.CopyN(io.Discard, r, int64(length))
	return status, err
}

// Post is the text of a request with a body; header lines are given as "Name: value".
func Post(path, body string, header ...string) []byte {
	return request("POST", path, body, header)
}

// Get is the text of a request without a body.
func Get(path string, header ...string) []byte { return request("GET", path, "", header) }

func request(method, path, body string, header []string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n", method, path)
	for _, h := range header {
		b.WriteString(h + "\r\n")
	}
	if method != "GET" {
		fmt.Fprintf(&b, "Content-Length: %d\r\n", len(body))
	}
	b.WriteString("\r\n" + body)
	return b.Bytes()
}
