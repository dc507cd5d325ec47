package threeds

import (
	"strings"
	"sync"
	"testing"
	"time"

	"cardsim/simulator/agenda"
	"cardsim/simulator/core"
	"cardsim/simulator/issuer"
	"cardsim/simulator/notify"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
)

// TestDeadline: a challenge has expired at its deadline, not a nanosecond before;
// whatever the access, and without any timer (decisions 14).
func TestDeadline(t *testing.T) {
	for _, tt := range []struct {
		off     time.Duration
		expired bool
	}{{-1, false}, {0, true}, {1, true}} {
		accesses := map[string]func(d *desk, c *Challenge) (Transaction, error){
			"submit": func(d *desk, c *Challenge) (t Transaction, err error) {
				d.do(func(s sandbox.Scope) error { t, _, err = Submit(s, c.ID, SandboxCode); return err })
				return t, err
			},
			"cancel": func(d *desk, c *Challenge) (t Transaction, err error) {
				d.do(func(s sandbox.Scope) error { t, err = Cancel(s, c.ID); return err })
				return t, err
			},
			"open": func(d *desk, c *Challenge) (t Transaction, err error) {
				d.do(func(s sandbox.Scope) error { t, err = OpenChallenge(s, c.ID, OpenRequest{}); return err })
				return t, err
			},
		}
		for name, access := range accesses {
			d := open(t, nil)
			made := d.lookup(emvCard)
			due := made.Challenge.Deadline
			if !due.Equal(noon.Add(300 * time.Second)) {
				t.Fatalf("the deadline is %v", due)
			}
			d.at(due.Add(tt.off))
			if read := d.read(made.ID); (read.Challenge.State == Expired) != tt.expired {
				t.Errorf("%v: read as %s", tt.off, read.Challenge.State)
			}
			got, err := access(d, made.Challenge)
			if err != nil || (got.Challenge.State == Expired) != tt.expired {
				t.Errorf("%s at %v: %s, %v", name, tt.off, got.Challenge.State, err)
			}
			if tt.expired && (got.Status != "N" || got.StatusReason != "14" || got.Challenge.Cancel != "04" || !got.Challenge.Ended.Equal(due)) {
				t.Errorf("%s: %+v, %+v", name, got, got.Challenge)
			}
		}
	}
}

func TestFirstCReq(t *testing.T) {
	d := open(t, map[string]any{"firstCReq": "30s"})
	late, inTime, old := d.lookup(emvCard), d.lookup(emv22), d.lookup(oldCard)
	d.at(noon.Add(30*time.Second - 1))
	d.do(func(s sandbox.Scope) error {
		_, err := OpenChallenge(s, inTime.Challenge.ID, OpenRequest{})
		return err
	})
	d.at(noon.Add(30 * time.Second))
	if got := d.read(late.ID); got.Challenge.End != EndNoCReq || got.Challenge.Cancel != "05" || got.StatusReason != "14" {
		t.Errorf("late: %+v", got.Challenge)
	}
	if got := d.read(inTime.ID); got.Challenge.State != Open {
		t.Errorf("opened in time: %s", got.Challenge.State)
	}
	if got := d.read(old.ID); got.Challenge.State != Pending {
		t.Errorf("3-D Secure 1.0 knows no CReq: %s", got.Challenge.State)
	}
}

// TestAttemptLimit: both readings (reference cipher-acs.md A5).
func TestAttemptLimit(t *testing.T) {
	for reading, verdicts := range map[string][]Verdict{
		"nth-fails": {Wrong, LimitReached, Ended},
		"after-nth": {Wrong, Wrong, LimitReached, Ended},
	} {
		d := open(t, map[string]any{"attemptLimit": reading})
		txn := d.lookup(emvCard)
		for i, want := range verdicts {
			got, v := d.submit(txn, "0000")
			if v != want {
				t.Errorf("%s, entry %d: %s, want %s", reading, i+1, v, want)
			}
			txn = got
		}
		if txn.Status != "N" || txn.StatusReason != "01" || txn.Challenge.State != Failed || txn.Challenge.AttemptsLeft() != 0 {
			t.Errorf("%s: %+v", reading, txn.Challenge)
		}
		if after, v := d.submit(txn, SandboxCode); v != Ended || after.Status != "N" {
			t.Errorf("%s: the right code after the limit is %s", reading, v)
		}
	}
}

func TestBlankEntryCountsNothing(t *testing.T) {
	d := open(t, nil)
	txn := d.lookup(emvCard)
	for range 5 {
		if got, v := d.submit(txn, "  "); v != Blank || got.Challenge.AttemptsMade != 0 {
			t.Errorf("%s, %d entries", v, got.Challenge.AttemptsMade)
		}
	}
	if _, v := d.submit(txn, " 1234\n"); v != Right {
		t.Errorf("blanks around the code: %s", v)
	}
}

// TestCaseDecidesARightCode: decisions 14, and a wrong code in a case that would
// succeed leads to N.
func TestCaseDecidesARightCode(t *testing.T) {
	d := open(t, nil)
	failing := d.lookup(emvFails)
	if got, v := d.submit(failing, SandboxCode); v != Right || got.Status != "N" || got.Challenge.State != Finished {
		t.Errorf("case 10: %s, %s, %s", v, got.Status, got.Challenge.State)
	}
	passing := d.lookup(emvCard)
	d.submit(passing, "1")
	if got, v := d.submit(passing, SandboxCode); v != Right || got.Status != "Y" || got.Challenge.Interactions() != 2 {
		t.Errorf("wrong then right: %s, %s, %d", v, got.Status, got.Challenge.Interactions())
	}
}

func TestTenantsCard(t *testing.T) {
	d := open(t, nil)
	d.enrol(emvCard)
	txn := d.lookup(emvCard)
	first := d.code(txn)
	if len(first) != 6 || txn.Challenge.Tenant != d.tenant.ID || strings.Contains(txn.Challenge.Destination, "12345") {
		t.Fatalf("code %q, %+v", first, txn.Challenge)
	}
	messages := d.outbox()
	if len(messages) != 1 || messages[0].To != "+4512345678" || messages[0].Channel != notify.SMS || !strings.Contains(messages[0].Text, notify.Code) || strings.Contains(messages[0].Text, first) {
		t.Fatalf("outbox %+v", messages)
	}
	for want := 2; want >= -1; want-- {
		var sent bool
		d.do(func(s sandbox.Scope) (err error) { txn, sent, err = Resend(s, txn.Challenge.ID); return err })
		if sent != (want >= 0) || txn.Challenge.ResendsLeft() != max(0, want) {
			t.Errorf("sent %v, %d left, want %d", sent, txn.Challenge.ResendsLeft(), want)
		}
	}
	if len(d.outbox()) != 4 {
		t.Errorf("%d messages", len(d.outbox()))
	}
	last := d.code(txn)
	if last == first {
		t.Error("a resend brings the same code")
	}
	if _, v := d.submit(txn, first); v != Wrong {
		t.Errorf("the first code after a resend: %s", v)
	}
	done, v := d.submit(txn, last)
	if v != Right || done.Status != "Y" {
		t.Errorf("%s, %s", v, done.Status)
	}
	if d.code(done) != "" {
		t.Error("a code after the end")
	}
}

func (d *desk) outbox() (list []notify.Message) {
	d.t.Helper()
	d.do(func(s sandbox.Scope) (err error) { list, err = notify.List(s, ""); return err })
	return list
}

func TestSandboxCardHasNothingToResend(t *testing.T) {
	d := open(t, nil)
	txn := d.lookup(emvCard)
	d.do(func(s sandbox.Scope) error {
		_, sent, err := Resend(s, txn.Challenge.ID)
		if sent {
			t.Error("something was sent")
		}
		return err
	})
	if len(d.outbox()) != 0 {
		t.Errorf("outbox %+v", d.outbox())
	}
}

// TestDisabledBetweenLookupAndSubmit: the challenge ends as CARD_NOT_FOUND, also
// for a resend, and for a forced success.
func TestDisabledBetweenLookupAndSubmit(t *testing.T) {
	moves := map[string]func(s sandbox.Scope, id string) error{
		"submit":  func(s sandbox.Scope, id string) error { _, _, err := Submit(s, id, "1"); return err },
		"resend":  func(s sandbox.Scope, id string) error { _, _, err := Resend(s, id); return err },
		"approve": func(s sandbox.Scope, id string) error { _, _, err := Approve(s, id); return err },
		"forced":  func(s sandbox.Scope, id string) error { _, err := Conclude(s, id, OutcomeAuthenticated); return err },
	}
	for name, move := range moves {
		d := open(t, nil)
		card := d.enrol(emvCard)
		txn := d.lookup(emvCard)
		d.disable(card)
		d.do(func(s sandbox.Scope) error { return move(s, txn.Challenge.ID) })
		if got := d.read(txn.ID); got.Challenge.End != EndCardNotFound || got.Status != "N" || got.StatusReason != "08" || got.CAVV(d.w) != "" {
			t.Errorf("%s: %+v", name, got.Challenge)
		}
	}
}

// TestConclusions: the outcomes of acs.challenge, rows of reference
// cipher-acs.md B6.
func TestConclusions(t *testing.T) {
	for outcome, want := range map[string][4]string{ // state, status, reason, cancel in 2.2.0
		"authenticated": {"finished", "Y", "", ""}, "failed": {"failed", "N", "01", ""}, "cancelled": {"cancelled", "N", "01", "01"},
		"expired": {"expired", "N", "14", "04"}, "card-not-found": {"failed", "N", "08", ""}, "unavailable": {"failed", "U", "22", "06"},
	} {
		d := open(t, nil)
		txn := d.lookup(emv22)
		for range 2 { // the second changes nothing
			d.do(func(s sandbox.Scope) (err error) { txn, err = Conclude(s, txn.Challenge.ID, outcome); return err })
			got := [4]string{string(txn.Challenge.State), string(txn.Status), txn.StatusReason, txn.Challenge.Cancel}
			if got != want {
				t.Errorf("%s: %v, want %v", outcome, got, want)
			}
		}
	}
	d := open(t, nil)
	txn := d.lookup(emvCard)
	err := d.try(func(s sandbox.Scope) error { _, err := Conclude(s, txn.Challenge.ID, "paid"); return err })
	if err == nil || d.read(txn.ID).Challenge.State != Pending {
		t.Errorf("an outcome of nobody's: %v", err)
	}
	if err := d.try(func(s sandbox.Scope) error { _, err := Cancel(s, "nobody"); return err }); err == nil {
		t.Error("a challenge of nobody's can be cancelled")
	}
}

// TestOneOfManyRightCodesEndsIt: the store's transactions make it so.
func TestOneOfManyRightCodesEndsIt(t *testing.T) {
	d := open(t, nil)
	txn := d.lookup(emvCard)
	var mu sync.Mutex
	verdicts := map[Verdict]int{}
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			err := d.try(func(s sandbox.Scope) error {
				_, v, err := Submit(s, txn.Challenge.ID, SandboxCode)
				mu.Lock()
				defer mu.Unlock()
				verdicts[v]++
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if got := d.read(txn.ID); verdicts[Right] != 1 || verdicts[Ended] != 15 || got.Challenge.AttemptsMade != 1 {
		t.Errorf("%v, %d entries", verdicts, got.Challenge.AttemptsMade)
	}
}

// TestSchemesHearOfEveryEnding.
func TestSchemesHearOfEveryEnding(t *testing.T) {
	d := open(t, nil)
	last := func(pan string) scheme.Authentication {
		var a scheme.Authentication
		d.do(func(s sandbox.Scope) (err error) {
			a, _, err = scheme.Last(s, d.w.Own().ID, d.ref(pan).Fingerprint)
			return err
		})
		return a
	}
	txn := d.lookup(emvCard)
	if a := last(emvCard); a.Status != core.StatusChallenge || a.TransactionID != txn.ID || a.DSTransactionID != txn.DSTransID || a.XID != "" {
		t.Errorf("after the lookup: %+v", a)
	}
	d.submit(txn, SandboxCode)
	if a := last(emvCard); a.Status != core.StatusAuthenticated || a.ECI != "05" || a.Money.Minor != 12345 {
		t.Errorf("after the code: %+v", a)
	}
	broken := d.lookup(oldBroken)
	d.submit(broken, SandboxCode)
	if a := last(oldBroken); !a.BadSignature || a.XID != scheme.XID(broken.ID) || a.DSTransactionID != "" {
		t.Errorf("a broken signature: %+v", a)
	}
	unasked := d.lookup(oldFails)
	d.at(noon.Add(time.Hour))
	var due []Transaction
	d.do(func(s sandbox.Scope) (err error) { due, err = expireDue(s); return err })
	if a := last(oldFails); len(due) != 1 || due[0].ID != unasked.ID || a.Status != core.StatusFailed {
		t.Errorf("%d expired, %+v", len(due), a)
	}
	d.do(func(s sandbox.Scope) (err error) { due, err = expireDue(s); return err })
	if len(due) != 0 {
		t.Error("what became due is fired twice")
	}
}

// expireDue ends what has fallen due, as moving a clock does.
func expireDue(s sandbox.Scope) (due []Transaction, err error) {
	now := s.Now
	err = agenda.Take(s.Tx, s.World.ID, now, func(i agenda.Item) (bool, error) {
		s.Now = i.At
		t, fired, err := Due(s, i.ID)
		if fired {
			due = append(due, t)
		}
		return true, err
	})
	return due, err
}

func TestExpireDueFiresInOrder(t *testing.T) {
	d := open(t, nil)
	d.tenant.Config.AuthExpiryInSeconds = 60
	slow := d.lookup(emvCard) // 300 seconds
	d.enrol(emv22)
	quick := d.lookup(emv22) // 60 seconds
	d.at(noon.Add(time.Hour))
	d.do(func(s sandbox.Scope) error {
		due, err := expireDue(s)
		if len(due) != 2 || due[0].ID != quick.ID || due[1].ID != slow.ID {
			t.Errorf("%d fired", len(due))
		}
		return err
	})
}

func TestDisabledIdentityCannotBeAsked(t *testing.T) {
	d := open(t, nil)
	d.tenant.Plans = []sandbox.AuthPlan{{AuthPlanID: 1, Factors: []sandbox.AuthFactor{{FactorNumber: 1, Identities: []sandbox.AuthIdentity{{IdentityType: issuer.Email}}}}}}
	d.enrol(emv22)
	d.enrol(oldCard)
	if got := d.lookup(emv22); got.Status != "U" || got.Challenge != nil || len(got.Warnings) == 0 {
		t.Errorf("EMV: %+v", got)
	}
	if got := d.lookup(oldCard); got.Enrolled != "U" || got.Challenge != nil {
		t.Errorf("1.0: %+v", got)
	}
}
