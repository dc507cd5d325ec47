package console

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"cardsim/web"
)

// root is the path of a sandbox's pages.
func root(r *http.Request) string { return rootOf(sandboxOf(r)) }

func rootOf(sandbox string) string { return "/s/" + url.PathEscape(sandbox) }

// sandboxOf is the sandbox of a page; pages outside one show the default's frame.
func sandboxOf(r *http.Request) string {
	if id := r.PathValue("sandbox"); id != "" {
		return id
	}
	return "default"
}

// api is a path of the sandbox on the admin API.
func apiPath(r *http.Request, rest string) string {
	return "/api/v1/sandboxes/" + url.PathEscape(sandboxOf(r)) + rest
}

// frame fills what is around every page.
func (c *Console) frame(r *http.Request, p *web.Console) error {
	p.Sandbox, p.Root = sandboxOf(r), root(r)
	p.Events = "/events?sandbox=" + escape(p.Sandbox)
	p.LoggedIn, p.Shop = c.token != "", c.shop
	q := r.URL.Query()
	if p.Notice == "" {
		p.Notice = q.Get("notice")
	}
	if p.Failure == "" {
		p.Failure = q.Get("failure")
	}
	var worlds struct {
		Items []struct{ ID string }
	}
	if err := c.api.get(r.Context(), "/api/v1/sandboxes", &worlds); err != nil {
		return err
	}
	for _, w := range worlds.Items {
		p.Sandboxes = append(p.Sandboxes, w.ID)
	}
	slices.Sort(p.Sandboxes)
	return c.state(r, p)
}

// state fills in the sandbox's clock and scenarios.
func (c *Console) state(r *http.Request, p *web.Console) error {
	var now struct {
		Mode string
		Now  time.Time
	}
	if err := c.api.get(r.Context(), apiPath(r, "/clock"), &now); err != nil {
		return err
	}
	p.Clock = web.Clock{Now: now.Now.UTC().Format("2006-01-02 15:04:05"), Exact: exact(now.Now), Frozen: now.Mode == "frozen"}
	var active struct {
		Active []struct{ Name string }
	}
	if err := c.api.get(r.Context(), apiPath(r, "/scenarios"), &active); err != nil {
		return err
	}
	for _, s := range active.Active {
		p.Scenarios = append(p.Scenarios, s.Name)
	}
	return nil
}

func exact(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// clockTime is an instant in a list.
func clockTime(t time.Time) web.Cell {
	return web.Cell{Kind: web.Moment, Text: t.UTC().Format("15:04:05"), Title: exact(t)}
}

// redirectTo answers with another page's address.
func redirectTo(where func(*http.Request) string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, where(r), http.StatusSeeOther) }
}

// chosen is the page of the sandbox switch.
func chosen(r *http.Request) string {
	section := r.FormValue("section")
	if !isSection(section) {
		section = "flows"
	}
	id := r.FormValue("sandbox")
	if id == "" {
		id = "default"
	}
	return rootOf(id) + "/" + section
}

func isSection(path string) bool {
	return slices.ContainsFunc(web.Console{}.Nav(), func(n web.NavItem) bool { return n.Path == path })
}

// back answers a form: to the page it was on, with what happened. Only a path of
// the sandbox's own pages is gone back to.
func (c *Console) back(w http.ResponseWriter, r *http.Request, done string, err error) {
	to := root(r) + "/flows"
	if u, parseErr := url.Parse(r.Referer()); parseErr == nil && strings.HasPrefix(u.Path, root(r)+"/") {
		q := u.Query()
		q.Del("notice")
		q.Del("failure")
		to = u.Path + "?" + q.Encode()
	}
	u, parseErr := url.Parse(to)
	if parseErr != nil {
		u = &url.URL{Path: root(r) + "/flows"}
	}
	q := u.Query()
	switch {
	case err != nil:
		q.Set("failure", err.Error())
	case done != "":
		q.Set("notice", done)
	}
	u.RawQuery = q.Encode()
	http.Redirect(w, r, u.String(), http.StatusSeeOther)
}

// nothing answers an address that is no page.
func (c *Console) nothing(r *http.Request, p *web.Console) error {
	p.Title = "No such page"
	return &refusal{Status: http.StatusNotFound, Detail: r.URL.Path + " is not a page of the console. The navigation lists them all."}
}
