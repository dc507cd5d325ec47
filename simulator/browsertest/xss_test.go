package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
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

// evilShop is a fixture: shop and bank have evil names, the bank evil colours.
func evilShop() string {
	colours := dress(`red}</style><script>__ran=1</script>`, dense, `#fff;}*{background:url(//evil.example)}`, `javascript:alert(1)`, short, `expression(alert(1))`, `#123`)
	return bank(evil, colours+fmt.Sprintf("          logoURL: %q\n", `javascript:alert(1)//"><svg onload=__ran=1>`), oldChallenge) +
		fmt.Sprintf(`    merchants:
      - name: %q
        cardtokens: {merchantId: 5ec0000000004000800000000077099a, apiKeys: [{key: 5ec0000000004000800000000077099b, kind: test}]}
        acehub: {businessId: "770099", username: second, password: second-password}
        cardinal: {identifier: "5ec000000000000000770099", orgUnit: "5ec0000000000000007700aa", apiKey: second-api-key}
`, evil)
}

// evilScenario has evil words wherever a scenario has words.
var evilScenario = fmt.Sprintf("version: 1\nname: %q\nsummary: %q\nrules:\n  - name: %q\n    on: acehub.payment.create\n    sequence:\n      - outcome: declined\n      - outcome: approved\n", short, evil, short)

// besieged starts a simulator to which somebody has sent evil texts in every field
// that takes a text.
func besieged(t *testing.T) *simulatortest.Client {
	t.Helper()
	c := start(t, simulator.Config{Fixtures: []string{fixture(t, evilShop())}, Scenarios: []string{scenario(t, evilScenario)}})
	for name, value := range map[string]string{
		"CARDTOKENS_API_KEY": "5ec0000000004000800000000077099b", "CARDTOKENS_MERCHANT_ID": "5ec0000000004000800000000077099a",
		"ACEHUB_BUSINESS_ID": "770099", "ACEHUB_USERNAME": "second", "ACEHUB_PASSWORD": "second-password",
		"CARDINAL_IDENTIFIER": "5ec000000000000000770099", "CARDINAL_ORG_UNIT": "5ec0000000000000007700aa", "CARDINAL_API_KEY": "second-api-key",
	} {
		c.Env[name] = value
	}
	evilPayments(t, c)
	evilCardholders(t, c)
	evilRequests(t, c)
	return c
}

// evilPayments go from token to refund with an evil order number, reference,
// tracking code and holder name, each refused or not.
func evilPayments(t *testing.T, c *simulatortest.Client) {
	t.Helper()
	card := simulatortest.Card{PAN: emvFrictionless, Month: 1, Year: 2031, CVV: "123"}
	for i, text := range []string{short, evil} {
		order := simulatortest.Order{Number: text, Minor: 12345, Currency: "978", Card: card}
		if j, err := c.Walk(c.Env["CARDTOKENS_API_KEY"], order); err == nil {
			p := j.Payment()
			p.Card["holderName"] = text
			for _, code := range []string{text, fmt.Sprintf("TRACK-%d", i)} {
				p.Transaction["trackingCode"], p.Transaction["description"] = code, text
				if _, err := c.Pay(p); err != nil {
					t.Fatal(err)
				}
			}
		} else if i == 0 {
			t.Fatal(err) // the short one fits everywhere
		}
	}
}

// evilCardholders have evil names, vectors and addresses at Cipher.
func evilCardholders(t *testing.T, c *simulatortest.Client) {
	t.Helper()
	for name, pan := range map[string]string{short: emvChallenge, evil: emvFails} {
		body, err := json.Marshal(map[string]any{
			"name": name, "cardInfo": map[string]string{"scheme": "DEFAULT", "cardNumber": pan},
			"identities": []map[string]string{{"type": "tenantUniqueVector", "value": name}, {"type": "email", "value": "a@" + dense}},
		})
		if err != nil {
			t.Fatal(err)
		}
		a, err := c.Do(http.MethodPost, c.Env["CIPHER_URL"]+"/tenants/"+c.Env["CIPHER_TENANT_ID"]+"/cards", body, "X-Zeta-AuthToken", c.Env["CIPHER_AUTH_TOKEN"], "Content-Type", "application/json")
		if err != nil {
			t.Fatal(err)
		}
		if a.Status != http.StatusOK {
			t.Errorf("no cardholder is called %.20s: HTTP %d %.200s", name, a.Status, a.Body)
		}
	}
}

// evilRequests are evil in path, query, header and body.
func evilRequests(t *testing.T, c *simulatortest.Client) {
	t.Helper()
	for _, address := range []string{
		c.Env["CARDTOKENS_URL"] + "/api/token/" + url.PathEscape(evil), c.Env["ACEHUB_URL"] + "payments/" + url.PathEscape(short) + "?x=" + url.QueryEscape(evil),
		c.Env["CARDINAL_URL"] + "?" + url.QueryEscape(evil), c.Env["CIPHER_URL"] + "/tenants/" + url.PathEscape(short) + "/cards", origin(c.Env["CARDINAL_URL"]) + "/acs/challenge/" + url.PathEscape(dense),
	} {
		for _, body := range []string{evil, `{"` + short + `":"` + dense + `"}`, "cmpi_msg=" + url.QueryEscape("<CardinalMPI><MsgType>"+dense+"</MsgType></CardinalMPI>")} {
			if _, err := c.Do(http.MethodPost, address, []byte(body), "User-Agent", evil, "Content-Type", short, "X-Api-Key", short, "Authorization", evil); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// shown is what must be read on a section's page, for the siege to be one.
var shown = map[string]string{"flows": short, "requests": short, "outbox": dense, "payments": short, "transactions": short, "cardholders": evil, "scenarios": short}

// TestEvilTextsOnTheConsole visits every page of the console and every page that
// one of them leads to.
func TestEvilTextsOnTheConsole(t *testing.T) {
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
