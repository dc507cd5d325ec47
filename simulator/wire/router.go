package wire

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/gorilla/mux"
)

// ErrNoRoute says that no pattern matches the path.
var ErrNoRoute = errors.New("no such path")

// ErrMethod says that a pattern matches but takes another method.
var ErrMethod = errors.New("the path does not take this method")

// Router maps a method and path to a name; it calls nothing and never
// redirects. Patterns are gorilla/mux's: /api/token/{tokenid}/status.
type Router struct {
	mux  *mux.Router
	fold bool
	vars map[string][]string // route name -> segment names by position
}

// NewRouter is an empty router; fold matches fixed segments in any case
// (AceHub's pages write its paths in several: reference acehub.md §1.1).
func NewRouter(fold bool) *Router {
	return &Router{mux: mux.NewRouter().SkipClean(true), fold: fold, vars: map[string][]string{}}
}

// Handle adds a route; name is unique in the router.
func (r *Router) Handle(method, pattern, name string) {
	segments := strings.Split(pattern, "/")
	names := make([]string, len(segments))
	for i, s := range segments {
		if strings.HasPrefix(s, "{") {
			names[i] = strings.Trim(s, "{}")
		} else if r.fold {
			segments[i] = strings.ToLower(s)
		}
	}
	r.vars[name] = names
	// mux forgets an earlier route's method mismatch only for a route that has a
	// handler; this one is never called.
	// Path comes before Methods: a later route with the right method would else
	// clear the mismatch before its path is compared.
	r.mux.NewRoute().Path(strings.Join(segments, "/")).Methods(method).Name(name).Handler(http.NotFoundHandler())
}

// Match finds the route of a request and its path variables, in the spelling
// they were sent in.
func (r *Router) Match(method, path string) (name string, vars map[string]string, err error) {
	lookup := path
	if r.fold {
		lookup = strings.ToLower(path)
	}
	var m mux.RouteMatch
	ok := r.mux.Match(&http.Request{Method: method, URL: &url.URL{Path: lookup}}, &m)
	switch {
	case errors.Is(m.MatchErr, mux.ErrMethodMismatch):
		return "", nil, ErrMethod
	case !ok || m.Route == nil:
		return "", nil, ErrNoRoute
	}
	name = m.Route.GetName()
	vars = map[string]string{}
	segments := strings.Split(path, "/")
	for i, v := range r.vars[name] {
		if v != "" {
			vars[v] = segments[i]
		}
	}
	return name, vars, nil
}
