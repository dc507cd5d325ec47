package admin

import (
	"encoding/json"
	"io"
	"net/http"
)

// livez says that the program runs.
func (a *API) livez(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") }

// readyz says whether both listeners accept.
func (a *API) readyz(w http.ResponseWriter, _ *http.Request) {
	if !a.Ready() {
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, "not ready\n")
		return
	}
	_, _ = io.WriteString(w, "ok\n")
}

// Health is the answer of GET /health.
type Health struct {
	Status        string  `json:"status"`           // ok; starting, with HTTP 503, until both listeners accept
	Version       string  `json:"version"`          // of the program
	Commit        string  `json:"commit,omitempty"` // what the program was built of
	UptimeSeconds float64 `json:"uptimeSeconds"`    // real time since the start
	URL           string  `json:"url"`              // root of the providers' APIs
	AdminURL      string  `json:"adminUrl"`         // root of this API
	Sandboxes     int     `json:"sandboxes"`        // how many there are
}

func (a *API) health(w http.ResponseWriter, _ *http.Request) {
	at := a.Addresses()
	h := Health{
		Status: "ok", Version: a.Version, Commit: a.Commit, UptimeSeconds: a.watch.Elapsed().Seconds(),
		URL: at.URL, AdminURL: at.AdminURL, Sandboxes: len(a.Worlds.Worlds()),
	}
	w.Header().Set("Content-Type", "application/json")
	if !a.Ready() {
		h.Status = "starting"
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(h) // a client that has gone is no error of ours
}
