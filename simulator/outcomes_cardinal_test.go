package simulator_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"cardsim/simulator/simulatortest"
)

// cardinalOutcomes are written out from reference cardinal.md §11.3 (case 9 is the
// card's own) and §11.1 for the one outcome that 3-D Secure 1.0 alone knows. The
// answer is ErrorNo, Enrolled, PAResStatus, SignatureVerification, EciFlag, then
// what else is there. The state is the number of challenges, and AceHub's result
// of a payment that claims what was answered.
var cardinalOutcomes = map[string]seen{
	"cardinal.lookup/challenge":    {200, "0 Y C Y 07 ACSUrl", "1 challenge"},
	"cardinal.lookup/frictionless": {200, "0 Y Y Y 05 Cavv", "0 challenges, pays 0"},
	"cardinal.lookup/attempted":    {200, "0 Y A Y 06 Cavv", "0 challenges, pays 0"},
	"cardinal.lookup/not-enrolled": {200, "0 N - - 06", "0 challenges, pays 0"},
	"cardinal.lookup/unavailable":  {200, "0 Y U Y 07", "0 challenges, pays 0"},
	"cardinal.lookup/rejected":     {200, "0 Y R Y 07", "0 challenges, pays 0"},
	"cardinal.lookup/failed":       {200, "0 Y N Y 07", "0 challenges, pays 0"},
	"cardinal.lookup/bypassed":     {200, "0 B - - 07", "0 challenges, pays 0"},
	"cardinal.lookup/timeout":      {0, "no answer", "0 challenges"},
	"cardinal.lookup/error":        {200, "1001 U - - 07", "0 challenges, pays 0"},

	"cardinal.authenticate/authenticated":     {200, "0 - Y Y 05 Cavv", "pays 0, again the same"},
	"cardinal.authenticate/attempted":         {200, "0 - A Y 06 Cavv", "pays 0, again the same"},
	"cardinal.authenticate/failed":            {200, "0 - N Y 07", "pays 0, again the same"},
	"cardinal.authenticate/unavailable":       {200, "0 - U Y 07", "pays 0, again the same"},
	"cardinal.authenticate/rejected":          {200, "0 - R Y 07", "pays 0, again the same"},
	"cardinal.authenticate/signature-invalid": {200, "0 - Y N 05 Cavv", "pays -4, again the same"},
	"cardinal.authenticate/error":             {200, "1050 - U - 07", "pays 0, again the same"},
}

var cardinalPlays = map[string]play{
	"cardinal.lookup": func(t *testing.T, c *simulatortest.Client) seen {
		return lookupSteered(t, c)
	},
	"cardinal.authenticate": authenticateSteered,
}

func lookupSteered(t *testing.T, c *simulatortest.Client) seen {
	t.Helper()
	lookup, err := c.Lookup(good("OUTCOME-1"))
	got := seen{status: 200, answer: says(lookup)}
	if errors.Is(err, io.EOF) {
		got = seen{answer: "no answer"}
	} else if err != nil {
		t.Fatal(err)
	}
	list := must[[]simulatortest.Challenge](t)(c.Challenges())
	got.state = fmt.Sprintf("%d challenges", len(list))
	switch {
	case len(list) == 1:
		got.state = "1 challenge"
	case got.status != 0:
		got.state += fmt.Sprintf(", pays %d", payAs(t, c, lookup, lookup))
	}
	return got
}

func authenticateSteered(t *testing.T, c *simulatortest.Client) seen {
	lookup := must[simulatortest.Elements](t)(c.Lookup(good("OUTCOME-1")))
	must[simulatortest.Acted](t)(c.Approve(lookup["TransactionId"]))
	first := must[simulatortest.Elements](t)(c.Authenticate(lookup["TransactionId"]))
	got := seen{200, says(first), fmt.Sprintf("pays %d", payAs(t, c, lookup, first))}
	if again := must[simulatortest.Elements](t)(c.Authenticate(lookup["TransactionId"])); says(again) == got.answer && again["Cavv"] == first["Cavv"] {
		got.state += ", again the same"
	}
	return got
}

// says is a cmpi answer in a line.
func says(e simulatortest.Elements) string {
	line := ""
	for _, name := range []string{"ErrorNo", "Enrolled", "PAResStatus", "SignatureVerification", "EciFlag"} {
		v := e[name]
		if v == "" {
			v = "-"
		}
		line += v + " "
	}
	for _, name := range []string{"Cavv", "ACSUrl"} {
		if e[name] != "" {
			line += name + " "
		}
	}
	return line[:len(line)-1]
}

// payAs authorises the card with what 3-D Secure answered, and gives AceHub's result.
func payAs(t *testing.T, c *simulatortest.Client, lookup, values simulatortest.Elements) int {
	t.Helper()
	claims := map[string]any{"eci": values["EciFlag"], "version": "2"}
	if lookup["ThreeDSServerTransactionId"] == "" { // 3-D Secure 1.0 has none
		claims["version"] = "1"
	}
	if id := lookup["DSTransactionId"]; id != "" {
		claims["dsTransactionId"] = id
	}
	if values["Cavv"] != "" {
		claims["avv"] = values["Cavv"]
	}
	return must[simulatortest.Paid](t)(c.Pay(simulatortest.Payment{
		Action: "authorize", ThreeDSecure: claims,
		Transaction: map[string]any{"trackingCode": "PAY-OUTCOME-1", "brandId": 1010, "amount": 123.45, "currencyCode": "EUR"},
		Card:        map[string]any{"number": good("").Card.PAN, "expiryMonth": 1, "expiryYear": 2031, "holderName": "Ada Tester"},
	})).Result
}

// The error numbers of reference cardinal.md §8 by the call that meets them, with
// the texts that clients compare.
var (
	anyErrors          = []string{"101", "1001", "1360", "2001", "2006", "3030", "4243"}
	lookupErrors       = []string{"1002", "1010", "1070", "1075", "1020", "1030", "1035", "1036", "1040", "2860", "1080", "1085", "1090", "2270", "2271", "2272", "2273", "4090", "7040", "4000", "\"1002, 4090\""}
	authenticateErrors = []string{"1003", "1050", "1051", "1055", "1060", "1140", "1355", "1829", "4268", "4475", "\"1003, 4268\""}
	comparedTexts      = map[string]string{
		"1001": "Error Processing Message Request", "1002": "Error Processing Lookup Request Message",
		"1003": "Error Processing Authenticate Request Message", "1050": "Error Processing PARes",
		"1002, 4090": "Error Processing Lookup Request Message, Error Validating Card Expiration YYMM",
	}
)

func TestCardinalErrorNumbers(t *testing.T) {
	for op, numbers := range map[string][]string{"cardinal.lookup": lookupErrors, "cardinal.authenticate": authenticateErrors} {
		for _, number := range append(append([]string{}, anyErrors...), numbers...) {
			t.Run(op+"/"+number, func(t *testing.T) { checkErrorNumber(t, op, number) })
		}
	}
}

// checkErrorNumber: the number and a text of its own; Enrolled U at lookup, status
// U at authenticate (reference cardinal.md §11.3, cases 7 and 12); no values, and
// no success that the schemes would know.
func checkErrorNumber(t *testing.T, op, number string) {
	c := steer(t, op, "error", "{errorNo: "+number+"}")
	plain := number
	if number[0] == '"' {
		plain = number[1 : len(number)-1]
	}
	lookup := must[simulatortest.Elements](t)(c.Lookup(good("OUTCOME-1")))
	got, want := lookup, plain+" U - - 07"
	if op == "cardinal.authenticate" {
		must[simulatortest.Acted](t)(c.Approve(lookup["TransactionId"]))
		got, want = must[simulatortest.Elements](t)(c.Authenticate(lookup["TransactionId"])), plain+" - U - 07"
	}
	if says(got) != want {
		t.Errorf("it says %q, want %q", says(got), want)
	}
	text := got["ErrorDesc"]
	if text == "" || comparedTexts[plain] != "" && text != comparedTexts[plain] || plain != "1001" && text == comparedTexts["1001"] {
		t.Errorf("ErrorDesc is %q", text)
	}
	got["EciFlag"] = "05"
	if result := payAs(t, c, lookup, got); result == 0 {
		t.Error("a payment that claims success is approved")
	}
}
