package browsertest

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"cardsim/simulator"
)

// axeFile is the accessibility rules; .ci/run installs them.
const axeFile = "../../.ci/axe/node_modules/axe-core/axe.min.js"

// rules reads axe-core, or skips the test where it is not installed.
func rules(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("accessibility has no races: the whole run looks at it")
	}
	text, err := os.ReadFile(filepath.FromSlash(axeFile))
	if err != nil {
		t.Skip("axe-core is not installed (npm ci --prefix .ci/axe): the pages are not held to its rules")
	}
	return string(text)
}

// violation is a rule of axe-core that a page breaks.
type violation struct {
	ID, Impact, Help string
	Nodes            []struct {
		Target  []any
		HTML    string
		Summary string `json:"failureSummary"`
	}
}

// obeys holds the page to the rules, of whatever impact they are.
func (b tab) obeys(axe, where string) {
	b.t.Helper()
	// Frames are pages of their own; style sheets are not fetched again, which the
	// page's policy would forbid.
	const run = `axe.run(document, {iframes: false, preload: false, resultTypes: ["violations"]}).then((r) => r.violations)`
	var found []violation
	b.do(chromedp.Evaluate(axe+";0", nil), chromedp.Evaluate(run, &found, func(p *runtime.EvaluateParams) *runtime.EvaluateParams {
		return p.WithAwaitPromise(true)
	}))
	for _, v := range found {
		for _, n := range v.Nodes[:min(3, len(v.Nodes))] {
			b.t.Errorf("%s: %s (%s), %d times: %v\n%.200s\n%s", where, v.Help, v.Impact, len(v.Nodes), n.Target, n.HTML, n.Summary)
		}
	}
}

// TestAxeChallenge: the challenge, with everything that can stand on it, and every
// end.
func TestAxeChallenge(t *testing.T) {
	t.Parallel()
	axe := rules(t)
	c := enrolled(t, simulator.Config{}, oldChallenge)
	m := openMerchant(t)
	for _, size := range [][2]int64{full, {250, 400}} {
		b := challenged(t, c, m, size, oldChallenge)
		b.obeys(axe, "the challenge")
		b.click("#resend")
		b.do(chromedp.WaitVisible("#note"), chromedp.Click("#help summary", chromedp.ByQuery))
		b.obeys(axe, "the challenge with note and help")
		b.do(chromedp.SendKeys("#otp", "999999"))
		b.click("#confirm")
		b.do(chromedp.WaitVisible("#error"))
		b.obeys(axe, "the challenge with an error")
		b.click("#cancel")
		b.do(chromedp.WaitVisible("#outcome"))
		b.obeys(axe, "the end")
	}
	b := challenged(t, c, m, full, emvChallenge)
	b.obeys(axe, "the challenge of a card of no bank")
	b.do(chromedp.SendKeys("#otp", "1234"))
	b.click("#confirm") // nobody named an address: a notice
	b.do(chromedp.WaitVisible("h1", chromedp.ByQuery))
	b.obeys(axe, "the notice after an end")
	b.do(chromedp.Navigate(origin(c.Env["CARDINAL_URL"]) + "/V2/Cruise/StepUp"))
	b.obeys(axe, "Cardinal's page of an error")
	b.do(chromedp.Navigate(origin(c.Env["CARDINAL_URL"]) + "/acs/challenge/none"))
	b.obeys(axe, "the issuer's page of an error")
}

// TestAxeTenants: the rules hold in any bank's colours.
func TestAxeTenants(t *testing.T) {
	t.Parallel()
	axe := rules(t)
	m := openMerchant(t)
	for i, colours := range []string{
		dress("#0b1f3a", "#ffffff", "#0b5cad", "#0b5cad", "#b8c4d4", "#0b1f3a", "#4a5a70"),
		dress("#ffffff", "#ffffff", "#ffffff", "#ffffff", "#ffffff", "#ffffff", "#ffffff"),
		dress("#00ff00", "#ffff00", "#ffff00", "#ff00ff", "#00ffff", "#00ff00", "#ffaa00"),
	} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			c := start(t, simulator.Config{Fixtures: []string{fixture(t, bank("Harbour Bank", colours, oldChallenge))}})
			b := challenged(t, c, m, full, oldChallenge)
			b.obeys(axe, "the challenge")
			b.click("#cancel")
			b.do(chromedp.WaitVisible("#outcome"))
			b.obeys(axe, "the end")
		})
	}
}
