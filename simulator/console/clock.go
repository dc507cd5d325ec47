package console

import (
	"net/http"
	"net/url"
)

// moveClock advances, freezes or frees the sandbox's clock.
func (c *Console) moveClock(w http.ResponseWriter, r *http.Request) {
	in, done := call{method: http.MethodPut, path: apiPath(r, "/clock"), body: map[string]string{"mode": r.PostFormValue("mode")}}, ""
	if by := r.PostFormValue("by"); by != "" {
		in = call{method: http.MethodPost, path: apiPath(r, "/clock/advance"), body: map[string]string{"by": by}}
		done = "The clock was advanced by " + by + "."
	}
	c.back(w, r, done, c.api.do(r.Context(), in, nil))
}

// events hands the admin API's stream through, with the token that a browser
// cannot send there.
func (c *Console) events(w http.ResponseWriter, r *http.Request) {
	in := r.Clone(r.Context())
	in.URL = &url.URL{Path: "/api/v1/events", RawQuery: r.URL.RawQuery}
	in.Host = "localhost"
	c.api.authorize(in)
	c.api.api.ServeHTTP(w, in)
}
