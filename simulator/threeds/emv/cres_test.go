package emv_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"cardsim/simulator/threeds/emv"
)

// goldenCRes has the six members of the published example in its order
// (reference cipher-acs.md B4.1), with ids of our own.
const (
	goldenCResJSON = `{"acsTransID":"` + acsID + `","challengeCompletionInd":"Y","messageType":"CRes","messageVersion":"2.1.0","threeDSServerTransID":"` + serverID + `","transStatus":"Y"}`
	goldenCRes     = "eyJhY3NUcmFuc0lEIjoiMGYxZTJkM2MtNGI1YS00Njk3LTg4NzctNjY1NTQ0MzMyMjExIiwiY2hhbGxlbmdlQ29tcGxldGlvbkluZCI6IlkiLCJtZXNzYWdlVHlwZSI6IkNSZXMiLCJtZXNzYWdlVmVyc2lvbiI6IjIuMS4wIiwidGhyZWVEU1NlcnZlclRyYW5zSUQiOiJkNDYxZjEwNS0xNzkyLTQwN2YtOTVmZi05YTQ5NmZkOTE4YTkiLCJ0cmFuc1N0YXR1cyI6IlkifQ"
)

func TestEncodeCResGolden(t *testing.T) {
	r := request().Answer("Y")
	r.ChallengeCompletionInd = "Y"
	got, err := emv.EncodeCRes(r, emv.URLUnpadded)
	if err != nil || got != goldenCRes {
		t.Errorf("got  %s, %v\nwant %s", got, err, goldenCRes)
	}
	raw, err := base64.RawURLEncoding.DecodeString(got)
	if err != nil || string(raw) != goldenCResJSON {
		t.Errorf("got  %s, %v\nwant %s", raw, err, goldenCResJSON)
	}
}

func TestEncodeCResLeavesTheCompletionIndicatorOut(t *testing.T) {
	text, err := emv.EncodeCRes(request().Answer("N"), "")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || strings.Contains(string(raw), "challengeCompletionInd") {
		t.Errorf("got %s, %v", raw, err)
	}
}

func TestEncodeCResRefuses(t *testing.T) {
	for name, change := range map[string]func(*emv.CRes){
		"status A":     func(r *emv.CRes) { r.TransStatus = "A" },
		"status U":     func(r *emv.CRes) { r.TransStatus = "U" },
		"no status":    func(r *emv.CRes) { r.TransStatus = "" },
		"no id":        func(r *emv.CRes) { r.ACSTransID = "" },
		"version 1":    func(r *emv.CRes) { r.MessageVersion = "1.0.2" },
		"unfinished N": func(r *emv.CRes) { r.ChallengeCompletionInd = "N" },
	} {
		r := request().Answer("Y")
		change(&r)
		if text, err := emv.EncodeCRes(r, emv.URLUnpadded); !errors.Is(err, emv.ErrCRes) {
			t.Errorf("%s: got %q, %v; want ErrCRes", name, text, err)
		}
	}
}

func TestSpellings(t *testing.T) {
	// The detail brings the two letters in which the alphabets differ.
	e := *emv.Refuse(request(), emv.CodeTimedOut, "???~~~??~~?-")
	std, err := emv.EncodeErro(e, emv.StdPadded)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(std, "+") || !strings.Contains(std, "/") || !strings.HasSuffix(std, "=") {
		t.Fatalf("the test text shows no difference between spellings: %s", std)
	}
	url := strings.NewReplacer("+", "-", "/", "_").Replace(std)
	for name, want := range map[string]string{
		"":           strings.TrimRight(url, "="),
		"url":        strings.TrimRight(url, "="),
		"url-padded": url,
		"std":        strings.TrimRight(std, "="),
		"std-padded": std,
	} {
		spelling, err := emv.ParseSpelling(name)
		if err != nil {
			t.Errorf("%q: %v", name, err)
		}
		if got, err := emv.EncodeErro(e, spelling); err != nil || got != want {
			t.Errorf("%q: got  %s, %v\nwant %s", name, got, err, want)
		}
	}
	if _, err := emv.ParseSpelling("hex"); err == nil {
		t.Error("hex is no spelling of base64")
	}
}

func TestDecodeCResRoundTrip(t *testing.T) {
	for _, spelling := range []emv.Spelling{emv.URLUnpadded, emv.URLPadded, emv.StdUnpadded, emv.StdPadded} {
		for _, want := range []emv.CRes{request().Answer("Y"), request().Answer("N")} {
			text, err := emv.EncodeCRes(want, spelling)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := emv.DecodeCRes(text); err != nil || got != want {
				t.Errorf("%s: got %+v, %v", spelling, got, err)
			}
		}
	}
}

func TestDecodeCResTellsAnErrorMessage(t *testing.T) {
	want := emv.Refuse(request(), emv.CodeUnknownID, "acsTransID")
	want.DSTransID = serverID
	text, err := emv.EncodeErro(*want, emv.URLUnpadded)
	if err != nil {
		t.Fatal(err)
	}
	_, err = emv.DecodeCRes(text)
	var got *emv.Erro
	if !errors.As(err, &got) || *got != *want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for _, bad := range []string{"", "%", "e30", base64.RawURLEncoding.EncodeToString([]byte(requestJSON()))} {
		if _, err := emv.DecodeCRes(bad); !errors.Is(err, emv.ErrCRes) {
			t.Errorf("%q: got %v, want ErrCRes", bad, err)
		}
	}
}

func TestErroMembers(t *testing.T) {
	text, err := emv.EncodeErro(*emv.Refuse(emv.CReq{}, emv.CodeMissing, "acsTransID"), emv.URLUnpadded)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]string
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"messageType": "Erro", "messageVersion": "2.1.0", "errorCode": "201", "errorComponent": "A",
		"errorDescription": "A required element is missing", "errorDetail": "acsTransID", "errorMessageType": "CReq",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
	if len(got) != 7 {
		t.Errorf("unknown ids were written: %s", raw)
	}
}

func FuzzDecodeCRes(f *testing.F) {
	f.Add(goldenCRes)
	f.Fuzz(func(t *testing.T, text string) {
		r, err := emv.DecodeCRes(text)
		var refusal *emv.Erro
		if err != nil && !errors.Is(err, emv.ErrCRes) && !errors.As(err, &refusal) {
			t.Errorf("%v is of no known kind", err)
		}
		if err == nil && r.TransStatus != "Y" && r.TransStatus != "N" {
			t.Errorf("accepted %+v", r)
		}
	})
}
