package admin

import (
	_ "embed"
	"net/http"
)

// document is the OpenAPI document of this API. It is made of Routes and the Go
// types that travel, with their comments: "go test ./simulator/admin -run
// TestDocument -update" writes it anew, and the same test keeps it equal.
//
//go:embed openapi.json
var document []byte

// openapi answers the OpenAPI 3.1 document.
func (a *API) openapi(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", jsonMedia)
	_, _ = w.Write(document) // a client that has gone is no error of ours
}
