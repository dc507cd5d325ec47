package admin

import "net/http"

// metrics answers the numbers of the simulator; the token is asked for as
// everywhere.
func (a *API) metrics(w http.ResponseWriter, r *http.Request) { a.Metrics.ServeHTTP(w, r) }
