package cardtokens

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/core"
	"cardsim/simulator/scheme"
)

// TestVectors are those of reference cardtokens.md §14 that need no listener.
func TestVectors(t *testing.T) {
	for _, pan := range []string{
		"4111111145551142", "4293189100000008", "4166676667666746", "4646464646464644", "4000060000000006",
		"5555341244441115", "5577000055770004", "5555555555554444", "2222400050000009", "2222400030000004",
		"6007220000000004", "1454545454878789", "1000000000000008", "1999999999999992",
	} {
		if !core.LuhnValid(pan) {
			t.Errorf("%s fails Luhn", pan)
		}
	}
	for _, pan := range []string{"4111111145551143", "6007220000000005", "4492697777715235", "1454545454878784"} {
		if core.LuhnValid(pan) {
			t.Errorf("%s passes Luhn", pan)
		}
	}
	for pan, want := range map[string]bool{
		"2220990000000002": false, "2221000000000009": true, "2720990000000007": true, "2721000000000004": false,
	} {
		if got := networkOf(core.BrandOf(pan)) == scheme.Mastercard; got != want {
			t.Errorf("%s is Mastercard: %v, want %v", pan, got, want)
		}
	}
	if len(seedCard) != 75 {
		t.Errorf("the card of seed 001 has %d bytes, want 75", len(seedCard))
	}
}

func TestUnpredictableNumbers(t *testing.T) {
	b := newBench(t)
	id := b.token("6007220000000004").text("tokenid")
	for value, want := range map[string]int{
		`""`: 200, `null`: 200, `"87654321"`: 200, `"00000000"`: 200,
		`"8765432"`: 500, `"876543210"`: 500, `"A1B2C3D4"`: 500, `" 7654321"`: 500, `"8765432\n"`: 500, `[]`: 500,
	} {
		a := b.call(http.MethodPost, "/api/token/"+id+"/cryptogram", `{"reference":"r","unpredictablenumber":`+value+`}`)
		if a.status != want {
			t.Errorf("unpredictablenumber %s: %d, want %d", value, a.status, want)
		}
	}
}

func TestTransactionTypesAndReferences(t *testing.T) {
	b := newBench(t)
	id := b.token("6007220000000004").text("tokenid")
	for body, want := range map[string]int{
		`{"reference":"thomask"}`:                         200,
		`{"Reference":"123j12323"}`:                       200,
		`{"reference":"r","transactiontype":""}`:          200,
		`{"reference":"r","transactiontype":"recurring"}`: 200,
		`{"reference":"r","transactiontype":"moto"}`:      500,
		`{"reference":"r","transactiontype":1}`:           500,
		`{"reference":""}`:                                500,
		`{"reference":null}`:                              500,
		`{"reference":7}`:                                 500,
		`{}`:                                              500,
		seed001Plain:                                      500, // the C# sample's mistake (reference §6.1)
		``:                                                500,
		`null`:                                            500,
		`{"reference":"r"`:                                500,
		`{"reference":"r","unknown":{"a":[1,2,{}]},"eci":"05"}`: 200,
	} {
		if a := b.call(http.MethodPost, "/api/token/"+id+"/cryptogram", body); a.status != want {
			t.Errorf("%s: %d %s, want %d", body, a.status, a.body, want)
		}
	}
	b.set("requireReference", false)
	for _, body := range []string{`{}`, seed001Plain} {
		if a := b.call(http.MethodPost, "/api/token/"+id+"/cryptogram", body); a.status != http.StatusOK {
			t.Errorf("reference not required, %s: %d %s", body, a.status, a.body)
		}
	}
}

func TestMonthsAndYears(t *testing.T) {
	b := newBench(t)
	for _, tc := range []struct {
		month, year string
		want        int
	}{
		{`6`, `2029`, 200}, {`"6"`, `"2029"`, 200}, {`"06"`, `"2029"`, 200}, {`"10"`, `"2026"`, 200}, {`1`, `2026`, 200},
		{`12`, `2025`, 500}, {`"01"`, `"2025"`, 500},
		{`0`, `2029`, 500}, {`13`, `2029`, 500}, {`"006"`, `2029`, 500}, {`6.0`, `2029`, 500}, {`6e0`, `2029`, 500}, {`-6`, `2029`, 500},
		{`" 6"`, `2029`, 500}, {`""`, `2029`, 500}, {`null`, `2029`, 500}, {`true`, `2029`, 500}, {`[6]`, `2029`, 500},
		{`6`, `29`, 500}, {`6`, `"29"`, 500}, {`6`, `20290`, 500}, {`6`, `null`, 500}, {`6`, `{}`, 500}, {`6`, `"0999"`, 500},
	} {
		body := `{"card":{"pan":"6007220000000004","expmonth":` + tc.month + `,"expyear":` + tc.year + `},"merchantid":"` + shopID + `"}`
		a := b.call(http.MethodPost, "/api/token", body)
		if a.status != tc.want {
			t.Errorf("%s/%s: %d %s, want %d", tc.month, tc.year, a.status, a.body, tc.want)
		}
		if a.status != http.StatusOK {
			continue
		}
		for _, name := range []string{"expmonth", "expyear"} {
			if _, number := a.json[name].(float64); !number {
				t.Errorf("%s leaves as %T, want a number", name, a.json[name])
			}
		}
	}
}

// TestCardIsGoodThroughItsMonth by the sandbox clock.
func TestCardIsGoodThroughItsMonth(t *testing.T) {
	b := newBench(t)
	end := core.Expiry{Month: 2, Year: 2028}.End()
	for _, tc := range []struct {
		before time.Duration
		want   int
	}{{time.Second, 200}, {0, 500}} {
		b.w.Clock.Set(clock.Frozen, end.Add(-tc.before))
		if a := b.call(http.MethodPost, "/api/token", createJSON("6007220000000004", shopID)); a.status != tc.want {
			t.Errorf("%s before the end: %d %s, want %d", tc.before, a.status, a.body, tc.want)
		}
	}
}

func TestPANsAndSecurityCodes(t *testing.T) {
	b := newBench(t)
	b.set("anyTestCard", true)
	for value, want := range map[string]int{
		`"4111111145551142"`: 200, `"4111111111111111"`: 200, `"4000000000000002"`: 200,
		`"5200000000008050"`:       200, // a published test card that fails Luhn
		`"4111111145551143"`:       500,
		`"4111 1111 4555 1142"`:    500,
		`"4111-1111-4555-1142"`:    500,
		`"41111111455"`:            500,
		`"41111111455511421111"`:   500,
		`4111111145551142`:         500,
		`""`:                       500,
		`null`:                     500,
		`"٤١١١١١١١٤٥٥٥١١٤٢"`:       500,
		`"1454545454878789"`:       500, // of the token range
		`"4895370000000003"`:       500, // of the token range
		`"4111111145551142\u0000"`: 500,
	} {
		a := b.call(http.MethodPost, "/api/token", strings.Replace(createJSON("X", shopID), `"X"`, value, 1))
		if a.status != want {
			t.Errorf("pan %s: %d %s, want %d", value, a.status, a.body, want)
		}
	}
	for value, want := range map[string]int{
		`""`: 200, `null`: 200, `"000"`: 200, `"1234"`: 200, `"12"`: 500, `"12345"`: 500, `"12a"`: 500, `123`: 500,
	} {
		a := b.call(http.MethodPost, "/api/token", strings.Replace(createJSON("6007220000000004", shopID), `"000"`, value, 1))
		if a.status != want {
			t.Errorf("securitycode %s: %d %s, want %d", value, a.status, a.body, want)
		}
	}
}

func TestAddresses(t *testing.T) {
	for _, tc := range []struct {
		field, value    string
		lenient, strict bool
	}{
		{"state", "Northjutland", true, false}, {"state", "NY", true, true}, {"state", "81", true, false}, {"state", "N.Y.", false, false}, {"state", "", true, true},
		{"postalcode", "9000", true, true}, {"postalcode", "NW16XE", true, true}, {"postalcode", "NW1 6XE", false, false}, {"postalcode", "90", false, false},
		{"postalcode", strings.Repeat("9", 16), true, true}, {"postalcode", strings.Repeat("9", 17), false, false}, {"postalcode", "", true, true},
		{"line1", "Gammel Havn 1", true, true}, {"line1", "O'Hara St. #4/2, B-1", true, true}, {"line1", "Main St; 1", false, false}, {"line1", "A & B", false, false},
		{"line1", "Østergade 1", true, false}, {"line1", strings.Repeat("Ø", 140), true, false}, {"line1", strings.Repeat("a", 141), false, false},
		{"line2", "", true, true}, {"line2", "1. th.", true, true}, {"line2", "c/o <b>", false, false},
		{"city", "Aalborg", true, true}, {"city", "L'Aquila", true, true}, {"city", "Stoke-on-Trent", true, true}, {"city", "St. Louis", false, false},
		{"city", "Paris 5", false, false}, {"city", "Århus", true, false}, {"city", strings.Repeat("a", 101), false, false},
		{"country", "DK", true, true}, {"country", "dk", true, true}, {"country", "", true, true}, {"country", "DNK", false, false}, {"country", "D1", false, false},
	} {
		var a address
		text, err := json.Marshal(map[string]string{tc.field: tc.value})
		if err != nil {
			t.Fatal(err)
		}
		if err := unmarshalObject(text, &a); err != nil {
			t.Fatal(err)
		}
		for strict, want := range map[bool]bool{false: tc.lenient, true: tc.strict} {
			if err := a.check(strict); (err == nil) != want {
				t.Errorf("%s %.20q, strict %v: %v, want accepted %v", tc.field, tc.value, strict, err, want)
			}
		}
	}
}

func TestAddressOnTheWire(t *testing.T) {
	b := newBench(t)
	for value, want := range map[string]int{
		`null`: 200, `{}`: 200, `{"state":null}`: 200, `{"State":"Northjutland","extra":1}`: 200,
		`"Gammel Havn 1"`: 500, `[]`: 500, `{"line1":1}`: 500, `{"city":"Paris 5"}`: 500,
	} {
		body := strings.TrimSuffix(createJSON("6007220000000004", shopID), "}") + `,"billingaddress":` + value + `}`
		if a := b.call(http.MethodPost, "/api/token", body); a.status != want {
			t.Errorf("billingaddress %s: %d %s, want %d", value, a.status, a.body, want)
		}
	}
	b.set("strictAddress", true)
	if a := b.call(http.MethodPost, "/api/token", seed001Plain); a.status != http.StatusInternalServerError || !strings.Contains(a.text("err"), "state") {
		t.Errorf("seed 001 with strict addresses: %d %s", a.status, a.body)
	}
}

// TestOrderOfChecks: of two mistakes the earlier check speaks (reference §4.4).
func TestOrderOfChecks(t *testing.T) {
	broken := []string{`"pan":"4111111145551143"`, `"expmonth":13,"expyear":2028`, `"securitycode":"1"`}
	good := []string{`"pan":"4111111111111111"`, `"expmonth":2,"expyear":2028`, `"securitycode":"000"`}
	want := []string{"card.pan", "card.expmonth", "card.securitycode", "merchantid", "billingaddress.city", "card.pan"}
	b := newBench(t)
	b.w.Clock.Set(clock.Frozen, noon)
	for first := range want {
		card := append(append([]string{}, good[:min(first, 3)]...), broken[min(first, 3):]...)
		merchant, city := "0", "1"
		if first > 3 {
			merchant = shopID
		}
		if first > 4 {
			city = "Aalborg"
		}
		card[0] = strings.Replace(card[0], "4111111111111111", "4539578763621486", 1) // Luhn-valid, no published test card
		body := `{"card":{` + strings.Join(card, ",") + `},"merchantid":"` + merchant + `","billingaddress":{"city":"` + city + `"}}`
		a := b.call(http.MethodPost, "/api/token", body)
		if !regexp.MustCompile("^" + regexp.QuoteMeta(want[first]) + ":").MatchString(a.text("err")) {
			t.Errorf("mistakes from check %d on: %s, want one about %s", first, a.body, want[first])
		}
	}
}
