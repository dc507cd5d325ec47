package wire

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/core"
)

// Trouble is the answer that a fault puts in place of the provider's, for the
// kinds that need no body: reset, hang, empty and http. drip, truncate, garbage
// and wrong-length spoil an answer: set them as its Fault.
func Trouble(f core.Fault) Response {
	switch f.Kind {
	case core.FaultHTTP:
		return Text(f.Status, http.StatusText(f.Status)+"\n")
	case core.FaultHang:
		return Aborted(hangFor)
	case core.FaultReset:
		return Response{Status: http.StatusOK, Fault: f}
	default:
		return Aborted(0)
	}
}

// hangFor is longer than any client waits; the client's going ends it.
const hangFor = 24 * time.Hour

// dripPause is the real time between two pieces of a dripped body.
const dripPause = 50 * time.Millisecond

// sendFaulty writes an answer on the raw connection so that it can go wrong
// there. Where the connection cannot be had (HTTP/2), the answer is aborted.
func sendFaulty(w http.ResponseWriter, r Response) {
	if r.Fault.Kind == core.FaultReset && r.Fault.At == core.AfterAnswer {
		writeHead(w, r, len(r.Body))
		_, _ = w.Write(r.Body)
		_ = http.NewResponseController(w).Flush()
	}
	conn, buf, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer func() { _ = conn.Close() }()
	spoil(conn, buf, r)
}

func spoil(conn net.Conn, buf *bufio.ReadWriter, r Response) {
	half := len(r.Body) / 2
	switch r.Fault.Kind {
	case core.FaultReset:
		reset(conn)
		return
	case core.FaultTruncate:
		writeRaw(buf, r, len(r.Body), r.Body[:half])
	case core.FaultWrongLength:
		writeRaw(buf, r, len(r.Body)+7, r.Body)
	case core.FaultGarbage:
		writeRaw(buf, r, len(r.Body), garble(r.Body))
	case core.FaultDrip:
		drip(buf, r)
	default:
		writeRaw(buf, r, len(r.Body), r.Body)
	}
	_ = buf.Flush()
}

// reset makes the peer see RST instead of FIN, also under TLS.
func reset(conn net.Conn) {
	type wrapped interface{ NetConn() net.Conn }
	for w, ok := conn.(wrapped); ok; w, ok = conn.(wrapped) {
		conn = w.NetConn()
	}
	type lingerer interface{ SetLinger(sec int) error }
	if c, ok := conn.(lingerer); ok {
		_ = c.SetLinger(0)
		_ = conn.Close() // before anything above it says goodbye
	}
}

func writeRaw(buf *bufio.ReadWriter, r Response, length int, body []byte) {
	_, _ = fmt.Fprintf(buf, "HTTP/1.1 %d %s\r\n", r.Status, http.StatusText(r.Status))
	_ = r.headers().Write(buf)
	_, _ = fmt.Fprintf(buf, "Content-Length: %d\r\nConnection: close\r\n\r\n", length)
	_, _ = buf.Write(body)
}

// garble keeps the length and replaces the bytes, from the middle on, by ones
// that no codec accepts.
func garble(body []byte) []byte {
	out := append([]byte(nil), body...)
	for i := len(out) / 2; i < len(out); i++ {
		out[i] = 0xff - byte(i%32)
	}
	return out
}

func drip(buf *bufio.ReadWriter, r Response) {
	writeRaw(buf, r, len(r.Body), nil)
	piece := len(r.Body)/10 + 1
	for i := 0; i < len(r.Body); i += piece {
		if buf.Flush() != nil {
			return // the client has gone
		}
		<-clock.After(dripPause)
		_, _ = buf.Write(r.Body[i:min(i+piece, len(r.Body))])
	}
}
