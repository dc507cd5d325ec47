package admin

import "net/http"

// authority answers the certificate that callers of --tls are to trust. It is
// public, and asks for no token.
func (a *API) authority(w http.ResponseWriter, _ *http.Request) {
	if len(a.CA) == 0 {
		a.writeProblem(w, problem(http.StatusNotFound, "this run has no certificate authority: start it with --tls, and without --tls-cert"))
		return
	}
	w.Header().Set("Content-Type", "application/x-pem-file")
	_, _ = w.Write(a.CA) // a client that has gone is no error of ours
}
