package browsertest

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"cardsim/simulator"
)

// focused is the id of the element that has the keyboard, or its kind.
const focused = `document.activeElement.id || document.activeElement.localName`

// key presses a key on whatever has the keyboard.
func (b tab) key(key string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(key))
}

// TestChallengeByKeyboard never touches the mouse: the field has the keyboard as
// the page comes, Tab visits every control in the order of the eye, Enter confirms.
func TestChallengeByKeyboard(t *testing.T) {
	c := enrolled(t, simulator.Config{}, oldChallenge)
	m := openMerchant(t)
	b := open(t, full[0], full[1])
	b.do(emulation.SetFocusEmulationEnabled(true)) // as in the tab in front
	b.goTo(m.sells(lookedUp(t, c, m, oldChallenge, "ORDER-7")))
	b.do(chromedp.Poll(`document.activeElement.id === "otp"`, nil)) // as the page comes
	for _, want := range []string{"confirm", "resend", "cancel", "summary"} {
		b.key(kb.Tab)
		if got := eval[string](b, focused); got != want {
			t.Fatalf("Tab leads to %s, want %s", got, want)
		}
		if ring := eval[string](b, `getComputedStyle(document.activeElement).outlineStyle`); ring == "none" {
			t.Errorf("%s shows no focus", want)
		}
	}
	b.key(kb.Enter)
	if !eval[bool](b, `document.querySelector("#help").open`) {
		t.Error("Enter does not open the help")
	}
	for range 4 {
		b.do(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(input.ModifierShift))) // with Shift
	}
	if got := eval[string](b, focused); got != "otp" {
		t.Fatalf("Shift and Tab lead to %s", got)
	}
	b.do(chromedp.KeyEvent("999999"))
	b.enter()
	if got := b.text("#error"); got != "▲ That code is not right." || b.data("#attempts-left", "left") != "1" {
		t.Fatalf("the error says %q", got)
	}
	if got := eval[string](b, focused); got != "otp" {
		t.Errorf("after an error the keyboard is at %s", got)
	}
	b.do(chromedp.KeyEvent(b.text("#sandbox-code")))
	b.enter()
	b.do(chromedp.WaitVisible("#back"))
	if got := m.returns(); len(got) != 1 || got[0].Get("PaRes") == "" || got[0].Get("MD") != "md-1" {
		t.Errorf("the shop got %v", got)
	}
}

// enter presses Enter and waits for the page it leads to.
func (b tab) enter() {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b, chromedp.KeyEvent(kb.Enter)); err != nil {
		b.t.Fatal(err)
	}
}

// TestChallengeSpeaks: what a screen reader is told.
func TestChallengeSpeaks(t *testing.T) {
	t.Parallel()
	c := enrolled(t, simulator.Config{}, oldChallenge)
	b := challenged(t, c, openMerchant(t), full, oldChallenge)
	for script, want := range map[string]string{
		`document.documentElement.lang`:                        "en",
		`document.querySelector("#otp").labels[0].textContent`: "Enter the code we sent to +91 ********92",
		`document.querySelector("#otp").inputMode`:             "numeric",
		`document.querySelector("#otp").autocomplete`:          "one-time-code",
		`document.querySelector("#announce").role`:             "status",
		`document.querySelector("#expires").role`:              "timer",
		`document.querySelector("#amount").textContent`:        "€123.45",
		`document.querySelector("#amount").dataset.amount`:     "EUR 123.45",
		`document.querySelector("#merchant").textContent`:      "Demo Shop",
		`document.querySelector("#card").textContent`:          "**** **** **** 0002",
		`document.title`: "Confirm your payment",
		`[...document.querySelectorAll("header, main, footer")].length + ""`:  "3",
		`[...document.querySelectorAll("h1")].map((h) => h.innerText).join()`: "Confirm your payment",
	} {
		if got := eval[string](b, script); got != want {
			t.Errorf("%s is %q, want %q", script, got, want)
		}
	}
	b.do(chromedp.SendKeys("#otp", "1"))
	b.click("#confirm")
	if got := eval[string](b, `document.title`); got != "That code is not right. Confirm your payment" {
		t.Errorf("after an error the title is %q", got)
	}
	said := eval[string](b, `document.querySelector("#otp").getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id).textContent.trim()).join(" / ")`)
	if said != "▲ That code is not right. / 1 try left" {
		t.Errorf("the field is described by %q", said)
	}
}

// TestChallengeWithoutScripts walks every button of the page, and back to the shop.
func TestChallengeWithoutScripts(t *testing.T) {
	t.Parallel()
	c := enrolled(t, simulator.Config{}, oldChallenge)
	m := openMerchant(t)
	b := open(t, 390, 400)
	b.plain()
	b.goTo(m.sells(lookedUp(t, c, m, oldChallenge, "ORDER-7")))
	b.click("#confirm")
	b.do(chromedp.WaitVisible("#error"))
	b.click("#resend")
	b.do(chromedp.WaitVisible("#note"), chromedp.SendKeys("#otp", "000000"))
	b.shot("challenge-without-scripts")
	b.click("#confirm")
	b.do(chromedp.WaitVisible("#error"), chromedp.SendKeys("#otp", "000000"))
	b.click("#confirm")
	b.do(chromedp.WaitVisible(`#outcome[data-outcome="failed"][data-end="attempt-limit"]`))
	b.shot("end-blocked-without-scripts")
	b.do(chromedp.WaitVisible("noscript"))
	if len(m.returns()) > 0 {
		t.Fatal("the page moved without scripts")
	}
	b.click("#continue")
	b.do(chromedp.WaitVisible("#back"))
	if got := m.returns(); len(got) != 1 || got[0].Get("PaRes") == "" {
		t.Errorf("the shop got %v", got)
	}
}
