package wire

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/gorilla/mux"
)

// ErrNoRoute says that no pattern matches the path.
var ErrNoRoute = errors.New("no such path")

// ErrMethod says that a pattern matches but takes another method.
var ErrMethod = errors.New("the path does not take this method")

// Router maps a method and path to a value; it calls nothing and never
// redirects. Patterns are gorilla/mux's: /api/token/{tokenid}/status.
type Router[T any] struct {
	// compiled are the routes as mux wants them, made when the first path is asked for:
	// most runs of the program speak to one or two providers.
	compiled func() *mux.Router
	routes   []route[T]
	fold     bool
	shapes   *shapes
}

// NewRouter is an empty router; fold matches fixed segments in any case
// (AceHub's pages write its paths in several: reference acehub.md §1.1).
func NewRouter[T any](fold bool) *Router[T] {
	r := &Router[T]{fold: fold, shapes: newShapes()}
	r.compiled = sync.OnceValue(r.compile)
	return r
}

// Handle adds a route before the first Match. A variable is a whole segment and has no
// pattern of its own.
func (r *Router[T]) Handle(method, pattern string, value T) {
	segments := strings.Split(pattern, "/")
	names := make([]string, len(segments))
	for i, s := range segments {
		if strings.HasPrefix(s, "{") {
			names[i] = strings.Trim(s, "{}")
			continue
		}
		if r.fold {
			segments[i] = strings.ToLower(s)
		}
		r.shapes.word(segments[i])
	}
	r.routes = append(r.routes, route[T]{method: method, path: strings.Join(segments, "/"), names: names, value: value})
}

// route is one that was handed to Handle.
type route[T any] struct {
	method, path string
	names        []string // of its segments; empty for a fixed word
	value        T
}

func (r *Router[T]) compile() *mux.Router {
	m := mux.NewRouter().SkipClean(true)
	for i, one := range r.routes {
		// mux forgets an earlier route's method mismatch only for a route that has a
		// handler; this one is never called.
		// Path comes before Methods: a later route with the right method would else
		// clear the mismatch before its path is compared.
		m.NewRoute().Path(one.path).Methods(one.method).Name(strconv.Itoa(i)).Handler(http.NotFoundHandler())
	}
	return m
}

// Match finds the route of a request and its path variables, in the spelling
// they were sent in.
func (r *Router[T]) Match(method, path string) (value T, vars Vars, err error) {
	lookup := path
	if r.fold {
		lookup = strings.ToLower(path)
	}
	at, known := r.shapes.find(method, lookup)
	if !known {
		if at, err = r.ask(method, lookup); err != nil {
			return value, nil, err
		}
		r.shapes.keep(method, lookup, at)
	}
	return r.routes[at].value, variables(r.routes[at].names, path), nil
}

// ask asks mux for the index of a route.
func (r *Router[T]) ask(method, path string) (at int, err error) {
	var m mux.RouteMatch
	ok := r.compiled().Match(&http.Request{Method: method, URL: &url.URL{Path: path}}, &m)
	switch {
	case errors.Is(m.MatchErr, mux.ErrMethodMismatch):
		return 0, ErrMethod
	case !ok || m.Route == nil:
		return 0, ErrNoRoute
	}
	return strconv.Atoi(m.Route.GetName())
}

// variables takes a route's variables out of a path that it matches.
func variables(names []string, path string) Vars {
	var vars Vars
	for _, v := range names {
		segment, rest, _ := strings.Cut(path, "/")
		if v != "" {
			vars = append(vars, variable{v, segment})
		}
		path = rest
	}
	return vars
}

// Vars are the variables of a path, one or two.
type Vars []variable

type variable struct{ name, value string }

// Get returns the value of a variable, empty where the path has none of the name.
func (v Vars) Get(name string) string {
	for _, one := range v {
		if one.name == name {
			return one.value
		}
	}
	return ""
}
