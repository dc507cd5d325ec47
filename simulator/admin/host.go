package admin

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// A page of a foreign name can make a browser resolve that name to this machine
// (DNS rebinding) and is then of one origin with us, so that no check of origins
// stops it. Its requests still carry the foreign name as Host.

// belongs says whether a request's Host can be ours: an address, localhost, or the
// name that the listener was bound by. Where a token is asked for, every name is
// good, as a container's may be: the foreign page does not have the token.
func (a *API) belongs(r *http.Request) bool {
	host := hostname(r.Host)
	if a.Token != "" || host == "" { // HTTP/1.0 may name no host, and no browser speaks it
		return true
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || host == hostname(a.Bound)
}

// hostname is the name in a host with or without a port, in lower case and without
// the dot that may end it.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// atHome keeps requests away that were sent to another name.
func (a *API) atHome(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !a.belongs(r) {
			a.writeProblem(w, problem(http.StatusMisdirectedRequest, fmt.Sprintf(
				"the host %.80q is not this simulator: use localhost or an address, or start it with --admin-token to use any name", hostname(r.Host))))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// sameOrigin keeps pages of another origin from writing here; without an answer of
// ours to say so, a browser does not let them read either.
func (a *API) sameOrigin(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		a.writeProblem(w, problem(http.StatusForbidden, "a page of another origin may not change anything here"))
	}))
	return protection.Handler(next)
}
