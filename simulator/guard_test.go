package simulator_test

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

	"cardsim/simulator/guard"
)

func TestGuardWarns(t *testing.T) {
	c, log := guarded(t, "") // what a simulator does when nobody says otherwise
	for op, send := range sendings() {
		if answer, taken, err := send(c, realLooking); err != nil || !taken {
			t.Errorf("%s: %s, %v", op, answer, err)
		}
		entries, err := c.Journal(op)
		if err != nil || len(entries) != 1 || !strings.Contains(strings.Join(entries[0].Warnings, " "), "it may be a real one") {
			t.Errorf("%s: %+v, %v", op, entries, err)
		}
		if n := strings.Count(log.String(), "reason="+guard.ReasonCard+" provider="+strings.Split(op, ".")[0]); n != 1 {
			t.Errorf("%s: %d lines in the log:\n%s", op, n, log)
		}
	}
	nowhere(t, c, log)
}

// Each provider refuses as it refuses a card number that is none.
func TestGuardRefuses(t *testing.T) {
	c, log := guarded(t, guard.Refuse)
	words := map[string]string{
		"cardtokens.token.create": `{"err":"card.pan: `,
		"acehub.payment.create":   `"code":1002,"message":"Invalid property value: body.card.number."`,
		"cardinal.lookup":         "1002, 4000 Error Processing Lookup Request Message, Error Validating Field - CardNumber",
		"cipher.card.create":      `"code":"ER001","message":"Bad request"`,
	}
	for op, send := range sendings() {
		answer, taken, err := send(c, realLooking)
		if err != nil || taken || !strings.Contains(answer, words[op]) || strings.Contains(answer, realLooking) {
			t.Errorf("%s: %s, %v", op, answer, err)
		}
		if code, err := c.Refusal(op); err != nil || code != guard.ReasonCard {
			t.Errorf("%s: refused as %q, %v", op, code, err)
		}
	}
	nothingMade(t, c)
	nowhere(t, c, log)
	for op, send := range sendings() {
		if answer, taken, err := send(c, "4000000000001091"); err != nil || !taken {
			t.Errorf("%s with a test card: %s, %v", op, answer, err)
		}
	}
}

// A number that comes as its digest is judged by its mask.
func TestGuardRefusesADigest(t *testing.T) {
	c, _ := guarded(t, guard.Refuse)
	for number, want := range map[string]bool{realLooking: false, "4000000000001091": true} {
		sum := sha256.Sum256([]byte(number))
		answer, taken, err := sendEnrolment(c, map[string]string{
			"scheme": "SHA256", "cardNumberSha": base64.StdEncoding.EncodeToString(sum[:]), "maskedCardNumber": number[:6] + "xxxxxx" + number[12:],
		})
		if err != nil || taken != want {
			t.Errorf("%s: %s, %v", number, answer, err)
		}
	}
}

func TestGuardOff(t *testing.T) {
	c, log := guarded(t, guard.Off)
	for op, send := range sendings() {
		if answer, taken, err := send(c, realLooking); err != nil || !taken {
			t.Errorf("%s: %s, %v", op, answer, err)
		}
		entries, err := c.Journal(op)
		if err != nil || len(entries) != 1 || strings.Contains(strings.Join(entries[0].Warnings, " "), "may be") {
			t.Errorf("%s: %+v, %v", op, entries, err)
		}
	}
	nowhere(t, c, log)
}

// A token of a test card, and the simulator's own token numbers, are never suspect.
func TestGuardLetsJourneysPass(t *testing.T) {
	c, log := guarded(t, guard.Refuse)
	j, err := c.Walk(c.Env["CARDTOKENS_LIVE_API_KEY"], good("GUARD-JOURNEY"))
	if err != nil {
		t.Fatal(err)
	}
	if paid, err := c.Pay(j.Payment()); err != nil || paid.Result != 0 {
		t.Errorf("%s, %v", paid.Raw, err)
	}
	if log.String() != "" {
		t.Errorf("the log says %s", log)
	}
}

func TestGuardOfCredentials(t *testing.T) {
	const liveLooking = "12f77bae3f8f4ae1a2d5e4c1b0a99876"
	for mode, status := range map[guard.Mode]int{guard.Off: 200, guard.Warn: 200, guard.Refuse: 401} {
		c, log := guarded(t, mode)
		c.Env["CARDTOKENS_LIVE_API_KEY"] = liveLooking
		answer, taken, err := sendToken(c, "4111111145551142")
		if err != nil || taken != (status == 200) {
			t.Errorf("%s: %s, %v", mode, answer, err)
		}
		entries, err := c.Journal("cardtokens.token.create")
		if err != nil || len(entries) != 1 || entries[0].Status != status {
			t.Fatalf("%s: %+v, %v", mode, entries, err)
		}
		if warned := strings.Contains(strings.Join(entries[0].Warnings, " "), "form of a real one"); warned != (mode == guard.Warn) {
			t.Errorf("%s: warnings %q", mode, entries[0].Warnings)
		}
		if strings.Contains(log.String(), liveLooking) || strings.Contains(log.String(), guard.ReasonCredential) != (mode != guard.Off) {
			t.Errorf("%s: the log says %s", mode, log)
		}
	}
}
