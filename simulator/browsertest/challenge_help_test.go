package browsertest

import (
	"fmt"
	"html/template"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// merchant is a shop on another site than the issuer, as small as can be: a page
// that sends the browser to the issuer, and the address it comes back to.
type merchant struct {
	root string
	mu   sync.Mutex
	buys map[string]buy
	back []url.Values
}

// buy is one way to the issuer.
type buy struct {
	Action string
	Fields url.Values
	// Width and Height are of the frame; zero for a page of its own.
	Width, Height int
}

var buyPage = template.Must(template.New("buy").Parse(`<!DOCTYPE html><html lang="en"><title>Shop</title><body>
<form method="post" action="{{.Action}}"{{if .Width}} target="bank"{{end}}>{{range $name, $list := .Fields}}{{range $list}}<input type="hidden" name="{{$name}}" value="{{.}}">{{end}}{{end}}
<button id="go">To your bank</button></form>
{{if .Width}}<iframe name="bank" id="bank" title="Your bank" width="{{.Width}}" height="{{.Height}}"></iframe>{{end}}</body></html>`))

const backPage = `<!DOCTYPE html><html lang="en"><title>Shop</title><body><h1 id="back">Back at the shop</h1></body></html>`

func openMerchant(t *testing.T) *merchant {
	t.Helper()
	m := &merchant{buys: map[string]buy{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /buy/{id}", func(w http.ResponseWriter, r *http.Request) {
		m.mu.Lock()
		defer m.mu.Unlock()
		if err := buyPage.Execute(w, m.buys[r.PathValue("id")]); err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("/term", func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		m.mu.Lock()
		m.back = append(m.back, r.PostForm)
		m.mu.Unlock()
		if _, err := w.Write([]byte(backPage)); err != nil {
			t.Error(err)
		}
	})
	srv := httptest.NewUnstartedServer(mux)
	m.root = "http://localhost:" + strings.TrimPrefix(srv.Listener.Addr().String(), "127.0.0.1:")
	srv.Start()
	t.Cleanup(srv.Close)
	return m
}

// term is where a 3-D Secure 1.0 result goes.
func (m *merchant) term() string { return m.root + "/term?order=7" }

// returns are the forms that came back.
func (m *merchant) returns() []url.Values {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]url.Values(nil), m.back...)
}

// sells keeps a way to the issuer and returns the page that goes it.
func (m *merchant) sells(b buy) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	id := fmt.Sprint(len(m.buys))
	m.buys[id] = b
	return m.root + "/buy/" + id
}

// lookedUp asks for a challenge of a card and returns the way to it. The
// order number names the payment.
func lookedUp(t *testing.T, c *simulatortest.Client, m *merchant, card, order string) buy {
	t.Helper()
	e, err := c.Lookup(simulatortest.Order{Number: order, Minor: 12345, Currency: "978", Card: simulatortest.Card{PAN: card, Month: 1, Year: 2031}})
	if err != nil {
		t.Fatal(err)
	}
	if e["ACSUrl"] == "" || e["Payload"] == "" {
		t.Fatalf("the lookup of %s leads nowhere: %v", card, e)
	}
	if strings.HasPrefix(e["ThreeDSVersion"], "2") {
		return buy{Action: e["ACSUrl"], Fields: url.Values{"creq": {e["Payload"]}}}
	}
	return buy{Action: e["ACSUrl"], Fields: url.Values{"PaReq": {e["Payload"]}, "TermUrl": {m.term()}, "MD": {"md-1"}}}
}

// challenged brings a browser of a size to the challenge of a card.
func challenged(t *testing.T, c *simulatortest.Client, m *merchant, size [2]int64, card string) tab {
	t.Helper()
	b := open(t, size[0], size[1])
	b.goTo(m.sells(lookedUp(t, c, m, card, "ORDER-7")))
	return b
}

// goTo goes a merchant's way to the issuer's page.
func (b tab) goTo(page string) {
	b.t.Helper()
	b.do(chromedp.Navigate(page), chromedp.WaitVisible("#go"))
	b.click("#go")
	b.do(chromedp.WaitVisible("#otp"))
}

// full is a window of a computer.
var full = [2]int64{1200, 900}

// enrolled starts a simulator in which a tenant has enrolled the card.
func enrolled(t *testing.T, cfg simulator.Config, cards ...string) *simulatortest.Client {
	t.Helper()
	c := start(t, cfg)
	for i, card := range cards {
		if _, err := c.Enrol(card, fmt.Sprintf("VECTOR-%d", i), "+918948763892"); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// fixture writes a fixture file of the default sandbox.
func fixture(t *testing.T, below string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bank.yaml")
	if err := os.WriteFile(path, []byte("version: 1\nsandboxes:\n  - id: default\n"+below), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// only is the challenge of the sandbox.
func only(t *testing.T, c *simulatortest.Client) simulatortest.Challenge {
	t.Helper()
	list, err := c.Challenges()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 1 {
		t.Fatalf("the sandbox has %d challenges", len(list))
	}
	return list[0]
}

// data is a data attribute of an element.
func (b tab) data(selector, name string) string {
	b.t.Helper()
	return eval[string](b, fmt.Sprintf(`document.querySelector(%q)?.dataset[%q] ?? ""`, selector, name))
}
