package browsertest

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// hasty starts a simulator with a bank that gives its cardholders so many seconds.
func hasty(t *testing.T, seconds string) *simulatortest.Client {
	t.Helper()
	text := strings.Replace(bank("Hasty Bank", "", oldChallenge), "authExpiryInSeconds: 300", "authExpiryInSeconds: "+seconds, 1)
	return start(t, simulator.Config{Fixtures: []string{fixture(t, text)}})
}

// TestTimeRunsOutOnTheOpenPage: the page counts, and shows how it ended when the
// time is over.
func TestTimeRunsOutOnTheOpenPage(t *testing.T) {
	t.Parallel()
	c, m := hasty(t, "6"), openMerchant(t)
	b := challenged(t, c, m, full, oldChallenge)
	if got := b.data("#expires", "running"); got != "true" {
		t.Fatalf("the page does not count: %s", got)
	}
	b.do(chromedp.SendKeys("#otp", "12"))
	b.until(`document.querySelector("#outcome")?.dataset.outcome === "expired"`)
	b.shot("end-expired-by-itself")
	if state := only(t, c).State; state != "expired" {
		t.Errorf("the challenge is %s", state)
	}
	b.until(`document.querySelector("#back")`)
	if got := m.returns(); len(got) != 1 || got[0].Get("PaRes") == "" {
		t.Errorf("the shop got %v", got)
	}
}

// TestOneMinuteIsAnnounced: once, politely, and not on a page that came later.
func TestOneMinuteIsAnnounced(t *testing.T) {
	t.Parallel()
	c := hasty(t, "63")
	b := challenged(t, c, openMerchant(t), full, oldChallenge)
	if got := eval[string](b, `document.querySelector("#announce").textContent`); got != "" {
		t.Errorf("it says %q before its time", got)
	}
	b.until(`document.querySelector("#announce").textContent === "One minute left to enter the code."`)
	if got := b.text("#expires"); got != "1:00" && got < "0:55" {
		t.Errorf("it is said at %s", got)
	}
	b.until(`document.querySelector("#expires").textContent <= "0:58"`)
	b.do(chromedp.Reload(), chromedp.WaitVisible("#otp"))
	b.until(`document.querySelector("#expires").textContent <= "0:57"`)
	if got := eval[string](b, `document.querySelector("#announce").textContent`); got != "" {
		t.Errorf("it says %q below a minute", got)
	}
}

// TestTimeRunsOutOnAFrozenClock: the page stands still, and the sandbox's clock
// decides.
func TestTimeRunsOutOnAFrozenClock(t *testing.T) {
	t.Parallel()
	for _, button := range []string{"#confirm", "#resend", "#cancel"} {
		t.Run(button, func(t *testing.T) {
			c := enrolled(t, simulator.Config{}, oldChallenge)
			if err := c.Admin(http.MethodPut, "/clock", map[string]string{"mode": "frozen"}, nil); err != nil {
				t.Fatal(err)
			}
			b := challenged(t, c, openMerchant(t), full, oldChallenge)
			if got := b.data("#expires", "running"); got != "false" || !strings.Contains(b.text("#sandbox"), "The clock is stopped.") {
				t.Errorf("on a frozen clock the page counts: %s", got)
			}
			code := b.text("#sandbox-code")
			if err := c.Admin(http.MethodPost, "/clock/advance", map[string]string{"by": "300s"}, nil); err != nil {
				t.Fatal(err)
			}
			b.do(chromedp.SendKeys("#otp", code))
			b.click(button)
			b.do(chromedp.WaitVisible(`#outcome[data-outcome="expired"]`))
			if state := only(t, c).State; state != "expired" {
				t.Errorf("the challenge is %s", state)
			}
		})
	}
}
