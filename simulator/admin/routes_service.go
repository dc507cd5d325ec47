package admin

import (
	"net/http"

	"cardsim/simulator/events"
)

// serviceRoutes are about the program as a whole.
func (a *API) serviceRoutes() []Route {
	return []Route{
		{
			Method: http.MethodGet, Path: "/livez", ID: "live", Tag: tagService, Open: true,
			Summary: "Says that the program runs.", Answer: "", AnswerMedia: textMedia, serve: a.livez,
		}, {
			Method: http.MethodGet, Path: "/readyz", ID: "ready", Tag: tagService, Open: true,
			Summary: "Says whether both listeners accept: 200, or 503.", Answer: "", AnswerMedia: textMedia, serve: a.readyz,
		}, {
			Method: http.MethodGet, Path: "/health", ID: "health", Tag: tagService,
			Summary: "Status, version, uptime and addresses.", Answer: Health{}, Also: map[int]any{http.StatusServiceUnavailable: Health{}}, serve: a.health,
		}, {
			Method: http.MethodGet, Path: "/ca.pem", ID: "authority", Tag: tagService, Open: true,
			Summary: "The certificate authority of --tls, as PEM.", Answer: "", AnswerMedia: pemMedia, serve: a.authority,
		}, {
			Method: http.MethodGet, Path: "/api/v1/openapi.json", ID: "openapi", Tag: tagService,
			Summary: "This document.", Answer: map[string]any{}, serve: a.openapi,
		}, {
			Method: http.MethodGet, Path: "/metrics", ID: "metrics", Tag: tagService,
			Summary: "Numbers for Prometheus, in its text format.", Answer: "", AnswerMedia: textMedia, serve: a.metrics,
		}, {
			Method: http.MethodGet, Path: "/api/v1/events", ID: "events", Tag: tagService,
			Summary: "All that changes, as it changes: server-sent events, with the header Last-Event-ID for those who come back.",
			Query:   streamQuery(),
			Answer:  events.Event{}, AnswerMedia: streamMedia, serve: a.streamEvents,
		},
	}
}

// The media of answers that are not JSON.
const (
	textMedia   = "text/plain"
	pemMedia    = "application/x-pem-file"
	jsonMedia   = "application/json"
	yamlMedia   = "application/yaml"
	streamMedia = "text/event-stream"
)
