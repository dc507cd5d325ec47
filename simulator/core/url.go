package core

import "net/url"

// WebURL says that s is an absolute http or https address: the only kind that a
// browser is ever sent to.
func WebURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
