package shop

import (
	"embed"
	"html/template"
	"io/fs"
	"net/http"
	"strings"
	"time"
)

// Options say where the companies are and how the shop is reached.
type Options struct {
	// Env holds the variables of a sandbox: CARDTOKENS_URL, ACEHUB_USERNAME and the
	// rest of interface §5.
	Env map[string]string
	// URL is the shop's own root, to which a cardholder comes back.
	URL string
	// ConsoleURL is the simulator's console; empty for none.
	ConsoleURL string
	// AdminToken is sent where the list of test cards is asked for.
	AdminToken string
}

// Shop serves the pages.
type Shop struct {
	Options
	http   *http.Client
	orders orders
	mux    *http.ServeMux
	pages  *template.Template
}

//go:embed pages
var files embed.FS

// New makes a shop.
func New(o Options) *Shop {
	o.URL = strings.TrimRight(o.URL, "/")
	s := &Shop{Options: o, http: &http.Client{Timeout: 60 * time.Second}, orders: orders{byID: map[string]*Order{}}, mux: http.NewServeMux()}
	s.pages = template.Must(template.ParseFS(files, "pages/*.html"))
	s.mux.HandleFunc("GET /{$}", s.checkout)
	s.mux.HandleFunc("POST /pay", s.pay)
	s.mux.HandleFunc("POST /return", s.comeBack)
	s.mux.HandleFunc("GET /order/{id}", s.order)
	s.mux.HandleFunc("GET /order/{id}/messages", s.messages)
	s.mux.HandleFunc("GET /order/{id}/events", s.events)
	static, err := fs.Sub(files, "pages/static")
	if err != nil {
		panic(err) // the folder is compiled in
	}
	s.mux.Handle("GET /static/", http.StripPrefix("/static/", http.FileServerFS(static)))
	return s
}

// ServeHTTP serves one page. The policy lets the issuer's page into the frame and
// nothing else from outside onto the page.
func (s *Shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	company := origin(s.Env["CARDINAL_URL"])
	w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; "+
		"form-action 'self' "+company+"; frame-src 'self' "+company+"; frame-ancestors 'self'")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	s.mux.ServeHTTP(w, r)
}

// origin is scheme and host of an address.
func origin(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + host
}
