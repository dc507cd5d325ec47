package browsertest

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"cardsim/simulator"
)

// sizes are the windows of EMV 3-D Secure, a phone's and a computer's (reference
// cipher-acs.md B4.1, documented). In those marked fits, Confirm is in sight
// without scrolling.
var sizes = []struct {
	name          string
	width, height int64
	fits          bool
}{
	{"250x400", 250, 400, true}, {"390x400", 390, 400, true}, {"500x600", 500, 600, true},
	{"600x400", 600, 400, true}, {"phone", 360, 740, true}, {"full", 1200, 900, true},
}

// reach lists the controls that a person could not use: outside the page,
// smaller than a fingertip, or below another element.
const reach = `(() => {
  const bad = [];
  for (const e of document.querySelectorAll("button, #otp, summary")) {
    e.scrollIntoView({block: "center"});
    const r = e.getBoundingClientRect(), name = e.id || e.localName;
    if (r.left < 0 || r.right > innerWidth) bad.push(name + " is cut off");
    if (r.height < 24 || r.width < 24) bad.push(name + " is " + Math.round(r.width) + "x" + Math.round(r.height));
    const top = document.elementFromPoint((r.left + r.right) / 2, (r.top + r.bottom) / 2);
    if (!e.contains(top)) bad.push(name + " is covered");
  }
  scrollTo(0, 0);
  return bad;
})()`

// wide is what sticks out sideways.
const wide = `[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !e.closest(".unseen")).map((e) => e.outerHTML.slice(0, 80))`

// seen says that an element is in the window as the page came.
const seen = `(() => { const r = document.querySelector(%q).getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()`

func (b tab) fits(t *testing.T, where string) {
	t.Helper()
	if out := eval[[]string](b, wide); len(out) > 0 || !eval[bool](b, `document.documentElement.scrollWidth <= document.documentElement.clientWidth`) {
		t.Errorf("%s is wider than its window: %v", where, out)
	}
	if bad := eval[[]string](b, reach); len(bad) > 0 {
		t.Errorf("%s: %v", where, bad)
	}
}

// TestChallengeFitsEveryWindow: nothing is cut off and every control can be used,
// with an error and a note on the page, too.
func TestChallengeFitsEveryWindow(t *testing.T) {
	t.Parallel()
	c := enrolled(t, simulator.Config{}, oldChallenge)
	m := openMerchant(t)
	for _, size := range sizes {
		t.Run(size.name, func(t *testing.T) {
			b := challenged(t, c, m, [2]int64{size.width, size.height}, oldChallenge)
			b.shot("challenge-" + size.name)
			b.fits(t, "the challenge")
			for _, id := range []string{"#merchant", "#amount", "#date", "#card", "#otp", "#confirm"} {
				if size.fits && !eval[bool](b, fmt.Sprintf(seen, id)) {
					t.Errorf("%s is not in sight", id)
				}
			}
			b.do(chromedp.SendKeys("#otp", "999999"))
			b.click("#confirm")
			b.shot("challenge-wrong-" + size.name)
			b.fits(t, "the challenge with an error")
			if size.fits && !eval[bool](b, fmt.Sprintf(seen, "#confirm")) {
				t.Error("Confirm is not in sight below an error")
			}
			b.do(chromedp.Click("#help summary"))
			b.fits(t, "the challenge with help")
			b.click("#resend")
			b.fits(t, "the challenge with a note")
			b.shot("challenge-resent-" + size.name)
			b.click("#cancel")
			b.do(chromedp.WaitVisible("#outcome"))
			b.fits(t, "the end")
			b.shot("end-cancelled-" + size.name)
		})
	}
}

// TestLongWordsFit: names without a blank do not make the page wider.
func TestLongWordsFit(t *testing.T) {
	t.Parallel()
	const long = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"
	c := start(t, simulator.Config{Fixtures: []string{fixture(t, bank(long, "", oldChallenge)+shopCalled(long))}})
	c.Env["CARDINAL_IDENTIFIER"], c.Env["CARDINAL_ORG_UNIT"], c.Env["CARDINAL_API_KEY"] = "5ec000000000000000770099", "5ec0000000000000007700aa", "second-api-key"
	b := challenged(t, c, openMerchant(t), [2]int64{250, 400}, oldChallenge)
	if got := b.text("#merchant"); got != long {
		t.Fatalf("the shop is called %q", got)
	}
	b.shot("challenge-long-words")
	b.fits(t, "the challenge")
	b.click("#cancel")
	b.do(chromedp.WaitVisible("#outcome"))
	b.fits(t, "the end")
}

// bank is a fixture's tenant that has enrolled a card. Its configuration may be
// extended; each line of more has ten blanks before it.
func bank(name, more string, card string) string {
	return fmt.Sprintf(`    tenants:
      - id: "900001"
        name: %q
        config:
          authExpiryInSeconds: 300
          challengeConfig: {resendOTPLimit: 3, incorrectChallengeAttemptLimit: 2}
%s        products: [{productId: P1, productName: Card, cardNetwork: visa}]
        authPlans: [{authPlanId: 1, factors: [{factorNumber: 1, identities: [{identityType: phoneNumber}]}]}]
    cards:
      - {pan: %q, enrolled: {tenant: "900001", identities: {tenantUniqueVector: V1, phoneNumber: "+4512345678"}}}
`, name, more, card)
}

// shopCalled is a fixture's merchant at Cardinal.
func shopCalled(name string) string {
	return fmt.Sprintf("    merchants:\n      - name: %q\n        cardinal: {identifier: \"5ec000000000000000770099\", orgUnit: \"5ec0000000000000007700aa\", apiKey: second-api-key}\n", name)
}
