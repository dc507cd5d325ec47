package console

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"

	"cardsim/web"
)

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func (c *Console) loginPage(w http.ResponseWriter, r *http.Request) {
	c.send(w, http.StatusOK, web.Login{Next: ownPath(r.FormValue("next"))}.Page)
}

func (c *Console) login(w http.ResponseWriter, r *http.Request) {
	next := ownPath(r.PostFormValue("next"))
	if c.token != "" && !same(r.PostFormValue("token"), c.token) {
		c.send(w, http.StatusForbidden, web.Login{Next: next, Failure: "That is not the token."}.Page)
		return
	}
	//nolint:gosec // the admin listener speaks plain HTTP on loopback by default: Secure would lock people out
	http.SetCookie(w, &http.Cookie{Name: cookie, Value: c.pass(), Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: r.TLS != nil})
	http.Redirect(w, r, next, http.StatusSeeOther)
}

func (c *Console) logout(w http.ResponseWriter, r *http.Request) {
	//nolint:gosec // see login
	http.SetCookie(w, &http.Cookie{Name: cookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteStrictMode})
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

// ownPath is a path of this console; anything else is its first page.
func ownPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.Contains(next, `\`) {
		return "/"
	}
	return next
}

func escape(s string) string { return url.QueryEscape(s) }
