package browsertest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// walk makes a payment, and tries its cryptogram again.
func walk(t *testing.T, c *simulatortest.Client, order string) {
	t.Helper()
	j, err := c.Walk(c.Env["CARDTOKENS_LIVE_API_KEY"], simulatortest.Order{Number: order, Minor: 12345, Currency: "978", Card: simulatortest.Card{PAN: emvChallenge, Month: 1, Year: 2031}})
	if err != nil {
		t.Fatal(err)
	}
	p := j.Payment()
	for _, code := range []string{order, order + "-AGAIN"} {
		p.Transaction["trackingCode"] = code
		if _, err := c.Pay(p); err != nil {
			t.Fatal(err)
		}
	}
}

// TestConsoleIsLive: what happens appears on the open page by itself, and the page
// says that it listens.
func TestConsoleIsLive(t *testing.T) {
	b := open(t, 1400, 900)
	c := start(t, simulator.Config{})
	at := c.Env["CARDSIM_ADMIN_URL"]
	b.do(chromedp.Navigate(at), chromedp.WaitVisible("#live", chromedp.ByQuery), chromedp.WaitVisible(".empty", chromedp.ByQuery))
	b.shot("console-empty")
	walk(t, c, "LIVE-ORDER-1")
	b.do(chromedp.WaitVisible(".journeys li", chromedp.ByQuery))
	b.do(chromedp.WaitVisible(".reason", chromedp.ByQuery))
	if got := b.text(".live"); got != "● live" {
		t.Errorf("it says %q", got)
	}
	b.shot("console-flows")
	b.dark()
	b.shot("console-flows-dark")
	b.do(chromedp.Navigate(at+"/s/default/requests"), chromedp.WaitVisible(`[data-table="requests"] tbody tr`, chromedp.ByQuery))
	before := eval[int](b, `document.querySelectorAll("tbody tr").length`)
	if _, err := c.TokenStatus(c.Env["CARDTOKENS_LIVE_API_KEY"], "none"); err != nil {
		t.Log(err)
	}
	b.do(until(fmt.Sprintf(`document.querySelectorAll("tbody tr").length > %d`, before)))
	// The clock and the scenario in the frame follow as well.
	if a, err := c.Do(http.MethodPut, at+"/api/v1/sandboxes/default/scenarios", []byte(`{"use":["bad-signature"]}`), "Content-Type", "application/json"); err != nil || a.Status != http.StatusOK {
		t.Fatalf("%v %s", err, a.Body)
	}
	b.do(until(`document.querySelector(".chip").textContent === "bad-signature"`))
}

// TestConsoleByKeyboard: the list is walked, a line opened and closed, the search
// reached, the keys listed.
func TestConsoleByKeyboard(t *testing.T) {
	b := open(t, 1400, 900)
	c := start(t, simulator.Config{})
	walk(t, c, "KEYS-ORDER-1")
	b.do(chromedp.Navigate(c.Env["CARDSIM_ADMIN_URL"]+"/s/default/requests"), chromedp.WaitVisible("#live", chromedp.ByQuery))
	b.do(chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("k"), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible("#drawer h2", chromedp.ByQuery))
	first := b.text("#drawer h2")
	b.shot("console-drawer")
	b.do(chromedp.KeyEvent("j"), until(fmt.Sprintf(`document.querySelector("#drawer h2").textContent !== %q`, first)))
	b.do(chromedp.KeyEvent(kb.Escape), chromedp.WaitNotVisible("#drawer", chromedp.ByQuery))
	b.do(chromedp.KeyEvent("/"))
	if got := eval[string](b, `document.activeElement.id`); got != "f-text" {
		t.Errorf("/ leads to %q", got)
	}
	b.do(chromedp.KeyEvent("j"))                                                              // typed, not obeyed
	if got := eval[string](b, `document.activeElement.value`); !strings.HasSuffix(got, "j") { // the driver types the slash as well
		t.Errorf("the search holds %q", got)
	}
	b.do(chromedp.Evaluate(`document.activeElement.blur()`, nil), chromedp.KeyEvent("?"), chromedp.WaitVisible("#keylist[open]", chromedp.ByQuery))
}

// TestConsoleThemes: the switch is remembered.
func TestConsoleThemes(t *testing.T) {
	b := open(t, 1200, 800)
	c := start(t, simulator.Config{})
	b.do(chromedp.Navigate(c.Env["CARDSIM_ADMIN_URL"]), chromedp.WaitVisible("#theme", chromedp.ByQuery))
	light := eval[string](b, `getComputedStyle(document.body).backgroundColor`)
	b.do(chromedp.Click("#theme", chromedp.ByQuery), chromedp.Click("#theme", chromedp.ByQuery)) // system, light, dark
	dark := eval[string](b, `getComputedStyle(document.body).backgroundColor`)
	if light == dark {
		t.Errorf("both themes are %s", light)
	}
	b.do(chromedp.Reload(), chromedp.WaitVisible("#theme", chromedp.ByQuery))
	if got := eval[string](b, `getComputedStyle(document.body).backgroundColor`); got != dark {
		t.Errorf("after a reload it is %s, was %s", got, dark)
	}
}

// TestConsoleEditor: a scenario is written by hand, corrected at the line that the
// checker names, and used.
func TestConsoleEditor(t *testing.T) {
	b := open(t, 1200, 1000)
	c := start(t, simulator.Config{})
	b.do(chromedp.Navigate(c.Env["CARDSIM_ADMIN_URL"]+"/s/default/scenarios"), chromedp.WaitVisible("#content", chromedp.ByQuery), chromedp.Click(`a[href$="/scenarios/edit"]`, chromedp.ByQuery), chromedp.WaitVisible("#text", chromedp.ByQuery))
	b.do(chromedp.SetValue("#text", "version: 1\nname: mine\nrules:\n  - on: acehub.payment.create\n    do: {outcome: declind}\n", chromedp.ByQuery))
	b.click(`button[value="use"]`)
	b.do(chromedp.WaitVisible("#problems li.wrong .problem", chromedp.ByQuery))
	b.shot("console-editor")
	b.do(chromedp.SetValue("#text", "version: 1\nname: mine\nrules:\n  - on: acehub.payment.create\n    do: {outcome: declined}\n", chromedp.ByQuery))
	b.click(`button[value="use"]`)
	b.do(chromedp.WaitVisible(".notice.good", chromedp.ByQuery), until(`document.querySelector(".chip").textContent === "mine"`))
}

// TestConsoleWithManyEntries: ten thousand requests do not make it slow to a person:
// the list shows a page of them, and the filter finds one.
func TestConsoleWithManyEntries(t *testing.T) {
	if testing.Short() {
		t.Skip("ten thousand requests")
	}
	b := open(t, 1400, 900)
	c := start(t, simulator.Config{})
	for range 2500 { // four entries each
		for _, id := range []string{"a", "b", "c", "d"} {
			if _, err := c.Do(http.MethodGet, c.Env["CARDSIM_URL"]+"/api/token/"+id+"/status", nil, "X-Api-Key", c.Env["CARDTOKENS_API_KEY"]); err != nil {
				t.Fatal(err)
			}
		}
	}
	walk(t, c, "NEEDLE-ORDER-1")
	b.do(chromedp.Navigate(c.Env["CARDSIM_ADMIN_URL"]+"/s/default/requests"), chromedp.WaitVisible(`a[rel="next"]`, chromedp.ByQuery))
	if rows := eval[int](b, `document.querySelectorAll("tbody tr").length`); rows != 100 {
		t.Errorf("%d lines on the page", rows)
	}
	b.do(chromedp.SendKeys("#f-text", "NEEDLE", chromedp.ByQuery), chromedp.Submit("#f-text", chromedp.ByQuery), chromedp.WaitVisible(`a[href="?"]`, chromedp.ByQuery))
	if rows := eval[int](b, `document.querySelectorAll("tbody tr").length`); rows == 0 || rows > 20 {
		t.Errorf("the filter finds %d", rows)
	}
}
