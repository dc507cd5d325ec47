package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
	"sync"
)

//go:embed templates/*.html
var templateFiles embed.FS

// pages are the templates, parsed when the first page is asked for: few runs of the
// program show one. A test renders every one of them.
var pages = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(templateFiles, "templates/*.html"))
})

// Page is one rendered page and the headers it must be sent with.
type Page struct {
	Header http.Header
	Body   []byte
}

// frame is what every page has around its own view.
type frame struct {
	Title string
	Style template.CSS // of the Look, allowed by its hash
	Look  Look
	View  any
}

// layout says which template a view fills and where its forms may go.
type layout struct {
	name, title string
	look        Look
	// formTo is the policy's form-action: own pages only, or any web address.
	formTo string
}

// Where a page's forms may go.
const (
	formToSelf = "'self'"
	formToWeb  = "http: https:"
)

func render(l layout, view any) (Page, error) {
	style := l.look.style()
	var body bytes.Buffer
	err := pages().ExecuteTemplate(&body, l.name, frame{Title: l.title, Style: template.CSS(style), Look: l.look, View: view}) //nolint:gosec // made of checked colours only
	if err != nil {
		return Page{}, fmt.Errorf("render page %s: %w", l.name, err)
	}
	return Page{Header: headers(style, l.formTo), Body: body.Bytes()}, nil
}

// headers keep a page out of caches (reference cipher-acs.md B2, observed) and
// bind what it may load. There is no X-Frame-Options and no frame-ancestors: a
// merchant shows the challenge in a frame (B2, documented).
func headers(style, formTo string) http.Header {
	sum := sha256.Sum256([]byte(style))
	policy := "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-" +
		base64.StdEncoding.EncodeToString(sum[:]) + "'; img-src 'self' data:; base-uri 'none'; form-action " + formTo
	return http.Header{
		"Content-Type":            {"text/html; charset=utf-8"},
		"Content-Security-Policy": {policy},
		"Cache-Control":           {"no-store, no-cache, must-revalidate"},
		"Pragma":                  {"no-cache"},
		"Expires":                 {"0"},
		"X-Content-Type-Options":  {"nosniff"},
	}
}
