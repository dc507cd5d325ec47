package browsertest

import (
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"cardsim/simulator"
)

// weight is what a page costs: bytes of itself and of what it loads, and when
// the browser first painted.
const weight = `(() => {
  const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].filter((e) => !e.name.startsWith("data:") && !e.name.includes("/events"));
  return {
    bytes: all.reduce((sum, e) => sum + e.encodedBodySize, 0),
    files: all.map((e) => new URL(e.name).pathname.split("/").pop() + " " + e.encodedBodySize),
    paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  };
})()`

// TestPageWeight keeps the pages small: a challenge is loaded on phones, the
// console many times a day.
func TestPageWeight(t *testing.T) {
	c := busy(t, simulator.Config{})
	for name, most := range map[string]int{"challenge": 16 << 10, "flows": 64 << 10} {
		t.Run(name, func(t *testing.T) {
			b := open(t, full[0], full[1])
			b.do(page.BringToFront()) // a tab behind others paints nothing
			if name == "challenge" {
				m := openMerchant(t)
				b.goTo(m.sells(lookedUp(t, c, m, oldChallenge, "ORDER-7")))
			} else {
				b.do(chromedp.Navigate(c.Env["CARDSIM_ADMIN_URL"]+"/s/default/flows"), chromedp.WaitVisible("#live", chromedp.ByQuery))
			}
			b.until(`performance.getEntriesByName("first-contentful-paint").length > 0`)
			got := eval[struct {
				Bytes int
				Files []string
				Paint float64
			}](b, weight)
			t.Logf("%d bytes, first paint after %.0f ms: %v", got.Bytes, got.Paint, got.Files)
			if got.Bytes == 0 || got.Bytes > most {
				t.Errorf("the page weighs %d bytes, at most %d are fair", got.Bytes, most)
			}
		})
	}
}
