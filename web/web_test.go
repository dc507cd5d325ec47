package web

import (
	"crypto/sha256"
	"encoding/base64"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

// nasty is a value that would run, break out or load from outside if it were not
// escaped.
const nasty = `"><script>alert(1)</script><img src=http://evil.example/x onerror=alert(1)>'`

func views(value string) map[string]func() (Page, error) {
	look := Look{Name: value, Logo: value, Colours: map[string]string{"bannerBgColor": value, "linkTextColor": "red}body{display:none"}}
	fields := []Field{{"MD", value}, {value, "x"}}
	challenge := Challenge{
		Look: look, Network: value, Action: "/acs/challenge/c1", Merchant: value, Amount: value, Date: value, Card: value,
		Destination: value, Error: value, Note: value, ResendsLeft: 2, AttemptsLeft: 1, Expires: value, Code: value,
	}
	post := AutoPost{Look: look, Title: value, Lead: value, Outcome: value, Action: "https://shop.example/term?a=1&b=2", Fields: fields, Button: value, ParentMessage: value}
	notice := Notice{Look: look, Title: value, Lead: value, Outcome: value, Detail: value}
	return map[string]func() (Page, error){"challenge": challenge.Page, "autopost": post.Page, "notice": notice.Page}
}

func TestPagesEscapeEveryValue(t *testing.T) {
	for name, page := range views(nasty) {
		t.Run(name, func(t *testing.T) {
			got := string(render1(t, page).Body)
			if strings.Contains(got, "<script>alert") || strings.Contains(got, "<img src=http") || strings.Contains(got, "display:none") {
				t.Errorf("a value got out:\n%s", got)
			}
		})
	}
}

// TestPagesLoadNothingFromOutside looks at every address but a form's: all are
// paths of this server or data.
func TestPagesLoadNothingFromOutside(t *testing.T) {
	loads := regexp.MustCompile(`(?:src|href)="([^"]*)"`)
	for name, page := range views("Demo Shop") {
		for _, m := range loads.FindAllStringSubmatch(string(render1(t, page).Body), -1) {
			if m[1] != "data:," && !strings.HasPrefix(m[1], StaticPrefix) {
				t.Errorf("%s loads %s", name, m[1])
			}
		}
	}
}

func TestHeaders(t *testing.T) {
	for name, page := range views("Demo Shop") {
		t.Run(name, func(t *testing.T) {
			p := render1(t, page)
			style := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindSubmatch(p.Body)
			if style == nil {
				t.Fatal("the page has no style")
			}
			sum := sha256.Sum256(style[1])
			policy := p.Header.Get("Content-Security-Policy")
			if !strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
				t.Errorf("the policy %q does not allow the page's own style %q", policy, style[1])
			}
			if strings.Contains(policy, "unsafe") || strings.Contains(policy, "frame-ancestors") || p.Header.Get("X-Frame-Options") != "" {
				t.Errorf("headers are %v", p.Header)
			}
			if !strings.Contains(p.Header.Get("Cache-Control"), "no-store") || !strings.Contains(p.Header.Get("Content-Type"), "utf-8") {
				t.Errorf("headers are %v", p.Header)
			}
			body := string(p.Body)
			if strings.Contains(body, " on") && regexp.MustCompile(`<[^>]+ on\w+=`).MatchString(body) {
				t.Error("the page has an inline handler")
			}
			if regexp.MustCompile(`<script(?:>| [^>]*>)[^<]`).MatchString(body) || strings.Contains(body, " style=") {
				t.Error("the page has an inline script or style")
			}
			if !strings.Contains(body, `name="viewport"`) || !strings.Contains(body, `charset="utf-8"`) {
				t.Error("the page names no viewport or character set")
			}
		})
	}
}

// TestChallengeContract holds the page to the ids that tests rely on.
func TestChallengeContract(t *testing.T) {
	page := Challenge{
		Action: "/acs/challenge/c1", Merchant: "Demo Shop", Destination: "+91 ********92", Error: "That code is not right.",
		ResendsLeft: 2, AttemptsLeft: 1, Expires: "4:31", Seconds: 271, Code: "482913",
	}
	got := string(render1(t, page.Page).Body)
	for _, want := range []string{
		`<form id="challenge" method="post" action="/acs/challenge/c1"`,
		`<input id="otp" name="otp" type="text" inputmode="numeric" autocomplete="one-time-code"`,
		`id="confirm" name="action" value="submit"`, `id="resend" name="action" value="resend">`, `id="cancel" name="action" value="cancel"`,
		`id="error"`, `id="attempts-left" data-left="1">1 try left`, `id="resends-left" data-left="2">2 left`, `id="expires"`, `>4:31<`, `482913`, `<label for="otp">`,
		`id="merchant"`, `id="amount"`, `id="date"`, `id="card"`, `id="destination"`, `id="help"`, `id="announce"`, `id="sandbox"`, `id="sandbox-code"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the page has no %s:\n%s", want, got)
		}
	}
	// Enter in the field presses the first button of the form: it must be Confirm.
	if strings.Index(got, `id="confirm"`) > strings.Index(got, `id="resend"`) {
		t.Error("Confirm is not the first button")
	}
	page.ResendsLeft, page.Error, page.Code = 0, "", ""
	got = string(render1(t, page.Page).Body)
	if !strings.Contains(got, `value="resend" disabled`) || strings.Contains(got, `id="error"`) || strings.Contains(got, "sandbox-code") {
		t.Errorf("without resends, error and code:\n%s", got)
	}
}

func TestColours(t *testing.T) {
	for value, ok := range map[string]bool{
		"#fff": true, "#7D52cd": true, "#12345": false, "#ggg": false, "red": false, "": false, "#": false, "#+12": false,
		"#fff;}": false, "url(x)": false, "7d52cd": false,
	} {
		if hexColour(value) != ok {
			t.Errorf("colour %q: %t, want %t", value, !ok, ok)
		}
	}
	for background, want := range map[string]string{"#000": "#ffffff", "#fff": "#000000", "#7d52cd": "#ffffff", "#ffff00": "#000000"} {
		if got := readableOn(background); got != want {
			t.Errorf("text on %s is %s, want %s", background, got, want)
		}
	}
	style := Look{Colours: map[string]string{"bannerBgColor": "#ABC", "linkTextColor": "blue"}}.style()
	if !strings.Contains(style, "--banner:#ABC;") || !strings.Contains(style, "--link:#5b3fa8;") {
		t.Errorf("style is %s", style)
	}
}

func TestLogo(t *testing.T) {
	for logo, shown := range map[string]bool{
		"https://sample.svg": false, "//evil.example/x.svg": false, `/\evil.example/x.svg`: false, "javascript:alert(1)": false, "": false,
		"data:image/png;base64,AAAA": true, "/acs/static/x.svg": true, "data:text/html,x": false, "/acs/challenge/1": false,
	} {
		if got := (Look{Logo: logo}).LogoURL() != ""; got != shown {
			t.Errorf("logo %q is shown: %t", logo, got)
		}
	}
}

// TestAutoPostKeepsBytes: what a merchant gave comes back unchanged.
func TestAutoPostKeepsBytes(t *testing.T) {
	got := string(render1(t, AutoPost{Action: "http://shop.example/t?a=1&b=2", Fields: []Field{{"MD", "a\"b<c>&\u00e9 +"}}, Button: "Continue"}.Page).Body)
	for _, want := range []string{`action="http://shop.example/t?a=1&amp;b=2"`, `value="a&#34;b&lt;c&gt;&amp;` + "\u00e9" + ` +"`} {
		if !strings.Contains(strings.ReplaceAll(got, "&#43;", "+"), want) {
			t.Errorf("the form has no %s:\n%s", want, got)
		}
	}
}

func TestStatic(t *testing.T) {
	names, err := fs.Glob(staticFiles, "static/*.*")
	if err != nil || len(names) == 0 {
		t.Fatalf("no static files: %v", err)
	}
	get := func(method, path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		Static().ServeHTTP(w, httptest.NewRequest(method, path, nil))
		return w
	}
	for _, name := range names {
		w := get(http.MethodGet, "/acs/"+name)
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") == "" || w.Body.Len() == 0 {
			t.Errorf("%s answers %d %v", name, w.Code, w.Header())
		}
	}
	console, err := fs.Glob(staticFiles, "static/console/*")
	if err != nil || len(console) == 0 {
		t.Fatalf("the console has no static files: %v", err)
	}
	for _, name := range console {
		w := httptest.NewRecorder()
		ConsoleStatic().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/"+name, nil))
		if w.Code != http.StatusOK || w.Body.Len() == 0 {
			t.Errorf("%s answers %d", name, w.Code)
		}
	}
	for _, path := range []string{"/acs/static/", "/acs/static/none.css", "/acs/static/../web.go", "/acs/static/..", "/acs/static/acs.html"} {
		if w := get(http.MethodGet, path); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
	if w := get(http.MethodPost, "/acs/static/acs.css"); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST answers %d", w.Code)
	}
}

func render1(t *testing.T, page func() (Page, error)) Page {
	t.Helper()
	p, err := page()
	if err != nil {
		t.Fatal(err)
	}
	return p
}
