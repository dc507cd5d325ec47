package browsertest

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"cardsim/simulator"
)

// heard stands for the system's clipboard, which a test shares with its machine.
const heard = `navigator.clipboard.writeText = async (text) => { window.heard = text }; window.heard = ""`

// TestConsoleCopiesByKeyboard: whatever can be copied has a button that the Tab key
// reaches and Enter and Space press, that says what it did, and that keeps the focus
// when the page draws itself anew.
func TestConsoleCopiesByKeyboard(t *testing.T) {
	b := open(t, 1400, 900)
	c := busy(t, simulator.Config{})
	root := c.Env["CARDSIM_ADMIN_URL"] + "/s/default/"
	for _, section := range []string{"outbox", "requests", "payments", "connect"} {
		b.do(chromedp.Navigate(root+section), chromedp.WaitVisible("[data-copy]", chromedp.ByQuery), chromedp.Evaluate(heard, nil))
		if n := eval[int](b, `[...document.querySelectorAll("[data-copy]")].filter((e) => !e.matches("button[type=button]") || e.closest("a") || e.tabIndex < 0).length`); n > 0 {
			t.Errorf("%s: %d things are copied by no button", section, n)
		}
		b.do(chromedp.Evaluate(`(() => { const all = document.querySelectorAll("main a, main button, main input, main select, main summary, main [tabindex]"); const at = [...all].findIndex((e) => e.matches("[data-copy]")); (all[at - 1] ?? document.querySelector("main")).focus() })()`, nil))
		b.do(chromedp.KeyEvent(kb.Tab))
		want := eval[string](b, `document.activeElement.dataset.copy ?? ""`)
		if want == "" {
			t.Errorf("%s: the Tab key leads to %s", section, eval[string](b, `document.activeElement.outerHTML`))
			continue
		}
		for _, key := range []string{kb.Enter, " "} {
			b.do(chromedp.Evaluate(`window.heard = ""`, nil), chromedp.KeyEvent(key))
			b.until(fmt.Sprintf(`window.heard === %q && document.querySelector("#told").textContent === "Copied"`, want))
		}
	}
}

// TestConsoleKeepsTheFocus when an event has it draw its lists anew.
func TestConsoleKeepsTheFocus(t *testing.T) {
	b := open(t, 1400, 900)
	c := start(t, simulator.Config{})
	walk(t, c, "FOCUS-ORDER-1")
	b.do(chromedp.Navigate(c.Env["CARDSIM_ADMIN_URL"]+"/s/default/requests"), chromedp.WaitVisible("#live", chromedp.ByQuery))
	for _, selector := range []string{"tbody tr:last-child [data-copy]", "tbody tr:last-child a.open"} {
		at := eval[string](b, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.focus(); return e.dataset.copy ?? e.getAttribute("href") })()`, selector))
		rows := eval[int](b, `document.querySelectorAll("tbody tr").length`)
		if _, err := c.TokenStatus(c.Env["CARDTOKENS_LIVE_API_KEY"], "none"); err == nil {
			t.Error("there is a token none")
		}
		b.until(fmt.Sprintf(`document.querySelectorAll("tbody tr").length > %d`, rows))
		if got := eval[string](b, `document.activeElement.dataset.copy ?? document.activeElement.getAttribute("href") ?? document.activeElement.tagName`); got != at {
			t.Errorf("%s: the focus was at %q and is at %q", selector, at, got)
		}
	}
}

// TestConsoleOpensWhatIsClicked: the id in a list's first column is a link like the
// rest of its line, for the mouse too.
func TestConsoleOpensWhatIsClicked(t *testing.T) {
	b := open(t, 1400, 900)
	c := busy(t, simulator.Config{})
	b.do(chromedp.Navigate(c.Env["CARDSIM_ADMIN_URL"]+"/s/default/payments"), chromedp.WaitVisible("tbody tr", chromedp.ByQuery), chromedp.Evaluate(heard, nil),
		chromedp.Click("tbody tr:first-child .ident", chromedp.ByQuery), chromedp.WaitVisible("#drawer h2", chromedp.ByQuery))
	if got := eval[string](b, `window.heard`); got != "" {
		t.Errorf("opening copied %q", got)
	}
}

// TestConsoleWithoutScriptsHasNothingThatNeedsThem: no button there does nothing.
func TestConsoleWithoutScriptsHasNothingThatNeedsThem(t *testing.T) {
	b := open(t, 1400, 900)
	c := busy(t, simulator.Config{})
	b.plain()
	for _, section := range []string{"outbox", "payments", "connect", "challenges"} {
		b.do(chromedp.Navigate(c.Env["CARDSIM_ADMIN_URL"]+"/s/default/"+section), chromedp.WaitVisible("main h1", chromedp.ByQuery))
		if n := eval[int](b, `[...document.querySelectorAll("[data-copy]")].filter((e) => e.checkVisibility()).length`); n > 0 {
			t.Errorf("%s: %d buttons do nothing", section, n)
		}
	}
}
