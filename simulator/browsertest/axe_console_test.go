package browsertest

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/chromedp/chromedp"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// origin is the scheme and host of an address.
func origin(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// busy starts a simulator in which something of everything has happened: paid,
// refused, enrolled, challenged, resent.
func busy(t *testing.T, cfg simulator.Config) *simulatortest.Client {
	t.Helper()
	cfg.Scenarios = []string{"decline-then-approve"}
	c := start(t, cfg)
	c.AdminToken = cfg.AdminToken
	m := openMerchant(t)
	card := simulatortest.Card{PAN: emvFrictionless, Month: 1, Year: 2031, CVV: "123"}
	for _, number := range []string{"ORDER-1", "ORDER-2"} {
		j, err := c.Walk(c.Env["CARDTOKENS_API_KEY"], simulatortest.Order{Number: number, Minor: 12345, Currency: "978", Card: card})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second one has spent its cryptogram
			if _, err := c.Pay(j.Payment()); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i, pan := range []string{oldChallenge, emvChallenge} {
		if _, err := c.Enrol(pan, []string{"A", "B"}[i], "+918948763892"); err != nil {
			t.Fatal(err)
		}
		lookedUp(t, c, m, pan, "ORDER-3")
	}
	if _, err := c.Do(http.MethodPost, c.Env["CARDTOKENS_URL"]+"/api/token", []byte(`{"card":`), "X-Api-Key", "none"); err != nil {
		t.Fatal(err)
	}
	list, err := c.Challenges()
	if err != nil || len(list) != 2 {
		t.Fatalf("%d challenges, %v", len(list), err)
	}
	if _, err := c.Act(list[0].ID, map[string]string{"action": "resend"}); err != nil {
		t.Fatal(err)
	}
	return c
}

// sections are the console's pages.
var sections = []string{
	"flows", "requests", "challenges", "outbox", "payments", "tokens", "transactions", "cards", "cardholders",
	"scenarios", "scenarios/edit", "catalogue", "settings", "connect",
}

// themes are the system's two.
var themes = []string{"light", "dark"}

// themed opens a tab in a theme.
func themed(t *testing.T, theme string) tab {
	t.Helper()
	b := open(t, 1400, 900)
	if theme == "dark" {
		b.dark()
	}
	return b
}

// TestAxeConsole: every page of the console with something on it, and the first
// thing that it lists, in both themes.
func TestAxeConsole(t *testing.T) {
	t.Parallel()
	axe := rules(t)
	c := busy(t, simulator.Config{})
	root := c.Env["CARDSIM_ADMIN_URL"] + "/s/default/"
	for _, theme := range themes {
		t.Run(theme, func(t *testing.T) {
			t.Parallel()
			for _, section := range sections {
				t.Run(section, func(t *testing.T) { obeysWithDetails(themed(t, theme), axe, root+section) })
			}
		})
	}
}

// obeysWithDetails looks at a section of the console, at the drawer beside it, and
// at the page of the first thing that it lists.
func obeysWithDetails(b tab, axe, section string) {
	b.do(chromedp.Navigate(section), chromedp.WaitVisible("main h1", chromedp.ByQuery))
	b.obeys(axe, section)
	first := eval[string](b, `document.querySelector("main td a.open, main .journeys a")?.href ?? ""`)
	if first == "" {
		return
	}
	if eval[bool](b, `(() => { const row = document.querySelector("main tr[data-href] td:last-child"); row?.click(); return Boolean(row) })()`) {
		b.until(`!document.querySelector("#drawer").hidden`)
		b.obeys(axe, section+" with the drawer")
	}
	b.do(chromedp.Navigate(first), chromedp.WaitVisible("main h1", chromedp.ByQuery),
		chromedp.Evaluate(`document.querySelectorAll("details").forEach((d) => { d.open = true })`, nil))
	b.obeys(axe, "one of "+section)
}

// TestAxeConsoleStates: pages before anything has happened, a text full of
// mistakes, a page that is not there, the list of keys, a small window.
func TestAxeConsoleStates(t *testing.T) {
	t.Parallel()
	axe := rules(t)
	c := start(t, simulator.Config{})
	root := c.Env["CARDSIM_ADMIN_URL"] + "/s/default/"
	for _, theme := range themes {
		t.Run(theme, func(t *testing.T) {
			b := themed(t, theme)
			for _, section := range []string{"flows", "requests", "challenges", "outbox", "scenarios", "nothing", "requests?notice=done&failure=not+done"} {
				b.do(chromedp.Navigate(root+section), chromedp.WaitVisible("main h1", chromedp.ByQuery))
				b.obeys(axe, section+", empty")
			}
			b.do(chromedp.Click("#keys", chromedp.ByQuery), chromedp.WaitVisible("#keylist"))
			b.obeys(axe, "the list of keys")
			b.do(chromedp.Navigate(root+"scenarios/edit"), chromedp.SetValue("#text", "version: 1\nname: x\nrules: [{on: nothing}]\nwrong: 1\n", chromedp.ByQuery))
			b.click("button[value=check]")
			b.do(chromedp.WaitVisible("#problems"))
			b.obeys(axe, "the editor with problems")
			b.do(chromedp.EmulateViewport(360, 740))
			b.obeys(axe, "the editor on a phone")
		})
	}
}

// TestAxeLogin: the console that asks for its token.
func TestAxeLogin(t *testing.T) {
	t.Parallel()
	axe := rules(t)
	for _, theme := range themes {
		t.Run(theme, func(t *testing.T) {
			token := "secret-" + theme // its cookie is good for every port
			c := start(t, simulator.Config{AdminToken: token})
			b := themed(t, theme)
			b.do(chromedp.Navigate(c.Env["CARDSIM_ADMIN_URL"]+"/"), chromedp.WaitVisible("#token"))
			b.obeys(axe, "the login")
			b.do(chromedp.SendKeys("#token", "wrong"))
			b.click("button.primary")
			b.do(chromedp.WaitVisible("#failure"))
			b.obeys(axe, "the login with an error")
			b.do(chromedp.SendKeys("#token", token))
			b.click("button.primary")
			b.do(chromedp.WaitVisible("main h1", chromedp.ByQuery))
			b.obeys(axe, "the console after the login")
		})
	}
}

// TestAxeShop: the demo shop from the checkout to both results.
func TestAxeShop(t *testing.T) {
	t.Parallel()
	axe := rules(t)
	root := openShop(t, start(t, simulator.Config{}))
	for _, theme := range themes {
		t.Run(theme, func(t *testing.T) {
			b := themed(t, theme)
			b.do(chromedp.Navigate(root), chromedp.WaitVisible("#pay"))
			b.obeys(axe, "the checkout")
			b.do(chromedp.SendKeys("#number", "12"))
			b.click("#pay")
			b.obeys(axe, "the checkout with an error")
			b.pay(root, emvFrictionless, "frame")
			b.do(chromedp.WaitVisible("#result"), chromedp.Evaluate(`document.querySelectorAll("details").forEach((d) => { d.open = true })`, nil))
			b.obeys(axe, "the result")
			b.pay(root, oldChallenge, "frame")
			b.do(chromedp.WaitVisible("#bank"))
			b.inFrame(`document.querySelector("#otp")`)
			b.obeys(axe, "the bank in a frame")
			b.do(chromedp.Navigate(root + "/order/none"))
			b.obeys(axe, "an order that is not there")
		})
	}
}
