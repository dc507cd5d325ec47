package browsertest

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"cardsim/simulator"
)

// evil is a text that would run in an attribute, in a text, in a style, in a
// script or in a template that lets it out. Short is for fields with little room,
// dense for those without blanks.
const (
	evil  = `"'><img src=x onerror="__ran=1;alert(1)"></textarea></title></script><script>__ran=1;alert(1)</script><a href="javascript:alert(1)" id=evil>x</a>{{.}}${alert(1)}`
	short = `"><svg onload=__ran=1>`
	dense = `"><svg/onload=__ran=1;alert(1)>`
)

// escaped lists what an evil text has made of a page: a script that ran, or an
// element that only it can have brought.
const escaped = `[...(window.__ran ? ["a script ran"] : []), ...[...document.querySelectorAll("img[src=x], svg, #evil, script:not([src]), [onerror], [onload], base, a[href^='javascript:' i], form[action^='javascript:' i], [style], style")].
  filter((e) => !(e.localName === "style" && e.textContent.startsWith(":root{--banner"))).map((e) => e.outerHTML.slice(0, 120))]`

// guarded opens a tab in which a dialog is a failure; it is closed, so that the
// test goes on.
func guarded(t *testing.T) tab {
	t.Helper()
	b := open(t, 1400, 900)
	chromedp.ListenTarget(b, func(event any) {
		e, ok := event.(*page.EventJavascriptDialogOpening)
		if !ok {
			return
		}
		b.errors.add("a dialog opened: %s", e.Message)
		go func() {
			_ = chromedp.Run(b, chromedp.ActionFunc(func(ctx context.Context) error { return page.HandleJavaScriptDialog(false).Do(ctx) }))
		}()
	})
	return b
}

// clean fails the test when an evil text got out on the page.
func (b tab) clean(where string) {
	b.t.Helper()
	if got := eval[[]string](b, escaped); len(got) > 0 {
		b.t.Errorf("%s: %v", where, got)
	}
}

// goes opens a page and looks at it.
func (b tab) goes(address string) {
	b.t.Helper()
	b.do(chromedp.Navigate(address))
	b.clean(address)
}

// shown is what must be read on a section's page, for the siege to be one.
var shown = map[string]string{"flows": short, "requests": short, "outbox": dense, "payments": short, "transactions": short, "cardholders": evil, "scenarios": short}

// TestEvilTextsOnTheConsole visits every page of the console and every page that
// one of them leads to.
func TestEvilTextsOnTheConsole(t *testing.T) {
	t.Parallel()
	c := besieged(t)
	m := openMerchant(t)
	lookedUp(t, c, m, oldChallenge, short)
	lookedUp(t, c, m, emvChallenge, evil[:40])
	admin := c.Env["CARDSIM_ADMIN_URL"]
	visited := map[string]bool{}
	for _, section := range sections {
		t.Run(section, func(t *testing.T) {
			at := admin + "/s/default/" + section
			b := guarded(t)
			b.goes(at)
			if want := shown[section]; !strings.Contains(eval[string](b, `document.body.textContent`), want) {
				t.Errorf("the page does not say %s: nothing is tried", want)
			}
			b.drawer()
			for _, link := range eval[[]string](b, `[...document.querySelectorAll("main a[href], main tr[data-href]")].map((a) => new URL(a.dataset.href ?? a.href, location).href)`) {
				if visited[link] || !strings.HasPrefix(link, admin+"/s/") || strings.HasSuffix(link, ".pem") || strings.Contains(link, "/edit?") || len(visited) > 250 {
					continue
				}
				visited[link] = true
				b.goes(link)
			}
		})
	}
	t.Logf("%d pages below the sections", len(visited))
}

// TestEvilTextsArriveLive: what comes while the page is open.
func TestEvilTextsArriveLive(t *testing.T) {
	t.Parallel()
	c := besieged(t)
	b := guarded(t)
	b.goes(c.Env["CARDSIM_ADMIN_URL"] + "/s/default/requests")
	b.do(chromedp.WaitVisible("#live", chromedp.ByQuery))
	rows := eval[int](b, `document.querySelectorAll("tbody tr").length`)
	evilRequests(t, c)
	b.until(fmt.Sprintf(`document.querySelectorAll("tbody tr").length > %d`, rows))
	b.clean("the live list")
}

// drawer opens every row of the page beside it.
func (b tab) drawer() {
	b.t.Helper()
	rows := eval[int](b, `document.querySelectorAll("main [data-href]").length`)
	for i := range min(rows, 10) {
		b.do(chromedp.Evaluate(fmt.Sprintf(`document.querySelectorAll("main [data-href]")[%d].click()`, i), nil))
		b.until(fmt.Sprintf(`document.querySelectorAll("main [data-href]")[%d].classList.contains("chosen")`, i))
		b.clean("the drawer")
	}
}

// TestEvilAddresses: what an address carries is on the page, and does nothing.
func TestEvilAddresses(t *testing.T) {
	t.Parallel()
	c := start(t, simulator.Config{AdminToken: "evil-token"})
	b := guarded(t)
	admin, q := c.Env["CARDSIM_ADMIN_URL"], url.QueryEscape(evil)
	b.goes(admin + "/login?next=" + url.QueryEscape("javascript:alert(1)"))
	b.do(chromedp.SendKeys("#token", "evil-token"))
	b.click("button.primary")
	b.clean("after the login")
	if got := eval[string](b, `location.protocol`); got != "http:" {
		t.Errorf("the login leads to %s", got)
	}
	for _, path := range []string{
		"/login?next=" + q, "/s/" + url.PathEscape(evil) + "/flows", "/s/default/flows/" + url.PathEscape(evil), "/s/default/requests/" + url.PathEscape(evil),
		"/s/default/requests?text=" + q + "&operation=" + q + "&outcome=" + q + "&flow=" + q + "&after=" + q, "/s/default/tokens/" + url.PathEscape(dense),
		"/s/default/flows?notice=" + q + "&failure=" + q, "/s/default/scenarios/edit?text=" + q, "/s/default/scenarios/edit?name=" + q, "/" + url.PathEscape(evil),
	} {
		b.goes(admin + path)
	}
}

// TestEvilScenarioInTheEditor: the checker's messages quote the text, the one in
// force stands in the frame.
func TestEvilScenarioInTheEditor(t *testing.T) {
	t.Parallel()
	c := start(t, simulator.Config{})
	b := guarded(t)
	for _, text := range []string{evil, evilScenario, "version: 1\nname: x\nrules:\n  - on: " + fmt.Sprintf("%q", evil) + "\n    do: {outcome: " + fmt.Sprintf("%q", evil) + "}\n" + fmt.Sprintf("%q", short) + ": 1\n"} {
		for _, button := range []string{"check", "use"} {
			b.goes(c.Env["CARDSIM_ADMIN_URL"] + "/s/default/scenarios/edit")
			b.do(chromedp.SetValue("#text", text, chromedp.ByQuery))
			b.click("button[value=" + button + "]")
			b.clean("the editor")
		}
	}
	b.goes(c.Env["CARDSIM_ADMIN_URL"] + "/s/default/scenarios")
}
