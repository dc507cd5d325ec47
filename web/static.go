package web

import (
	"embed"
	"net/http"
	"path"
)

//go:embed static
var staticFiles embed.FS

// StaticPrefix is where the pages expect the static files to be served.
const StaticPrefix = "/acs/static/"

// contentTypes are the kinds of file that are served; any other is not found.
var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

// Static serves the issuer's style sheet and scripts by the last part of the path.
func Static() http.Handler { return staticFolder("static") }

// ConsoleStatic serves the console's, likewise.
func ConsoleStatic() http.Handler { return staticFolder("static/console") }

// staticFolder serves the files of one folder of staticFiles.
type staticFolder string

// ServeHTTP serves one file.
func (folder staticFolder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	kind, known := contentTypes[path.Ext(r.URL.Path)]
	body, err := staticFiles.ReadFile(string(folder) + "/" + path.Base(r.URL.Path))
	switch {
	case !known || err != nil:
		http.NotFound(w, r)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "static files are only read", http.StatusMethodNotAllowed)
	default:
		w.Header().Set("Content-Type", kind)
		// Not kept: a new version of the program must not meet an old script.
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		_, _ = w.Write(body) // a client that has gone is no error of ours
	}
}
