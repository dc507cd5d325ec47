package emv_test

import (
	"encoding/base64"
	"errors"
	"reflect"
	"strings"
	"testing"

	"cardsim/simulator/threeds/emv"
)

const (
	serverID = "d461f105-1792-407f-95ff-9a496fd918a9"
	acsID    = "0f1e2d3c-4b5a-4697-8877-665544332211"
)

// goldenCReq is the compact JSON that a shop's server sends, in base64url
// without padding.
const goldenCReq = "eyJtZXNzYWdlVHlwZSI6IkNSZXEiLCJtZXNzYWdlVmVyc2lvbiI6IjIuMS4wIiwidGhyZWVEU1NlcnZlclRyYW5zSUQiOiJkNDYxZjEwNS0xNzkyLTQwN2YtOTVmZi05YTQ5NmZkOTE4YTkiLCJhY3NUcmFuc0lEIjoiMGYxZTJkM2MtNGI1YS00Njk3LTg4NzctNjY1NTQ0MzMyMjExIiwiY2hhbGxlbmdlV2luZG93U2l6ZSI6IjAyIn0"

func request() emv.CReq {
	return emv.CReq{
		MessageType: "CReq", MessageVersion: "2.1.0", ThreeDSServerTransID: serverID,
		ACSTransID: acsID, ChallengeWindowSize: emv.Window390x400,
	}
}

func requestJSON() string {
	return `{"messageType":"CReq","messageVersion":"2.1.0","threeDSServerTransID":"` + serverID +
		`","acsTransID":"` + acsID + `","challengeWindowSize":"02"}`
}

func TestEncodeCReqGolden(t *testing.T) {
	got, err := emv.EncodeCReq(request())
	if err != nil || got != goldenCReq {
		t.Errorf("got  %s, %v\nwant %s", got, err, goldenCReq)
	}
	raw, err := base64.RawURLEncoding.DecodeString(got)
	if err != nil || string(raw) != requestJSON() {
		t.Errorf("got  %s, %v\nwant %s", raw, err, requestJSON())
	}
}

func TestDecodeCReqTakesEverySpelling(t *testing.T) {
	// The extension brings the two letters in which the alphabets differ.
	json := strings.TrimSuffix(requestJSON(), "}") + `,"messageExtension":[{"name":"???~~~??~~-"}]}`
	padded := base64.StdEncoding.EncodeToString([]byte(json))
	if !strings.Contains(padded, "+") || !strings.Contains(padded, "/") || !strings.HasSuffix(padded, "=") {
		t.Fatalf("the test text shows no difference between spellings: %s", padded)
	}
	for name, text := range map[string]string{
		"std padded":      padded,
		"std unpadded":    strings.TrimRight(padded, "="),
		"url padded":      base64.URLEncoding.EncodeToString([]byte(json)),
		"url unpadded":    base64.RawURLEncoding.EncodeToString([]byte(json)),
		"blanks for plus": strings.ReplaceAll(padded, "+", " "),
		"line breaks":     padded[:76] + "\r\n" + padded[76:] + "\r\n",
		"a blank after":   strings.TrimRight(padded, "=") + " ",
		"pretty-printed":  base64.StdEncoding.EncodeToString([]byte("\n" + strings.ReplaceAll(json, ",", ",\n  ") + "\n")),
	} {
		got, refusal := emv.DecodeCReq(text)
		if refusal != nil || got.ACSTransID != acsID || got.ChallengeWindowSize != "02" || len(got.MessageExtension) == 0 {
			t.Errorf("%s: got %+v, %v", name, got, refusal)
		}
	}
}

func TestDecodeCReqAcceptsEveryVersion(t *testing.T) {
	for _, version := range []string{"2.1.0", "2.2.0", "2.3.1"} {
		q := request()
		q.MessageVersion = version
		text, err := emv.EncodeCReq(q)
		if err != nil {
			t.Errorf("%s: %v", version, err)
		}
		if got, refusal := emv.DecodeCReq(text); refusal != nil || !reflect.DeepEqual(got, q) {
			t.Errorf("%s: got %+v, %v", version, got, refusal)
		}
	}
}

func TestDecodeCReqRefuses(t *testing.T) {
	good := requestJSON()
	with := func(old, new string) string { return strings.Replace(good, old, new, 1) }
	for _, c := range []struct {
		name, json string
		code       emv.ErrorCode
		detail     string
	}{
		{"no JSON", "creq", emv.CodeInvalidMessage, ""},
		{"an array", "[]", emv.CodeInvalidMessage, ""},
		{"half an object", good[:40], emv.CodeInvalidMessage, ""},
		{"text behind", good + "{}", emv.CodeInvalidMessage, ""},
		{"another message", with("CReq", "CRes"), emv.CodeInvalidMessage, "messageType is not CReq"},
		{"messageType a number", with(`"CReq"`, "7"), emv.CodeInvalidMessage, "messageType is not CReq"},
		{"an old version", with("2.1.0", "1.0.2"), emv.CodeVersion, ""},
		{"a future version", with("2.1.0", "2.4.0"), emv.CodeVersion, ""},
		{"empty object", "{}", emv.CodeMissing, "messageType,messageVersion,threeDSServerTransID,acsTransID,challengeWindowSize"},
		{"no acsTransID", with(`"acsTransID":"`+acsID+`",`, ""), emv.CodeMissing, "acsTransID"},
		{"acsTransID null", with(`"`+acsID+`"`, "null"), emv.CodeMissing, "acsTransID"},
		{"names in other case", with("acsTransID", "ACSTransID"), emv.CodeMissing, "acsTransID"},
		{"acsTransID short", with(acsID, acsID[1:]), emv.CodeFormat, "acsTransID"},
		{"acsTransID no UUID", with(acsID, strings.ReplaceAll(acsID, "0", "x")), emv.CodeFormat, "acsTransID"},
		{"acsTransID without dashes", with(acsID, strings.ReplaceAll(acsID, "-", "0")), emv.CodeFormat, "acsTransID"},
		{"threeDSServerTransID no UUID", with(serverID, "1"), emv.CodeFormat, "threeDSServerTransID"},
		{"version a number", with(`"2.1.0"`, "2.1"), emv.CodeFormat, "messageVersion"},
		{"window 06", with(`"02"`, `"06"`), emv.CodeFormat, "challengeWindowSize"},
		{"window 2", with(`"02"`, `2`), emv.CodeFormat, "challengeWindowSize"},
		{"extension an object", with("}", `,"messageExtension":{}}`), emv.CodeFormat, "messageExtension"},
		{"eleven extensions", with("}", `,"messageExtension":[1,2,3,4,5,6,7,8,9,10,11]}`), emv.CodeFormat, "messageExtension"},
		{"window twice", with("}", `,"challengeWindowSize":"01"}`), emv.CodeDuplicate, "challengeWindowSize: a member occurs more than once"},
	} {
		_, refusal := emv.DecodeCReq(base64.RawURLEncoding.EncodeToString([]byte(c.json)))
		if refusal == nil {
			t.Errorf("%s: accepted", c.name)
			continue
		}
		if refusal.ErrorCode != c.code || c.detail != "" && refusal.ErrorDetail != c.detail {
			t.Errorf("%s: got %v, want code %s %s", c.name, refusal, c.code, c.detail)
		}
		if refusal.ErrorComponent != emv.ComponentACS || refusal.ErrorMessageType != "CReq" || refusal.MessageType != "Erro" {
			t.Errorf("%s: got %+v, want an ACS's error message about a CReq", c.name, refusal)
		}
	}
	for _, text := range []string{"%%%", "", strings.Repeat("A", 1<<20)} {
		if _, refusal := emv.DecodeCReq(text); refusal == nil || refusal.ErrorCode != emv.CodeInvalidMessage {
			t.Errorf("undecodable text: got %v, want code 101", refusal)
		}
	}
}

// The ACS needs the ids of a broken request to find where to post the error.
func TestDecodeCReqReturnsWhatItCouldRead(t *testing.T) {
	json := strings.Replace(requestJSON(), `"02"`, `"99"`, 1)
	q, refusal := emv.DecodeCReq(base64.RawURLEncoding.EncodeToString([]byte(json)))
	if refusal == nil || q.ACSTransID != acsID {
		t.Fatalf("got %+v, %v", q, refusal)
	}
	if refusal.ACSTransID != acsID || refusal.ThreeDSServerTransID != serverID || refusal.MessageVersion != "2.1.0" {
		t.Errorf("the error message lost the ids: %+v", refusal)
	}
}

func TestEncodeCReqRefusesWhatAnACSWould(t *testing.T) {
	q := request()
	q.ACSTransID = ""
	var refusal *emv.Erro
	if _, err := emv.EncodeCReq(q); !errors.As(err, &refusal) || refusal.ErrorCode != emv.CodeMissing {
		t.Errorf("got %v, want code 201", err)
	}
	q = request()
	q.MessageExtension = []byte("[")
	if _, err := emv.EncodeCReq(q); err == nil {
		t.Error("a broken extension was written")
	}
}

func TestWindowSize(t *testing.T) {
	for size, want := range map[emv.WindowSize][2]int{
		"01": {250, 400}, "02": {390, 400}, "03": {500, 600}, "04": {600, 400}, "05": {0, 0},
	} {
		width, height := size.Pixels()
		if [2]int{width, height} != want || !size.Valid() {
			t.Errorf("%s: got %dx%d valid %v, want %v", size, width, height, size.Valid(), want)
		}
	}
	for _, size := range []emv.WindowSize{"", "00", "06", "1"} {
		if size.Valid() {
			t.Errorf("%q is valid", size)
		}
	}
}

func FuzzDecodeCReq(f *testing.F) {
	f.Add(requestJSON())
	f.Add(`{"messageType":"CReq","messageType":"CReq"}`)
	f.Fuzz(func(t *testing.T, json string) {
		q, refusal := emv.DecodeCReq(base64.StdEncoding.EncodeToString([]byte(json)))
		if refusal != nil {
			if refusal.ErrorCode == "" || refusal.ErrorComponent != emv.ComponentACS {
				t.Errorf("an error message without code or component: %+v", refusal)
			}
			return
		}
		text, err := emv.EncodeCReq(q)
		if err != nil {
			t.Fatalf("%+v was read but cannot be written: %v", q, err)
		}
		if again, refusal := emv.DecodeCReq(text); refusal != nil || again.ACSTransID != q.ACSTransID {
			t.Errorf("%+v became %+v, %v", q, again, refusal)
		}
	})
}

func FuzzDecodeCReqText(f *testing.F) {
	f.Add(goldenCReq)
	f.Add(" ==")
	f.Fuzz(func(t *testing.T, text string) {
		if q, refusal := emv.DecodeCReq(text); refusal == nil && q.MessageType != "CReq" {
			t.Errorf("accepted %+v", q)
		}
	})
}
