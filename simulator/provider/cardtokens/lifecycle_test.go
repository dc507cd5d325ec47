package cardtokens

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"cardsim/simulator/clock"
	"cardsim/simulator/core"
	"cardsim/simulator/scheme"
)

// TestSchemesByKeyAndCard is the table of reference cardtokens.md §2, with every
// catalogue card (decisions 12).
func TestSchemesByKeyAndCard(t *testing.T) {
	b := newBench(t)
	for _, p := range b.w.Profiles() {
		want := map[string]string{testKey: "testscheme", liveKey: "testscheme"}
		if p.Brand == core.Visa || p.Brand == core.Mastercard {
			want[liveKey] = string(p.Brand)
		}
		for key, network := range want {
			if key == liveKey && p.Trigger != nil {
				continue
			}
			b.key = key
			a := b.call(http.MethodPost, "/api/token", createJSON(p.Number.Digits(), shopID))
			if a.status != http.StatusOK || a.text("scheme") != network {
				t.Errorf("%s card %s: %d %s, want scheme %s", p.Brand, p.Number, a.status, a.body, network)
			}
			if _, published := b.w.Profile(b.w.Ref(parse(a.text("token"))).Fingerprint); published {
				t.Errorf("the token of %s is itself a test card", p.Number)
			}
		}
	}
	b.key = liveKey
	for pan, network := range map[string]string{"4539578763621486": "visa", "2221000000000009": "mastercard", "2720990000000007": "mastercard"} {
		if a := b.token(pan); a.text("scheme") != network {
			t.Errorf("%s: %s, want scheme %s", pan, a.body, network)
		}
	}
}

func parse(s string) core.PAN { p, _ := core.ParsePAN(s); return p }

// TestCatalogueKeepsOutOfTheTokenRanges that are ours; testscheme's leading 1 is
// documented, and a catalogue card may begin with it.
func TestCatalogueKeepsOutOfTheTokenRanges(t *testing.T) {
	for _, p := range profiles(t) {
		if n := p.Number.Digits(); n[0] != '1' && scheme.InTokenRange(n) {
			t.Errorf("test card %s lies in a token range", p.Number)
		}
	}
}

func TestLiveAnswers(t *testing.T) {
	b := newBench(t)
	b.key = liveKey
	for pan, form := range map[string]string{
		"4111111145551142": `\{"scheme":"visa","token":"4[0-9]{15}","tokenid":"` + hex32 + `","expmonth":[0-9]{1,2},"expyear":20[0-9]{2},"par":"V001[0-9A-Z]{25}"\}`,
		"5555341244441115": `\{"scheme":"mastercard","token":"5[0-9]{15}","tokenid":"` + hex32 + `","expmonth":[0-9]{1,2},"expyear":20[0-9]{2},"par":"5001[0-9A-Z]{25}"\}`,
	} {
		first, second := b.token(pan), b.token(pan)
		b.wantForm(pan, form, first)
		if first.text("token") != second.text("token") || first.text("par") != second.text("par") || first.text("tokenid") == second.text("tokenid") {
			t.Errorf("%s twice:\n%s\n%s", pan, first.body, second.body)
		}
		if first.json["expyear"].(float64) <= 2028 {
			t.Errorf("%s: the token expires with its card: %s", pan, first.body)
		}
		c := b.call(http.MethodPost, "/api/token/"+first.text("tokenid")+"/cryptogram", cryptogramJSON)
		if c.text("par") != first.text("par") || c.json["expyear"] != first.json["expyear"] || len(c.text("cryptogram")) != 28 {
			t.Errorf("cryptogram %s\nof token %s", c.body, first.body)
		}
		if _, eci := c.json["eci"]; eci {
			t.Error("an eci is answered")
		}
	}
}

func TestNetworkTokensAreNotTokenizedAgain(t *testing.T) {
	b := newBench(t)
	b.set("anyTestCard", true)
	for _, key := range []string{testKey, liveKey} {
		b.key = key
		number := b.token("4111111145551142").text("token")
		if a := b.call(http.MethodPost, "/api/token", createJSON(number, shopID)); a.status != http.StatusInternalServerError {
			t.Errorf("token %s was tokenized: %s", number, a.body)
		}
	}
}

func TestStatusAndDelete(t *testing.T) {
	b := newBench(t)
	b.key = liveKey
	a := b.token("4111111145551142")
	path := "/api/token/" + a.text("tokenid")
	status := func(want string) {
		t.Helper()
		form := fmt.Sprintf(`\{"expmonth":%v,"expyear":%v,"token":"%s","status":"%s","scheme":"visa","tokenid":"%s"\}`,
			a.json["expmonth"], a.json["expyear"], a.text("token"), want, a.text("tokenid"))
		b.wantForm("status", form, b.call(http.MethodGet, path+"/status", "null"))
	}
	status("ACTIVE")
	b.setState(a.text("tokenid"), scheme.Suspended)
	status("INACTIVE")
	b.setState(a.text("tokenid"), scheme.Active)
	status("ACTIVE")
	for range 2 {
		b.wantForm("delete", `\{\}`, b.call(http.MethodDelete, path+"/delete", "null"))
		status("INACTIVE")
	}
}

func TestExpiredTokenIsInactive(t *testing.T) {
	b := newBench(t)
	id := b.token("6007220000000004").text("tokenid")
	b.w.Clock.Set(clock.Frozen, core.Expiry{Month: 2, Year: 2028}.End())
	if a := b.call(http.MethodGet, "/api/token/"+id+"/status", ""); a.text("status") != "INACTIVE" {
		t.Errorf("status of an expired token: %s", a.body)
	}
	if a := b.call(http.MethodPost, "/api/token/"+id+"/cryptogram", cryptogramJSON); a.status != http.StatusInternalServerError {
		t.Errorf("cryptogram of an expired token: %d %s", a.status, a.body)
	}
}

// TestNoCryptogramOfADeadToken: reference cardtokens.md §11.3.
func TestNoCryptogramOfADeadToken(t *testing.T) {
	for _, state := range []scheme.State{scheme.Suspended, scheme.Deactivated} {
		for _, tc := range []struct {
			key, pan string
			status   int
			reason   string
		}{
			{liveKey, "4111111145551142", 403, `"reason":"declined"`},
			{liveKey, "5555341244441115", 400, `"errorCode":"INVALID_TOKEN_STATUS"`},
			{testKey, "6007220000000004", 500, "not active"},
		} {
			b := newBench(t)
			b.key = tc.key
			id := b.token(tc.pan).text("tokenid")
			b.setState(id, state)
			a := b.call(http.MethodPost, "/api/token/"+id+"/cryptogram", cryptogramJSON)
			if a.status != tc.status || !strings.Contains(a.text("err"), tc.reason) {
				t.Errorf("%s, %s: %d %s, want %d %s", tc.pan, state, a.status, a.body, tc.status, tc.reason)
			}
		}
	}
}

// TestSampleClients are the habits of the official samples (reference
// cardtokens.md §1, §4.1).
func TestSampleClients(t *testing.T) {
	b := newBench(t)
	b.key = "98e78b17fe4e42e1a29ee8a6bb2e7bc7" // any key, in open mode
	for name, card := range map[string]string{
		"Go":   `{"expmonth":"6","expyear":"2029","pan":"6007220000000004","securitycode":"000"}`,
		"Node": `{"pan":"6007220000000004","expmonth":"06","expyear":"2029","securitycode":"000"}`,
		"Java": `{"pan":"6007220000000004","expmonth":"10","expyear":"2026","securitycode":"000"}`,
		"PHP":  `{"pan":"6007220000000004","expmonth":12,"expyear":2029,"securitycode":"000"}`,
	} {
		b.header = http.Header{"X-Request-Id": {"65a1b2c3d4e5f"}, "Content-Type": {"application/json; charset=UTF-8"}}
		body := `{"enccard":"` + strings.ReplaceAll(encrypt(t, b, card, pkcs1), "=", `\u003d`) +
			`","clientwalletaccountemailaddress":"a@b.example","merchantid":"523ca9d5eb9d4ce0a60b2a3f5eb3119d"}`
		a := b.call(http.MethodPost, "//api/token", body)
		if a.status != http.StatusOK {
			t.Errorf("%s create: %d %s", name, a.status, a.body)
		}
		path := "/api//token/" + a.text("tokenid")
		for _, call := range [][3]string{
			{"POST", "/cryptogram", `{"reference":"cardtokens-123","transactiontype":"ecom","unpredictablenumber":"12345678"}`},
			{"GET", "/status", "null"}, {"DELETE", "/delete", ""}, {"GET", "/status", ""},
		} {
			if got := b.call(call[0], path+call[1], call[2]); got.status != http.StatusOK {
				t.Errorf("%s %s: %d %s", name, call[1], got.status, got.body)
			}
		}
	}
}

// TestSameSeedSameAnswers over HTTP; another seed gives others.
func TestSameSeedSameAnswers(t *testing.T) {
	run := func(seed uint64) (all []string) {
		b := newBenchWith(t, setup{seed: seed})
		for _, key := range []string{testKey, liveKey} {
			b.key = key
			a := b.token("4111111145551142")
			c := b.call(http.MethodPost, "/api/token/"+a.text("tokenid")+"/cryptogram", cryptogramJSON)
			all = append(all, a.text("token"), a.text("tokenid"), c.text("cryptogram"), c.text("paymentdataid"), c.text("par"))
		}
		return all
	}
	one, same, other := run(1), run(1), run(2)
	for i := range one {
		if one[i] != same[i] || one[i] == other[i] || !regexp.MustCompile(`.`).MatchString(one[i]) {
			t.Errorf("value %d: %s, again %s, other seed %s", i, one[i], same[i], other[i])
		}
	}
}
