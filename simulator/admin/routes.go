package admin

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Route is one operation of the admin API: how it is reached, and what the OpenAPI
// document says of it. Body, Answer and Also are zero values of the types that
// travel.
type Route struct {
	Method, Path string // a path with {names}
	ID           string // operationId
	Tag          string
	Summary      string
	Query        []Parameter
	// Body is what comes as JSON, BodyText the medium in which a text may come in its
	// place; nil and empty for none. BodyOptional says that it may be left out.
	Body         any
	BodyText     string
	BodyOptional bool
	// Status is that of success, 200 unless set; Answer is nil where there is no body.
	Status int
	Answer any
	// AnswerMedia is the answer's where it is not JSON.
	AnswerMedia string
	// Also are further answers as JSON that are no problems, by status.
	Also map[int]any
	// Open asks for no token.
	Open bool

	serve http.HandlerFunc
}

// Parameter is one of a query.
type Parameter struct {
	Name, Summary string
	// Type is string, integer or, for an instant, date-time; string unless set.
	Type string
	Enum []string
}

// Pattern is the route as a mux takes it.
func (r Route) Pattern() string { return r.Method + " " + r.Path }

// inSandbox begins the path of everything in one sandbox.
const inSandbox = "/api/v1/sandboxes/{sandbox}"

// The groups of the document.
const (
	tagService   = "service"
	tagSandboxes = "sandboxes"
	tagClock     = "clock and settings"
	tagJournal   = "journal"
	tagScenarios = "scenarios"
	tagHolders   = "cardholder"
	tagState     = "what exists"
)

// Routes lists every operation of the admin API.
func (a *API) Routes() []Route {
	return slices.Concat(a.serviceRoutes(), a.sandboxRoutes(), a.journalRoutes(), a.scenarioRoutes(), a.holderRoutes(), a.stateRoutes())
}

// register puts every route behind the mux.
func (a *API) register() {
	for _, r := range a.Routes() {
		a.mux.HandleFunc(r.Pattern(), r.serve)
	}
	a.mux.HandleFunc("/", a.unknown)
}

// unknown answers what no route takes: a known path with another method is 405 and
// says which ones it takes.
func (a *API) unknown(w http.ResponseWriter, r *http.Request) {
	methods := a.methodsOf(r)
	switch {
	case len(methods) == 0:
		a.writeProblem(w, problem(http.StatusNotFound, fmt.Sprintf("%s %s is not part of the admin API", r.Method, r.URL.Path)))
	case r.Method == http.MethodOptions:
		w.Header().Set("Allow", strings.Join(methods, ", "))
		w.WriteHeader(http.StatusNoContent)
	default:
		allow := strings.Join(methods, ", ")
		w.Header().Set("Allow", allow)
		a.writeProblem(w, problem(http.StatusMethodNotAllowed, fmt.Sprintf("%s does not take %s, only %s", r.URL.Path, r.Method, allow)))
	}
}

// methodsOf lists the methods that a request's path takes.
func (a *API) methodsOf(r *http.Request) []string {
	var found []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		probe := r.Clone(r.Context())
		probe.Method = method
		if _, pattern := a.mux.Handler(probe); pattern == "/" || pattern == "" {
			continue
		}
		found = append(found, method)
		if method == http.MethodGet {
			found = append(found, http.MethodHead)
		}
	}
	if len(found) > 0 {
		found = append(found, http.MethodOptions)
	}
	return found
}

// filters are the parameters of a list.
func filters(names ...string) []Parameter {
	known := map[string]string{
		"card":   "last four digits of a card, or of the token sent for it",
		"flow":   "id of a journey",
		"status": "state of the thing, in any case of its letters",
	}
	list := []Parameter{
		{Name: "limit", Type: "integer", Summary: fmt.Sprintf("size of the page, at most %d; %d unless given", maxLimit, defaultLimit)},
		{Name: "after", Summary: "next of the page before"},
	}
	for _, name := range names {
		list = append(list, Parameter{Name: name, Summary: known[name]})
	}
	return list
}
