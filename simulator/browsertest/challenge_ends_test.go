package browsertest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"cardsim/simulator"
)

// scenario writes a scenario file.
func scenario(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "scenario.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestEnds shows every end: what happened, why, what follows, a button.
func TestEnds(t *testing.T) {
	t.Parallel()
	for outcome, words := range map[string]string{
		"failed":         "Your bank refused",
		"cancelled":      "You cancelled",
		"expired":        "The time is over",
		"unavailable":    "This cannot be confirmed now",
		"card-not-found": "Your bank does not know this card",
		"authenticated":  "Confirmed",
	} {
		t.Run(outcome, func(t *testing.T) {
			file := scenario(t, "version: 1\nname: end\nrules:\n  - name: the end\n    on: acs.challenge.submit\n    do: {outcome: "+outcome+"}\n")
			c := enrolled(t, simulator.Config{Scenarios: []string{file}}, oldChallenge)
			m := openMerchant(t)
			b := challenged(t, c, m, [2]int64{390, 400}, oldChallenge)
			b.plain() // so that a success can be looked at
			b.do(chromedp.SendKeys("#otp", "1"))
			b.click("#confirm")
			b.do(chromedp.WaitVisible(`#outcome[data-outcome="` + outcome + `"]`))
			b.shot("end-" + outcome)
			if got := b.text("#outcome"); !strings.HasSuffix(got, words) {
				t.Errorf("the end says %q, want %q", got, words)
			}
			if got := b.text("#follows"); got != "Taking you back to Demo Shop." {
				t.Errorf("what follows is %q", got)
			}
			b.click("#continue")
			b.do(chromedp.WaitVisible("#back"))
		})
	}
}
