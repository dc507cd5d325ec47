package browsertest

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"cardsim/simulator"
)

// inFrame waits until an expression holds in the page's frame, of whatever site
// the frame is.
func (b tab) inFrame(expression string) {
	b.t.Helper()
	b.repeat(expression+" in the frame", func(ctx context.Context) (bool, error) { return holds(ctx, expression) })
}

// holds evaluates an expression in the first frame, in a world of its own.
func holds(ctx context.Context, expression string) (bool, error) {
	tree, err := page.GetFrameTree().Do(ctx)
	if err != nil || len(tree.ChildFrames) == 0 {
		return false, err
	}
	world, err := page.CreateIsolatedWorld(tree.ChildFrames[0].Frame.ID).Do(ctx)
	if err != nil {
		return false, err
	}
	v, thrown, err := runtime.Evaluate("Boolean(" + expression + ")").WithContextID(world).Do(ctx)
	return err == nil && thrown == nil && string(v.Value) == "true", err
}

// TestChallengeInAFrameOfAnotherSite: in each window of EMV 3-D Secure the page
// has the frame's size, takes a wrong code, shows its end long enough to be read,
// and leads back by itself.
func TestChallengeInAFrameOfAnotherSite(t *testing.T) {
	t.Parallel()
	c := enrolled(t, simulator.Config{}, oldChallenge)
	m := openMerchant(t)
	for _, size := range sizes {
		t.Run(size.name, func(t *testing.T) {
			before := len(m.returns())
			b := open(t, 1300, 1000)
			way := lookedUp(t, c, m, oldChallenge, "ORDER-7")
			way.Width, way.Height = int(size.width), int(size.height)
			b.do(chromedp.Navigate(m.sells(way)), chromedp.Click("#go", chromedp.ByQuery))
			b.inFrame(`document.querySelector("#otp")`)
			b.inFrame(fmt.Sprintf(`innerWidth === %d && document.documentElement.scrollWidth <= document.documentElement.clientWidth`, size.width))
			b.shot("framed-" + size.name)
			b.inFrame(`(document.querySelector("#otp").value = "999999", document.querySelector("#confirm").click(), true)`)
			b.inFrame(`document.querySelector("#error")`)
			b.inFrame(`(document.querySelector("#cancel").click(), true)`)
			b.inFrame(`document.querySelector("#outcome")?.dataset.outcome === "cancelled"`)
			if got := len(m.returns()); got != before {
				t.Error("the end cannot be read: the shop has its result at once")
			}
			if size.name != "390x400" { // the time to read it is the same in all
				return
			}
			b.inFrame(`document.querySelector("#back")`)
			if got := len(m.returns()); got != before+1 {
				t.Errorf("the shop got %d results", got-before)
			}
		})
	}
}
