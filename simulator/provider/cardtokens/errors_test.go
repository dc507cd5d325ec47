package cardtokens

import (
	"net/http"
	"strings"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/scheme"
)

func TestEveryCodeIsMapped(t *testing.T) {
	for _, code := range core.Codes() {
		if status, ok := statuses[code]; !ok || status < 400 {
			t.Errorf("code %s has status %d", code, status)
		}
	}
}

// TestWhoRejectsWhat is the table of reference cardtokens.md §11.3.
func TestWhoRejectsWhat(t *testing.T) {
	const create = "/api/token"
	card := func(change ...string) string {
		return strings.NewReplacer(change...).Replace(createJSON("6007220000000004", shopID))
	}
	for name, tc := range map[string]struct {
		key, method, path, body string
		want                    int
	}{
		"no API key":                    {"", "POST", create, card(), 401},
		"broken JSON":                   {testKey, "POST", create, card(`}`, ``), 500},
		"not an object":                 {testKey, "POST", create, `[]`, 500},
		"no body":                       {testKey, "POST", create, ``, 500},
		"no card":                       {testKey, "POST", create, `{"merchantid":"` + shopID + `"}`, 500},
		"null card":                     {testKey, "POST", create, `{"card":null,"enccard":""}`, 500},
		"card is a string":              {testKey, "POST", create, `{"card":"6007220000000004"}`, 500},
		"bad base64":                    {testKey, "POST", create, encJSON("*"), 500},
		"undecryptable":                 {testKey, "POST", create, encJSON("NjAw"), 500},
		"bad Luhn":                      {testKey, "POST", create, card("0004", "0005"), 500},
		"month 13":                      {testKey, "POST", create, card(`"expmonth":2`, `"expmonth":13`), 500},
		"expired":                       {testKey, "POST", create, card("2028", "2025"), 500},
		"security code":                 {testKey, "POST", create, card(`"000"`, `"0"`), 500},
		"no merchantid":                 {testKey, "POST", create, card(`"merchantid"`, `"merchant"`), 500},
		"merchantid is a number":        {testKey, "POST", create, card(`"`+shopID+`"`, `7`), 500},
		"unknown merchantid":            {testKey, "POST", create, card(shopID, strings.Repeat("0", 32)), 500},
		"another account's merchantid":  {testKey, "POST", create, card(shopID, rivalID), 500},
		"an example with a rival's key": {rivalKey, "POST", create, card(shopID, example), 500},
		"outside the test list":         {testKey, "POST", create, card("6007220000000004", "4539578763621486"), 500},
		"no supported scheme":           {liveKey, "POST", create, card("6007220000000004", "6304000000000000"), 500},
		"unknown tokenid, status":       {testKey, "GET", "/api/token/" + strings.Repeat("0", 32) + "/status", "", 500},
		"unknown tokenid, cryptogram":   {testKey, "POST", "/api/token/0/cryptogram", cryptogramJSON, 500},
		"unknown tokenid, delete":       {testKey, "DELETE", "/api/token/a%00b/delete", "", 500},
		"unknown path":                  {testKey, "GET", "/api/nothing", "", 404},
		"no such verb":                  {testKey, "DELETE", "/api/token/0", "", 404},
		"wrong method":                  {testKey, "PUT", create, "{}", 405},
		"wrong method, delete":          {testKey, "POST", "/api/token/0/delete", "{}", 405},
		"too large":                     {testKey, "POST", create, `{"card":"` + strings.Repeat("x", 1<<20) + `"}`, 413},
	} {
		b := newBench(t)
		b.key = tc.key
		a := b.call(tc.method, tc.path, tc.body)
		if a.status != tc.want || a.text("err") == "" || len(a.json) != 1 {
			t.Errorf("%s: %d %s, want %d with one member err", name, a.status, a.body, tc.want)
		}
	}
}

func TestStrictCredentials(t *testing.T) {
	b := newBenchWith(t, setup{seed: 1, strict: true})
	for key, want := range map[string]int{"": 401, "98e78b17fe4e42e1a29ee8a6bb2e7bc7": 401, testKey: 200} {
		b.key = key
		if a := b.call(http.MethodPost, "/api/token", seed001Plain); a.status != want {
			t.Errorf("key %q: %d %s, want %d", key, a.status, a.body, want)
		}
	}
}

// TestNoKeyNoToken: a call without a key reaches tokens of the vendor's example
// merchants only.
func TestNoKeyNoToken(t *testing.T) {
	b := newBench(t)
	own := b.token("6007220000000004").text("tokenid")
	shown := b.call(http.MethodPost, "/api/token", seed001Plain).text("tokenid")
	b.key = ""
	for id, want := range map[string]int{own: 401, shown: 200, strings.Repeat("0", 32): 401} {
		if a := b.call(http.MethodGet, "/api/token/"+id+"/status", ""); a.status != want {
			t.Errorf("token %s: %d %s, want %d", id, a.status, a.body, want)
		}
	}
}

func TestNotFoundStatus(t *testing.T) {
	b := newBench(t)
	for set, want := range map[int]int{500: 500, 404: 404, 0: 500, 99999: 500} {
		b.set("notFoundStatus", set)
		if a := b.call(http.MethodGet, "/api/token/0/status", ""); a.status != want {
			t.Errorf("setting %d: %d, want %d", set, a.status, want)
		}
	}
}

func TestUserAgent(t *testing.T) {
	b := newBench(t)
	b.header["User-Agent"] = []string{""} // net/http then sends none
	if a := b.call(http.MethodPost, "/api/token", seed001Plain); a.status != http.StatusOK {
		t.Errorf("no User-Agent: %d %s", a.status, a.body)
	}
	b.set("requireUserAgent", true)
	if a := b.call(http.MethodPost, "/api/token", seed001Plain); a.status != http.StatusForbidden {
		t.Errorf("no User-Agent, required: %d %s", a.status, a.body)
	}
	b.header["User-Agent"] = []string{"Cardtokens/1.0"}
	if a := b.call(http.MethodPost, "/api/token", seed001Plain); a.status != http.StatusOK {
		t.Errorf("User-Agent, required: %d %s", a.status, a.body)
	}
}

// TestAnotherAccountsToken is unknown to everybody but its account.
func TestAnotherAccountsToken(t *testing.T) {
	b := newBench(t)
	id := b.token("6007220000000004").text("tokenid")
	b.key = rivalKey
	unknown := b.call(http.MethodGet, "/api/token/"+strings.Repeat("0", 32)+"/status", "")
	for _, call := range [][3]string{
		{"GET", "/status", ""}, {"POST", "/cryptogram", cryptogramJSON}, {"DELETE", "/delete", ""},
	} {
		if a := b.call(call[0], "/api/token/"+id+call[1], call[2]); a.body != unknown.body || a.status != unknown.status {
			t.Errorf("%s: %d %s, want %d %s", call[1], a.status, a.body, unknown.status, unknown.body)
		}
	}
	b.key = testKey
	if a := b.call(http.MethodGet, "/api/token/"+id+"/status", ""); a.text("status") != string(scheme.Active) {
		t.Errorf("the rival's calls changed the token: %s", a.body)
	}
}
