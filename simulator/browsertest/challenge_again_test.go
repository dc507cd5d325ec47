package browsertest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"cardsim/simulator"
)

// TestTwoClicksCountOnce: with scripts the second one is not sent; without, the
// issuer knows it.
func TestTwoClicksCountOnce(t *testing.T) {
	t.Parallel()
	c := enrolled(t, simulator.Config{}, oldChallenge)
	b := challenged(t, c, openMerchant(t), full, oldChallenge)
	b.do(chromedp.SendKeys("#otp", "999999"))
	b.twice("#confirm")
	b.do(chromedp.WaitVisible("#error"))
	if got := only(t, c).AttemptsLeft; got != 1 {
		t.Errorf("two clicks on Confirm leave %d of 2 tries", got)
	}
	b.twice("#resend")
	b.do(chromedp.WaitVisible("#note"))
	if got := only(t, c).ResendsLeft; got != 2 {
		t.Errorf("two clicks on Resend leave %d of 3", got)
	}
	list, err := c.Journal("acs.challenge.submit")
	if err != nil || len(list) != 1 {
		t.Errorf("Confirm was sent %d times, %v", len(list), err)
	}
}

// twice clicks a button two times before the first click's page comes.
func (b tab) twice(button string) {
	b.t.Helper()
	script := `(() => { const b = document.querySelector("` + button + `"); b.click(); b.click(); })()`
	if _, err := chromedp.RunResponse(b, chromedp.Evaluate(script, nil)); err != nil {
		b.t.Fatal(err)
	}
}

// TestReloadAndBackAreHarmless: nothing is judged or sent twice, and who goes back
// to the end finds it, with a button.
func TestReloadAndBackAreHarmless(t *testing.T) {
	t.Parallel()
	c := enrolled(t, simulator.Config{}, oldChallenge)
	m := openMerchant(t)
	b := challenged(t, c, m, full, oldChallenge)
	b.do(chromedp.SendKeys("#otp", "999999"))
	b.click("#confirm")
	b.do(chromedp.WaitVisible("#error"), chromedp.Reload(), chromedp.WaitVisible("#otp"))
	if got := only(t, c).AttemptsLeft; got != 1 {
		t.Errorf("a reload leaves %d of 2 tries", got)
	}
	b.do(chromedp.SendKeys("#otp", "000000"))
	b.click("#confirm")
	b.do(chromedp.WaitVisible("#outcome"), chromedp.Reload(), chromedp.WaitVisible(`#outcome[data-end="attempt-limit"]`))
	b.shot("end-blocked")
	if words := b.text("#follows"); words != "Taking you back to Demo Shop." || len(m.returns()) > 0 {
		t.Errorf("the end says %q, the shop got %v", words, m.returns())
	}
	b.click("#continue")
	b.do(chromedp.WaitVisible("#back"))
	ended := only(t, c)
	b.goBack()
	b.until(`document.querySelector("#outcome")?.dataset.outcome === "failed"`)
	if words := eval[string](b, `document.querySelector("#follows").textContent`); words != "The button leads back to Demo Shop." {
		t.Errorf("after going back the end says %q", words)
	}
	if after := only(t, c); after != ended {
		t.Errorf("it changed after its end: %+v, %+v", ended, after)
	}
	if got := m.returns(); len(got) != 1 {
		t.Errorf("going back sent the result %d times", len(got))
	}
	b.do(chromedp.Evaluate(`setTimeout(() => document.querySelector("#continue").click())`, nil))
	b.until(`document.querySelector("#back")`)
	if got := m.returns(); len(got) != 2 || got[0].Encode() != got[1].Encode() {
		t.Error("the button brings another result than the first one")
	}
}

// goBack presses the browser's back button.
func (b tab) goBack() {
	b.t.Helper()
	b.do(chromedp.Evaluate(`setTimeout(() => history.back())`, nil))
}

// until waits until an expression holds on whatever page the tab shows: one that
// comes from the browser's memory is not loaded, which the driver waits for.
func (b tab) until(expression string) {
	b.t.Helper()
	b.repeat(expression, func(ctx context.Context) (held bool, err error) {
		err = chromedp.Evaluate("Boolean("+expression+")", &held).Do(ctx)
		return held, err
	})
}

// repeat asks until the answer is yes. Between two pages there is nothing to ask:
// an error is a no.
func (b tab) repeat(what string, ask func(context.Context) (bool, error)) {
	b.t.Helper()
	b.do(chromedp.ActionFunc(func(ctx context.Context) error {
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			if held, err := ask(ctx); err == nil && held {
				return nil
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
				return fmt.Errorf("%s never held: %w", what, ctx.Err())
			}
		}
	}))
}
