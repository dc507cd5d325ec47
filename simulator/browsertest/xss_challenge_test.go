package browsertest

import (
	"encoding/base64"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"cardsim/simulator"
)

// TestEvilTextsOnTheChallenge: shop, bank, colours, order number, destination, MD,
// TermUrl, step and code are evil; the page says them, and MD comes back as it was.
func TestEvilTextsOnTheChallenge(t *testing.T) {
	t.Parallel()
	c := besieged(t)
	m := openMerchant(t)
	for _, card := range []string{oldChallenge, emvChallenge} {
		t.Run(card, func(t *testing.T) {
			way := lookedUp(t, c, m, card, short)
			if way.Fields.Has("MD") {
				way.Fields.Set("MD", evil)
				way.Fields.Set("TermUrl", m.term()+"&x="+short)
			} else {
				way.Fields.Set("threeDSSessionData", evil)
			}
			b := guarded(t)
			b.goTo(m.sells(way))
			b.clean("the challenge")
			if got := b.text("#merchant"); !strings.HasPrefix(got, `"'><`) {
				t.Errorf("the shop is called %q: nothing is tried", got)
			}
			if card == oldChallenge && b.text(".issuer") != evil {
				t.Errorf("the bank is called %q", b.text(".issuer"))
			}
			b.do(chromedp.Evaluate(`document.querySelector("[name=step]").value = `+quoted(evil), nil), chromedp.SendKeys("#otp", dense))
			b.click("#confirm")
			b.do(chromedp.WaitVisible("#error"))
			b.clean("the challenge with an error")
			b.click("#cancel")
			b.do(chromedp.WaitVisible("h1", chromedp.ByQuery))
			b.clean("the end")
			if card != oldChallenge {
				return
			}
			b.click("#continue")
			b.do(chromedp.WaitVisible("#back"))
			if got := m.returns(); len(got) != 1 || got[0].Get("MD") != evil {
				t.Errorf("MD came back as %v", got)
			}
		})
	}
}

func quoted(s string) string {
	return "`" + strings.NewReplacer("`", "", "$", "", `\`, "").Replace(s) + "`"
}

// TestEvilWaysIn: what a shop sends to the issuer cannot be read, and is shown
// to whoever develops it.
func TestEvilWaysIn(t *testing.T) {
	t.Parallel()
	c := start(t, simulator.Config{})
	m := openMerchant(t)
	good := lookedUp(t, c, m, oldChallenge, "ORDER-7")
	base := origin(c.Env["CARDINAL_URL"])
	without := func(name, value string) url.Values {
		f := url.Values{}
		for k, v := range good.Fields {
			f[k] = v
		}
		f.Set(name, value)
		return f
	}
	b := guarded(t)
	for _, way := range []buy{
		{Action: good.Action, Fields: without("TermUrl", "javascript:alert(1)")},
		{Action: good.Action, Fields: without("TermUrl", " javascript:alert(1)//http://x")},
		{Action: good.Action, Fields: without("TermUrl", "data:text/html,<script>alert(1)</script>")},
		{Action: good.Action, Fields: without("TermUrl", evil)},
		{Action: good.Action, Fields: without("PaReq", evil)},
		{Action: base + "/acs/creq", Fields: url.Values{"creq": {evil}}},
		{Action: base + "/acs/creq", Fields: url.Values{"creq": {base64.RawURLEncoding.EncodeToString([]byte(`{"messageType":"CReq","acsTransID":"` + strings.ReplaceAll(dense, `"`, `\"`) + `"}`))}}},
		{Action: base + "/acs/challenge/" + url.PathEscape(evil), Fields: url.Values{"otp": {evil}, "action": {evil}}},
		{Action: base + "/V2/Cruise/StepUp", Fields: url.Values{"JWT": {evil}, "MD": {evil}}},
		{Action: base + "/V2/Cruise/StepUp/Return", Fields: url.Values{"cres": {evil}, "threeDSSessionData": {evil}}},
		{Action: base + "/V2/Cruise/Collect", Fields: url.Values{"JWT": {evil}, "Bin": {evil}}},
	} {
		b.do(chromedp.Navigate(m.sells(way)), chromedp.WaitVisible("#go"))
		b.click("#go")
		b.clean(way.Action)
		if got := eval[int](b, `document.forms.length`); got != 0 {
			t.Errorf("%s shows a form", way.Action)
		}
	}
}

// TestEvilTextsInTheShop: the checkout repeats what was typed, the messages what
// was said.
func TestEvilTextsInTheShop(t *testing.T) {
	t.Parallel()
	root := openShop(t, besieged(t))
	b := guarded(t)
	for _, field := range []string{"#number", "#month", "#year", "#cvc"} {
		b.goes(root)
		b.do(chromedp.SetValue("#number", emvFrictionless, chromedp.ByQuery), chromedp.SetValue(field, evil, chromedp.ByQuery))
		b.click("#pay")
		b.clean("the checkout with an evil " + field)
	}
	b.goes(root + "/order/" + url.PathEscape(evil))
}
