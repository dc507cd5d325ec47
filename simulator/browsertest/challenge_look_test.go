package browsertest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// faint lists the texts of a page whose contrast is below WCAG 2's AA, as the
// browser computes colours.
const faint = `(() => {
  const rgb = (c) => { const m = c.match(/[\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m };
  const light = (c) => c.slice(0, 3).map((v) => v / 255).map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] === 1) return c } return [255, 255, 255, 1] };
  const out = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const e = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !e.checkVisibility() || e.closest("noscript, .unseen")) continue;
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) out.push(texts.currentNode.data.trim() + " " + ratio.toFixed(2));
  }
  return out;
})()`

// dress is a bank's colours, as its templateConfig names them.
func dress(banner, bannerText, link, button, off, text, soft string) string {
	return fmt.Sprintf("          templateConfig: {bannerBgColor: %q, bannerTextColor: %q, linkTextColor: %q, activeBtnColor: %q, disabledBtnColor: %q, primaryTextColor: %q, secondaryTextColor: %q}\n",
		banner, bannerText, link, button, off, text, soft)
}

// dot is a picture of one pixel.
const dot = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

// TestTenantLooks: whatever a bank wears, its name, its colours and its texts can
// be read; what could not be read is corrected, and nothing else is.
func TestTenantLooks(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, config string
		banner       string // the banner's colour as the browser computes it
	}{
		{"seed", dress("#ebebeb", "#222", "#7d52cd", "#7d52cd", "#cfcfcf", "#222", "#030303"), "rgb(235, 235, 235)"},
		{"dark", dress("#0b1f3a", "#ffffff", "#0b5cad", "#0b5cad", "#b8c4d4", "#0b1f3a", "#4a5a70"), "rgb(11, 31, 58)"},
		{"unreadable", dress("#ffffff", "#ffffff", "#ffffff", "#ffffff", "#ffffff", "#ffffff", "#fefefe"), "rgb(255, 255, 255)"},
		{"black on black", dress("#000", "#000", "#000", "#000", "#000", "#000", "#000"), "rgb(0, 0, 0)"},
		{"neon", dress("#00ff00", "#ffff00", "#ffff00", "#ff00ff", "#00ffff", "#00ff00", "#ffaa00"), "rgb(0, 255, 0)"},
		{"grey on grey", dress("#777777", "#808080", "#888888", "#777777", "#777777", "#999999", "#aaaaaa"), "rgb(119, 119, 119)"},
		{"no colours", dress("red", "url(x)", "#12", "}", "expression(1)", "", "#zzz"), "rgb(244, 244, 245)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := start(t, simulator.Config{Fixtures: []string{fixture(t, bank("Harbour Bank", tt.config, oldChallenge))}})
			b := challenged(t, c, openMerchant(t), [2]int64{390, 400}, oldChallenge)
			if got := b.text(".issuer"); got != "Harbour Bank" {
				t.Errorf("the bank is called %q", got)
			}
			if got := eval[string](b, `getComputedStyle(document.querySelector(".banner")).backgroundColor`); got != tt.banner {
				t.Errorf("its banner is %s, want %s", got, tt.banner)
			}
			shot := "look-" + strings.ReplaceAll(tt.name, " ", "-")
			b.shot(shot)
			b.legible("the challenge")
			for range 3 { // until there is none left to resend
				b.click("#resend")
				b.do(chromedp.WaitVisible("#note"))
			}
			b.do(chromedp.SendKeys("#otp", "9"))
			b.click("#confirm")
			b.do(chromedp.WaitVisible("#error"), chromedp.Click("#help summary", chromedp.ByQuery))
			b.shot(shot + "-wrong")
			b.legible("the challenge with an error")
			b.do(chromedp.Evaluate(`document.querySelector("#challenge").dataset.sent = "yes"`, nil))
			b.legible("the challenge while it is sent")
			b.do(chromedp.Evaluate(`delete document.querySelector("#challenge").dataset.sent`, nil))
			b.click("#cancel")
			b.do(chromedp.WaitVisible("#outcome"))
			b.legible("the end")
		})
	}
}

func (b tab) legible(where string) {
	b.t.Helper()
	if got := eval[[]string](b, faint); len(got) > 0 {
		b.t.Errorf("%s has texts that cannot be read: %v", where, got)
	}
}

// TestLogo: a picture inside the configuration is shown; one elsewhere is not
// asked for, and the bank's initial stands in.
func TestLogo(t *testing.T) {
	t.Parallel()
	for logo, shown := range map[string]bool{dot: true, "https://bank.example/logo.svg": false, "//bank.example/logo.svg": false, "/acs/challenge/x": false} {
		t.Run(logo[:min(len(logo), 16)], func(t *testing.T) {
			text := bank("Harbour Bank", fmt.Sprintf("          logoURL: %q\n", logo), oldChallenge)
			c := start(t, simulator.Config{Fixtures: []string{fixture(t, text)}})
			b := open(t, full[0], full[1])
			asked := b.requests()
			m := openMerchant(t)
			b.goTo(m.sells(lookedUp(t, c, m, oldChallenge, "ORDER-7")))
			if got := eval[bool](b, `document.querySelector("img.logo")?.naturalWidth > 0`); got != shown {
				t.Errorf("the logo is shown: %t, want %t", got, shown)
			}
			if !shown && b.text(".initial") != "H" {
				t.Error("no initial stands in for the logo")
			}
			for _, address := range asked.list() {
				if !strings.HasPrefix(address, "http://127.0.0.1:") && !strings.HasPrefix(address, "http://localhost:") && !strings.HasPrefix(address, "data:") {
					t.Errorf("the page asks for %s", address)
				}
			}
		})
	}
}

// requests are the addresses that the tab asks for from now on.
func (b tab) requests() *problems {
	asked := &problems{}
	b.do(network.Enable())
	chromedp.ListenTarget(b, func(event any) {
		if e, ok := event.(*network.EventRequestWillBeSent); ok {
			asked.add("%s", e.Request.URL)
		}
	})
	return asked
}

// TestSandboxLineIsASetting: the line says the code and where else it is, and goes
// by a switch.
func TestSandboxLineIsASetting(t *testing.T) {
	t.Parallel()
	c := enrolled(t, simulator.Config{}, oldChallenge)
	m := openMerchant(t)
	b := challenged(t, c, m, full, oldChallenge)
	var letters []simulatortest.Message
	letters, err := c.Messages()
	if err != nil || len(letters) != 1 {
		t.Fatalf("%d messages, %v", len(letters), err)
	}
	if got := b.text("#sandbox"); got != "Sandbox: code "+letters[0].Code+" – also in the console's outbox." {
		t.Errorf("the line says %q", got)
	}
	b = challenged(t, c, m, full, emvChallenge)
	if got := b.text("#sandbox"); !strings.HasPrefix(got, "Sandbox: code 1234 – that of every test card") {
		t.Errorf("for a card of no bank the line says %q", got)
	}
	if err := c.Admin("PATCH", "/settings", map[string]any{"acs": map[string]any{"showCode": false}}, nil); err != nil {
		t.Fatal(err)
	}
	b = challenged(t, c, m, full, oldChallenge)
	if eval[bool](b, `Boolean(document.querySelector("#sandbox"))`) {
		t.Error("the line is there although it is switched off")
	}
}
