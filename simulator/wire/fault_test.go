package wire

import (
	"errors"
	"io"
	"strings"
	"syscall"
	"testing"

	"cardsim/simulator/core"
)

const answer = `{"scheme":"testscheme","token":"1454545454878789","tokenid":"529d7cb6a75e4bab8d71eb09dcd489e0"}`

func faulty(kind core.FaultKind, at core.FaultPoint) Response {
	r := Bytes(200, "application/json", []byte(answer))
	r.Fault = core.Fault{Kind: kind, At: at}
	return r
}

func TestTruncateStopsHalfWay(t *testing.T) {
	resp, body, err := served(t, faulty(core.FaultTruncate, core.MidBody))
	if !errors.Is(err, io.ErrUnexpectedEOF) || body != answer[:len(answer)/2] {
		t.Errorf("%q, %v", body, err)
	}
	if resp.ContentLength != int64(len(answer)) {
		t.Errorf("promised %d bytes", resp.ContentLength)
	}
}

func TestWrongLengthPromisesMore(t *testing.T) {
	resp, body, err := served(t, faulty(core.FaultWrongLength, core.MidBody))
	if !errors.Is(err, io.ErrUnexpectedEOF) || body != answer || resp.ContentLength != int64(len(answer))+7 {
		t.Errorf("%d promised, %q, %v", resp.ContentLength, body, err)
	}
}

func TestGarbageKeepsTheLength(t *testing.T) {
	_, body, err := served(t, faulty(core.FaultGarbage, core.MidBody))
	if err != nil || len(body) != len(answer) || body == answer || !strings.HasPrefix(answer, body[:len(body)/2]) {
		t.Errorf("%q, %v", body, err)
	}
}

func TestDripArrivesWhole(t *testing.T) {
	_, body, err := served(t, faulty(core.FaultDrip, core.MidBody))
	if err != nil || body != answer {
		t.Errorf("%q, %v", body, err)
	}
}

func TestResetIsSeenAsReset(t *testing.T) {
	_, _, err := served(t, Trouble(core.Fault{Kind: core.FaultReset, At: core.AfterCommit}))
	if !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("the client saw %v", err)
	}
}

func TestResetAfterAnswer(t *testing.T) {
	resp, body, err := served(t, faulty(core.FaultReset, core.AfterAnswer))
	if err != nil || body != answer || resp.StatusCode != 200 {
		t.Errorf("the answer did not arrive whole: %q, %v", body, err)
	}
}

func TestHTTPFault(t *testing.T) {
	resp, body, err := served(t, Trouble(core.Fault{Kind: core.FaultHTTP, Status: 503}))
	if err != nil || resp.StatusCode != 503 || body != "Service Unavailable\n" {
		t.Errorf("%v %q %v", resp, body, err)
	}
}

func TestEmptyAndHangAreAborted(t *testing.T) {
	if r := Trouble(core.Fault{Kind: core.FaultEmpty}); !r.Abort || r.Hold != 0 {
		t.Errorf("empty: %+v", r)
	}
	if r := Trouble(core.Fault{Kind: core.FaultHang}); !r.Abort || r.Hold < hangFor {
		t.Errorf("hang: %+v", r)
	}
}
