package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"sync"
)

//go:embed templates/console/*.html
var consoleFiles embed.FS

// consolePages are the console's templates, parsed when its first page is asked for;
// the gallery test renders every one of them.
var consolePages = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(consoleFiles, "templates/console/*.html"))
})

// Console is the frame around every page of the console: what is always in
// sight, whatever the page shows.
type Console struct {
	// Title is the page's heading; the window's title says it first.
	Title string
	// Section is the path of the navigation's entry that is open: flows, requests.
	Section string
	// Root is the path of the sandbox's pages: /s/default.
	Root string
	// Sandbox is shown; Sandboxes can be changed to.
	Sandbox   string
	Sandboxes []string
	// Scenarios are the names of the active ones.
	Scenarios []string
	Clock     Clock
	// Events is the address of the event stream; empty on a page that never
	// changes. Live lists the kinds of event that change this page.
	Events, Live string
	// Notice says what the last action did, Failure why it was refused.
	Notice, Failure string
	// Shop is the demo shop's address; empty for none.
	Shop string
	// LoggedIn offers to log out.
	LoggedIn bool
	// Body names the template of the content, which gets View.
	Body string
	View any
}

// Clock is a sandbox's clock in words.
type Clock struct {
	// Now is the instant for people, Exact as RFC 3339.
	Now, Exact string
	Frozen     bool
}

// NavItem is one entry of the navigation.
type NavItem struct{ Path, Name string }

// Nav lists the sections in the order of their use.
func (Console) Nav() []NavItem {
	return []NavItem{
		{"flows", "Flows"}, {"requests", "Requests"}, {"challenges", "Challenges"}, {"outbox", "Outbox"},
		{"payments", "Payments"}, {"tokens", "Tokens"}, {"transactions", "3-D Secure"}, {"cards", "Cards"}, {"cardholders", "Cardholders"}, {"tenants", "Tenants"},
		{"scenarios", "Scenarios"}, {"catalogue", "Catalogue"}, {"settings", "Settings"}, {"connect", "Connect"},
	}
}

// Content renders the page's own template, which has View as its dot.
func (v Console) Content() (template.HTML, error) {
	var body bytes.Buffer
	if err := consolePages().ExecuteTemplate(&body, v.Body, v.View); err != nil {
		return "", fmt.Errorf("render %s: %w", v.Body, err)
	}
	return template.HTML(body.String()), nil //nolint:gosec // a template's own output, escaped there
}

// Page renders the console's page.
func (v Console) Page() (Page, error) { return renderConsole("console.html", v) }

// Login is the page that asks for the admin token.
type Login struct {
	// Next is the path to go on to.
	Next string
	// Failure says why the last token was refused.
	Failure string
}

// Page renders the login.
func (v Login) Page() (Page, error) { return renderConsole("login.html", v) }

func renderConsole(name string, view any) (Page, error) {
	var body bytes.Buffer
	if err := consolePages().ExecuteTemplate(&body, name, view); err != nil {
		return Page{}, fmt.Errorf("render page %s: %w", name, err)
	}
	return Page{Header: consoleHeaders(), Body: body.Bytes()}, nil
}

// consoleHeaders allow the program's own files and nothing else; no other page
// may frame the console.
func consoleHeaders() http.Header {
	return http.Header{
		"Content-Type":            {"text/html; charset=utf-8"},
		"Content-Security-Policy": {"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
		"Cache-Control":           {"no-store"},
		"X-Content-Type-Options":  {"nosniff"},
		"Referrer-Policy":         {"same-origin"},
	}
}
