package guard

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// The forms of real credentials. Basic passwords, Cardinal's transaction password
// and a tenant's plain token have no form of their own; Cardinal's API key never
// travels, only a digest that it takes part in.
var (
	// cardtokensKey: a version-4 UUID without hyphens, test and live alike
	// (reference cardtokens.md §1, documented by every sample).
	cardtokensKey = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$`) })
	// signedToken: a JSON Web Token, as login services issue them (*ours*).
	signedToken = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+$`) })
	// saysLive: a credential that calls itself one of production (*ours*).
	saysLive = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)(^|[_.:-])(live|prod|production)([_.:-]|$)`) })
)

// Credential says whether a request that no sandbox knows carries a credential that
// has the form of a live one, in its headers or among its secret values. known are
// the credentials that are the sandbox's own all the same.
func Credential(h http.Header, secrets, known []string) bool {
	if cardtokensKey().MatchString(h.Get("X-Api-Key")) {
		return true
	}
	given := append(fromHeaders(h), secrets...)
	return slices.ContainsFunc(given, func(value string) bool {
		return value != "" && !slices.Contains(known, value) && (signedToken().MatchString(value) || saysLive().MatchString(value))
	})
}

// fromHeaders are the credentials in the headers that the four providers use.
func fromHeaders(h http.Header) []string {
	list := []string{h.Get("X-Api-Key"), h.Get("X-Zeta-Authtoken")}
	if user, password, ok := (&http.Request{Header: h}).BasicAuth(); ok {
		return append(list, user, password)
	}
	_, token, _ := strings.Cut(h.Get("Authorization"), " ")
	return append(list, strings.TrimSpace(token))
}
