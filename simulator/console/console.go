package console

import (
	"crypto/sha256"
	"crypto/subtle"
	"log/slog"
	"net/http"

	"cardsim/web"
)

// Options are what the console needs.
type Options struct {
	// API is the admin API, which must take the token.
	API http.Handler
	// Token, when set, is asked for before anything is shown.
	Token string
	// ShopURL is a demo shop to link to; empty for none.
	ShopURL string
	Log     *slog.Logger
}

// Console serves the pages.
type Console struct {
	api   client
	token string
	shop  string
	log   *slog.Logger
	mux   *http.ServeMux
}

// New makes the console.
func New(o Options) *Console {
	c := &Console{api: client{o.API, o.Token}, token: o.Token, shop: o.ShopURL, log: o.Log, mux: http.NewServeMux()}
	c.mux.Handle("GET /static/", web.ConsoleStatic())
	c.mux.HandleFunc("GET /login", c.loginPage)
	c.mux.HandleFunc("POST /login", c.login)
	c.mux.HandleFunc("POST /logout", c.logout)
	c.routes()
	return c
}

// routes lists the pages and the forms on them.
func (c *Console) routes() {
	const s = "/s/{sandbox}"
	c.handle("GET /{$}", redirectTo(func(*http.Request) string { return "/s/default/flows" }))
	c.handle("GET /go", redirectTo(chosen))
	c.handle("GET "+s, redirectTo(func(r *http.Request) string { return root(r) + "/flows" }))
	c.handle("GET /events", c.events)
	c.handle("POST "+s+"/clock", c.moveClock)
	c.page("GET "+s+"/flows", c.flows)
	c.page("GET "+s+"/flows/{flow}", c.flows)
	c.page("GET "+s+"/requests", c.requests)
	c.page("GET "+s+"/requests/{id}", c.request)
	c.page("GET "+s+"/challenges", c.challenges)
	c.handle("POST "+s+"/challenges/{id}", c.act)
	c.page("GET "+s+"/outbox", c.outbox)
	c.page("GET "+s+"/scenarios", c.scenarios)
	c.handle("POST "+s+"/scenarios", c.useScenario)
	c.page("GET "+s+"/scenarios/edit", c.edit)
	c.page("POST "+s+"/scenarios/edit", c.saved)
	c.page("GET "+s+"/catalogue", c.catalogue)
	c.page("GET "+s+"/cards", c.cards)
	c.handle("POST "+s+"/cards", c.giveCard)
	c.page("GET "+s+"/settings", c.settings)
	c.handle("POST "+s+"/settings", c.setSetting)
	c.page("GET "+s+"/connect", c.connect)
	c.handle("GET "+s+"/key.pem", c.key)
	c.handle("POST "+s+"/sandbox", c.changeSandbox)
	c.handle("POST /sandboxes", c.makeSandbox)
	for _, l := range listings() {
		c.page("GET "+s+"/"+l.section, c.serveList(l))
		c.page("GET "+s+"/"+l.section+"/{id}", c.serveRecord(l))
	}
	c.page("/", c.nothing)
}

// ServeHTTP serves one page.
func (c *Console) ServeHTTP(w http.ResponseWriter, r *http.Request) { c.mux.ServeHTTP(w, r) }

// handle serves a function to those who may see the console.
func (c *Console) handle(pattern string, fn http.HandlerFunc) {
	c.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		if !c.allowed(r) {
			http.Redirect(w, r, "/login?next="+escape(r.URL.RequestURI()), http.StatusSeeOther) //nolint:gosec // always to /login, which checks next
			return
		}
		fn(w, r)
	})
}

// page serves a function that fills a page of the console.
func (c *Console) page(pattern string, fn func(r *http.Request, p *web.Console) error) {
	c.handle(pattern, func(w http.ResponseWriter, r *http.Request) {
		p := &web.Console{}
		status := http.StatusOK
		if err := fn(r, p); err != nil {
			status = c.sorry(p, err)
		}
		if err := c.frame(r, p); err != nil {
			if s := c.sorry(p, err); status == http.StatusOK {
				status = s
			}
		}
		c.send(w, status, p.Page)
	})
}

// sorry turns the page into what went wrong.
func (c *Console) sorry(p *web.Console, err error) int {
	said, ok := refusalOf(err)
	if !ok {
		c.log.Error("a console page failed", "error", err)
		said = &refusal{Status: http.StatusInternalServerError, Detail: "the page could not be made: the log says why"}
	}
	if p.Title == "" {
		p.Title = http.StatusText(said.Status)
	}
	p.Body, p.View = "sorry", web.Sorry{Detail: said.Detail}
	return said.Status
}

func (c *Console) send(w http.ResponseWriter, status int, page func() (web.Page, error)) {
	p, err := page()
	if err != nil {
		c.log.Error("a console page failed", "error", err)
		http.Error(w, "the page could not be made: the log says why", http.StatusInternalServerError)
		return
	}
	for name, values := range p.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(status)
	_, _ = w.Write(p.Body) // a browser that has gone is no error of ours
}

// cookie keeps the digest of the token, so that the token itself is in no
// browser's store.
const cookie = "cardsim_console"

func (c *Console) allowed(r *http.Request) bool {
	if c.token == "" {
		return true
	}
	given, err := r.Cookie(cookie)
	return err == nil && same(given.Value, c.pass())
}

// pass is what the cookie holds.
func (c *Console) pass() string { return digest("console\x00" + c.token) }

// same compares two texts in constant time.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}
