package wire

import (
	"cmp"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"cardsim/simulator/core"

	"pgregory.net/rapid"
)

func TestCleanPath(t *testing.T) {
	tests := map[string]string{"": "/", "/": "/", "//api/token": "/api/token", "/api///token/": "/api/token/", "/a/b": "/a/b"}
	for in, want := range tests {
		if got := CleanPath(in); got != want {
			t.Errorf("CleanPath(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestRouter(t *testing.T) {
	r := NewRouter[string](false)
	r.Handle("POST", "/api/token", "create")
	r.Handle("POST", "/api/token/{tokenid}/cryptogram", "cryptogram")
	r.Handle("GET", "/api/token/{tokenid}/status", "status")
	r.Handle("DELETE", "/api/token/{tokenid}/status", "odd")

	name, vars, err := r.Match("GET", "/api/token/aB=_-./status")
	if err != nil || name != "status" || vars.Get("tokenid") != "aB=_-." {
		t.Errorf("status: %s %v %v", name, vars, err)
	}
	if name, _, err := r.Match("DELETE", "/api/token/x/status"); err != nil || name != "odd" {
		t.Errorf("a second method on one path: %s %v", name, err)
	}
	for method, path := range map[string]string{"PUT": "/api/token/x/status", "GET": "/api/token", "DELETE": "/api/token/x/cryptogram"} {
		if _, _, err := r.Match(method, path); !errors.Is(err, ErrMethod) {
			t.Errorf("wrong method %s %s: %v", method, path, err)
		}
	}
	for _, path := range []string{"/api/tokens", "/api/token/x", "/API/token", "/api/token/x/y/status"} {
		if name, _, err := r.Match("POST", path); !errors.Is(err, ErrNoRoute) {
			t.Errorf("%s: %s %v", path, name, err)
		}
	}
}

// Whatever was asked before, a path gets the route that mux gives it.
func TestRouterRemembersWhatMuxSays(t *testing.T) {
	routes := [][2]string{
		{"GET", "/web/3ds/{id}"}, {"GET", "/web/{supplier}/{id}"}, {"POST", "/web/{supplier}/{id}"}, {"GET", "/web/{id}"}, {"GET", "/"}, {"GET", "/web/3ds"},
	}
	segment := rapid.SampledFrom([]string{"", "web", "3ds", "{}", "*", "a b", "Web", "x"})
	rapid.Check(t, func(t *rapid.T) {
		r := NewRouter[string](rapid.Bool().Draw(t, "fold"))
		for _, route := range routes {
			r.Handle(route[0], route[1], route[0]+route[1]) // no word of them has a capital
		}
		for range rapid.IntRange(1, 20).Draw(t, "requests") {
			method := rapid.SampledFrom([]string{"GET", "POST", "PUT"}).Draw(t, "method")
			path := "/" + strings.Join(rapid.SliceOfN(segment, 0, 4).Draw(t, "path"), "/")
			lookup := path
			if r.fold {
				lookup = strings.ToLower(path)
			}
			at, wantErr := r.ask(method, lookup)
			want := ""
			if wantErr == nil {
				want = r.routes[at].method + r.routes[at].path
			}
			got, _, err := r.Match(method, path)
			if got != want || !errors.Is(err, wantErr) {
				t.Fatalf("%s %s: %q %v, mux says %q %v", method, path, got, err, want, wantErr)
			}
		}
	})
}

func TestRouterFoldsCaseButNotVariables(t *testing.T) {
	r := NewRouter[string](true)
	r.Handle("GET", "/gateway/v3/tokens/{token}", "token")
	name, vars, err := r.Match("GET", "/Gateway/V3/Tokens/E942FA35-66e0")
	if err != nil || name != "token" || vars.Get("token") != "E942FA35-66e0" {
		t.Errorf("%s %v %v", name, vars, err)
	}
}

func TestReadLimitsTheBody(t *testing.T) {
	ok := httptest.NewRequest("POST", "//api/token?x=1", strings.NewReader(strings.Repeat("a", MaxBody)))
	req, err := Read(ok)
	if err != nil || len(req.Body) != MaxBody || req.Path != "/api/token" || req.Query().Get("x") != "1" {
		t.Errorf("at the limit: %d bytes of %s, %v", len(req.Body), req.Path, err)
	}
	_, err = Read(httptest.NewRequest("POST", "/", strings.NewReader(strings.Repeat("a", MaxBody+1))))
	var known *core.Error
	if !errors.As(err, &known) || known.Code != core.CodeTooLarge {
		t.Errorf("above the limit: %v", err)
	}
}

// served answers every request with one response and returns what a client sees.
func served(t *testing.T, r Response) (*http.Response, string, error) {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { Send(w, r) }))
	t.Cleanup(srv.Close)
	resp, err := srv.Client().Get(srv.URL)
	if err != nil {
		return nil, "", err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	return resp, string(body), err
}

func TestSendJSON(t *testing.T) {
	resp, body, err := served(t, JSON(400, map[string]any{"err": `{"a":"<&>"}`}).With("X-Extra", "1"))
	if err != nil || resp.StatusCode != 400 || body != `{"err":"{\"a\":\"<&>\"}"}` {
		t.Errorf("%v %q %v", resp, body, err)
	}
	if resp.Header.Get("Content-Type") != "application/json" || resp.Header.Get("X-Extra") != "1" || resp.ContentLength != int64(len(body)) {
		t.Errorf("headers %v", resp.Header)
	}
}

func TestSendEmptyHasNoContentType(t *testing.T) {
	resp, body, err := served(t, Empty(404))
	if err != nil || resp.StatusCode != 404 || body != "" || resp.Header.Get("Content-Type") != "" || resp.ContentLength != 0 {
		t.Errorf("%v %q %v", resp, body, err)
	}
}

func TestAbortedGivesNoAnswer(t *testing.T) {
	if resp, _, err := served(t, Aborted(0)); err == nil {
		t.Errorf("an answer came: %v", resp.Status)
	}
}

// Parameter reads a query as net/url does.
func TestParameterReadsAsURLs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{"a", "A", "b", "=", "&", ";", "+", "%41", "%", "%zz", "é", ""})
		r := Request{RawQuery: strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "pieces"), "")}
		for _, name := range []string{"a", "A", "b", ""} {
			want := ""
			for _, v := range r.Query()[name] {
				want = cmp.Or(want, v)
			}
			if got := r.Parameter(func(n string) bool { return n == name }); got != want {
				t.Fatalf("%q of %q is %q, not %q", name, r.RawQuery, got, want)
			}
		}
	})
}
