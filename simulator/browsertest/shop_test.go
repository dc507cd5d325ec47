package browsertest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"cardsim/simulator"
	"cardsim/simulator/shop"
	"cardsim/simulator/simulatortest"
)

// Cards of Cardinal's tables (reference cardinal.md §11).
const (
	emvChallenge    = "4000000000001091" // 2.1.0, challenge then success
	emvFrictionless = "4000000000001000"
	emvFails        = "4000000000001109"
	oldChallenge    = "4000000000000002" // 1.0.2, challenge then success
	oldBroken       = "4000000000000010" // 1.0.2, the signature is broken
)

// openShop serves the demo shop under localhost, another site than the providers'.
func openShop(t *testing.T, c *simulatortest.Client) string {
	t.Helper()
	srv := httptest.NewUnstartedServer(nil)
	root := "http://localhost:" + strings.TrimPrefix(srv.Listener.Addr().String(), "127.0.0.1:")
	srv.Config.Handler = shop.New(shop.Options{Env: c.Env, URL: root, ConsoleURL: c.Env["CARDSIM_ADMIN_URL"]})
	srv.Start()
	t.Cleanup(func() {
		srv.CloseClientConnections() // a page may still listen to its order
		srv.Close()
	})
	return root
}

// pay fills the checkout in and presses pay.
func (b tab) pay(root, card, window string) {
	b.t.Helper()
	b.do(chromedp.Navigate(root), chromedp.WaitVisible("#pay"), chromedp.SendKeys("#number", card),
		chromedp.Click(`input[name=window][value=`+window+`]`), chromedp.Click("#pay"))
}

// TestShop buys a lamp with every kind of card, in a frame of another site and as
// a page, with scripts and without.
func TestShop(t *testing.T) {
	for _, tt := range []struct {
		name, card, window string
		plain              bool
		code               string // what the cardholder types; empty for no challenge
		state, words       string
	}{
		{"frictionless", emvFrictionless, "frame", false, "", "paid", "Paid. Liability is with the issuer."},
		{"EMV in a frame", emvChallenge, "frame", false, "1234", "paid", "Paid. Liability is with the issuer."},
		{"EMV as a page", emvChallenge, "page", false, "1234", "paid", "Paid. Liability is with the issuer."},
		{"1.0 in a frame", oldChallenge, "frame", false, "1234", "paid", "Paid. Liability is with the issuer."},
		{"1.0 as a page", oldChallenge, "page", false, "1234", "paid", "Paid. Liability is with the issuer."},
		{"a broken signature", oldBroken, "page", false, "1234", "failed", "not signed as it should be"},
		{"the issuer refuses", emvFails, "frame", false, "1234", "failed", "did not confirm the payment (status N)"},
		{"without scripts, as a page", emvChallenge, "page", true, "1234", "paid", "Paid. Liability is with the issuer."},
		{"1.0 without scripts, as a page", oldChallenge, "page", true, "1234", "paid", "Paid. Liability is with the issuer."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := open(t, 1200, 900)
			root := openShop(t, start(t, simulator.Config{}))
			if tt.plain {
				b.plain()
			}
			b.pay(root, tt.card, tt.window)
			if tt.code != "" {
				b.confirm(tt.window == "frame", tt.plain, tt.code)
			}
			b.do(chromedp.WaitVisible("#result"))
			if tt.plain {
				return
			}
			if got, words := eval[string](b, `document.querySelector("#result").dataset.state`), b.text("#words"); got != tt.state || !strings.Contains(words, tt.words) {
				t.Errorf("the shop says %s: %s", got, words)
			}
			b.shot("shop-" + strings.ReplaceAll(tt.name, " ", "-"))
		})
	}
}

// confirm types the code on the issuer's page, wherever it is. Without scripts each
// page on the way has its button pressed.
func (b tab) confirm(inFrame, plain bool, code string) {
	b.t.Helper()
	where := chromedp.ByQuery
	if plain {
		b.do(chromedp.WaitVisible("#go"))
		b.click("#go")
		b.press("#continue", "#otp")
	}
	if !inFrame {
		b.do(chromedp.WaitVisible("#otp"), chromedp.SendKeys("#otp", code))
		b.click("#confirm")
		if plain {
			b.press("#continue", "#back")
			b.click("#back")
		}
		return
	}
	b.do(chromedp.WaitVisible("#bank"))
	b.inside(func(in chromedp.QueryOption) {
		b.do(chromedp.WaitVisible("#otp", where, in), chromedp.SendKeys("#otp", code, where, in), chromedp.Click("#confirm", where, in))
	})
}

// TestShopOutOfReach: messages that cannot be asked for, as when the page is left in that
// moment, are no error of the page, which goes on with the next ones.
func TestShopOutOfReach(t *testing.T) {
	b := open(t, 1200, 900)
	root := openShop(t, start(t, simulator.Config{}))
	b.do(chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(`const ask = window.fetch;
			window.fetch = (what) => {
				if (sessionStorage.refused) return ask(what);
				sessionStorage.refused = what;
				return Promise.reject(new TypeError("Failed to fetch"));
			};`).Do(ctx)
		return err
	}))
	b.pay(root, emvChallenge, "frame")
	b.do(chromedp.WaitVisible("#bank"), until(`sessionStorage.refused`))
	b.confirm(true, false, "1234")
	b.do(chromedp.WaitVisible("#result"), until(`document.getElementById("messages").dataset.state !== "running"`))
	if refused := eval[string](b, `sessionStorage.refused`); !strings.HasSuffix(refused, "/messages") {
		t.Errorf("refused was %q", refused)
	}
}

// TestShopTellsItsMessages: beside the result stands every call, and no secret.
func TestShopTellsItsMessages(t *testing.T) {
	b := open(t, 1200, 900)
	c := start(t, simulator.Config{})
	root := openShop(t, c)
	b.pay(root, emvFrictionless, "frame")
	b.do(chromedp.WaitVisible("#result"))
	page := eval[string](b, `document.documentElement.outerHTML`)
	for _, want := range []string{"create token", "cmpi_lookup", "get cryptogram", "authorize"} {
		if !strings.Contains(page, want) {
			t.Errorf("no message tells of %s", want)
		}
	}
	for name, secret := range map[string]string{"the card number": emvFrictionless, "the security code": `"123"`, "the API key": c.Env["CARDINAL_API_KEY"], "the password": c.Env["ACEHUB_PASSWORD"]} {
		if strings.Contains(page, secret) {
			t.Errorf("the page shows %s", name)
		}
	}
}

// TestShopForAForeignVisitor: what a shop answers to what it did not ask for.
func TestShopForAForeignVisitor(t *testing.T) {
	root := openShop(t, start(t, simulator.Config{}))
	for path, want := range map[string]int{"/order/none": http.StatusNotFound, "/order/none/events": http.StatusNotFound, "/": http.StatusOK, "/static/shop.css": http.StatusOK, "/static/../shop.go": http.StatusNotFound} {
		resp, err := http.Get(root + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s answers %d, want %d", path, resp.StatusCode, want)
		}
	}
}
