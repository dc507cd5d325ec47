package acs

import (
	"net/url"
	"strings"

	"cardsim/simulator/provider"
)

// form is a posted form, its names in lower case: documents write PAReq and
// TermURL, samples PaReq and TermUrl (reference cipher-acs.md B3.1).
type form map[string]string

// readForm reads the body as a form, whatever its content type says. What does
// not parse is left out; of a name given twice the first counts. The query is not
// looked at: the ACS addresses carry parameters of their own.
func readForm(c *provider.Call) form {
	values, _ := url.ParseQuery(string(c.Request.Body)) // keeps what did parse
	f := form{}
	for name, list := range values {
		key := strings.ToLower(name)
		if _, taken := f[key]; !taken || name == key {
			f[key] = list[0]
		}
	}
	return f
}

// has says that a field was sent, also when it is empty.
func (f form) has(name string) bool {
	_, ok := f[name]
	return ok
}

// webAddress says that an address may be posted to: absolute, http or https. Any
// other scheme (javascript:, data:) would run in the issuer's page.
func webAddress(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}
