// Package browsertest drives the pages with a real browser, as people do: the
// challenge, the shop and the console. It skips where there is none.
package browsertest

import (
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// shots is where screenshots go.
var shots = flag.String("shots", "", "folder to write screenshots to")

// patience is how long a page may take to do what a test waits for.
const patience = 20 * time.Second

// chrome is the browser of all tests; nil where there is none.
var chrome context.Context

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		return m.Run()
	}
	// Frames of another site are kept in the page's process, where the driver can
	// reach into them; what a page may do in a frame is the same.
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-site-isolation-trials", true), chromedp.Flag("disable-features", "IsolateOrigins,site-per-process"))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	ctx, cancel := chromedp.NewContext(alloc)
	defer cancel()
	if chromedp.Run(ctx) == nil {
		chrome = ctx
	}
	return m.Run()
}

// tab is a page of its own.
type tab struct {
	context.Context
	t      *testing.T
	errors *problems
}

// open opens a tab of a size, and fails the test when a script of the page does.
func open(t *testing.T, width, height int64) tab {
	t.Helper()
	if testing.Short() {
		t.Skip("short: the pages are not tried in a real browser")
	}
	if chrome == nil {
		t.Skip("chromium is not on this machine: the pages are not tried in a real browser")
	}
	ctx, cancel := chromedp.NewContext(chrome)
	ctx, stop := context.WithTimeout(ctx, patience)
	b := tab{Context: ctx, t: t, errors: watch(ctx)}
	t.Cleanup(func() {
		stop()
		cancel()
		for _, p := range b.errors.list() {
			t.Errorf("the page says: %s", p)
		}
	})
	b.do(chromedp.EmulateViewport(width, height))
	return b
}

// do runs actions; the test ends where one cannot be done.
func (b tab) do(actions ...chromedp.Action) {
	b.t.Helper()
	if err := chromedp.Run(b, actions...); err != nil {
		var body string
		_ = chromedp.Run(b, chromedp.OuterHTML("html", &body, chromedp.ByQuery))
		b.t.Fatalf("%v on\n%.3000s", err, body)
	}
}

// dark turns the system's theme.
func (b tab) dark() {
	b.t.Helper()
	b.do(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}))
}

// plain switches scripts off.
func (b tab) plain() {
	b.t.Helper()
	b.do(emulation.SetScriptExecutionDisabled(true))
}

// text is what an element says.
func (b tab) text(selector string, o ...chromedp.QueryOption) string {
	b.t.Helper()
	var s string
	b.do(chromedp.Text(selector, &s, append(o, chromedp.ByQuery)...))
	return strings.TrimSpace(s)
}

// until waits for an expression to become true. It asks by the clock: a tab in the
// background draws no frames to ask at.
func until(expression string) chromedp.Action {
	return chromedp.Poll(expression, nil, chromedp.WithPollingInterval(50*time.Millisecond))
}

// eval evaluates an expression on the page.
func eval[T any](b tab, expression string) T {
	b.t.Helper()
	var v T
	b.do(chromedp.Evaluate(expression, &v))
	return v
}

// shot keeps a picture of the page where -shots says.
func (b tab) shot(name string) {
	b.t.Helper()
	if *shots == "" {
		return
	}
	var png []byte
	b.do(page.BringToFront(), chromedp.CaptureScreenshot(&png))
	if err := os.WriteFile(filepath.Join(*shots, name+".png"), png, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// start runs a simulator.
func start(t *testing.T, cfg simulator.Config) *simulatortest.Client {
	t.Helper()
	c, _ := simulatortest.Start(t, cfg)
	return c
}

// inside works on the page in the bank's frame, which goes through several pages
// before it shows the challenge: it is looked for anew until it does.
func (b tab) inside(work func(in chromedp.QueryOption)) {
	b.t.Helper()
	b.do(until(`(() => { try { return Boolean(frames[0].document.querySelector("#otp")) } catch { return true } })()`))
	var nodes []*cdp.Node
	b.do(chromedp.ActionFunc(func(ctx context.Context) error {
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			if err := chromedp.Nodes("iframe", &nodes, chromedp.ByQuery).Do(ctx); err != nil {
				return err
			}
			found, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
			err := chromedp.WaitReady("#otp", chromedp.ByQuery, chromedp.FromNode(nodes[0])).Do(found)
			cancel()
			if err == nil {
				return nil
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}))
	work(chromedp.FromNode(nodes[0]))
}

// click presses a button and waits for the page it leads to.
func (b tab) click(button string) {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b, chromedp.Click(button, chromedp.ByQuery)); err != nil {
		b.t.Fatalf("press %s: %v", button, err)
	}
}

// press presses a button on each page until an element of another appears.
func (b tab) press(button, until string) {
	b.t.Helper()
	for range 6 {
		b.do(chromedp.WaitReady(button + ", " + until))
		var there []*cdp.Node
		b.do(chromedp.Nodes(until, &there, chromedp.ByQuery, chromedp.AtLeast(0)))
		if len(there) > 0 {
			return
		}
		b.click(button)
	}
	b.t.Fatalf("%s never came", until)
}
