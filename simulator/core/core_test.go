package core

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Vectors of reference cardtokens.md §14.
func TestLuhn(t *testing.T) {
	valid := []string{"4111111145551142", "5555341244441115", "6007220000000004", "1454545454878789", "1000000000000008", "1999999999999992"}
	invalid := []string{"4111111145551143", "6007220000000005", "4492697777715235", "1454545454878784", "", "41x1"}
	for _, n := range valid {
		if !LuhnValid(n) {
			t.Errorf("%s is refused", n)
		}
	}
	for _, n := range invalid {
		if LuhnValid(n) {
			t.Errorf("%q passes", n)
		}
	}
}

func TestLuhnDigitMakesValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringMatching(`[0-9]{11,18}`).Draw(t, "body")
		if n := body + string(LuhnDigit(body)); !LuhnValid(n) {
			t.Fatalf("%s does not pass", n)
		}
	})
}

func TestBrandOf(t *testing.T) {
	tests := map[string]Brand{
		"4000000000000002": Visa, "5200000000000007": Mastercard, "2221000000000009": Mastercard, "2720990000000007": Mastercard,
		"2220990000000002": UnknownBrand, "2721000000000004": UnknownBrand, "340000000003961": Amex, "370000000000002": Amex,
		"6011000000000004": Discover, "3005000000006246": Diners, "3520000000000922": UnknownBrand, "3528000000000007": JCB,
		"3337000000000008": JCB, "6505290000001002": Elo, "6505050000001075": Elo, "6200010000200000": UnionPay, "8100010000000142": UnionPay,
		"6007220000000004": Forbrugsforeningen, "180000000000028": JCB, "9999999999999995": UnknownBrand,
	}
	for pan, want := range tests {
		if got := BrandOf(pan); got != want {
			t.Errorf("BrandOf(%s) = %s, want %s", pan, got, want)
		}
	}
}

func TestPANNeverPrints(t *testing.T) {
	pan, ok := ParsePAN("4111111145551142")
	if !ok {
		t.Fatal("refused")
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("card", "pan", pan)
	marshalled, err := json.Marshal(map[string]any{"pan": pan})
	if err != nil {
		t.Fatal(err)
	}
	for how, text := range map[string]string{
		"%v": fmt.Sprintf("%v", pan), "%+v": fmt.Sprintf("%+v", struct{ P PAN }{pan}), "%s": fmt.Sprintf("%s %s", pan, pan),
		"slog": log.String(), "json": string(marshalled),
	} {
		if strings.Contains(text, "4111111145551142") || !strings.Contains(text, "411111******1142") {
			t.Errorf("%s shows %s", how, text)
		}
	}
}

func TestParsePANRefuses(t *testing.T) {
	for _, s := range []string{"", "41111111111", "41111111111111111111", "4111 1111 4555 1142", "4111111145551x42", "４１１１１１１１４５５５"} {
		if _, ok := ParsePAN(s); ok {
			t.Errorf("%q passes", s)
		}
	}
}

func TestMoney(t *testing.T) {
	tests := []struct {
		text, currency string
		minor          int64
		major, decimal string
	}{
		{"12.5", "EUR", 1250, "12.5", "12.50"}, {"5", "EUR", 500, "5", "5.00"}, {"5.00", "EUR", 500, "5", "5.00"},
		{"0.01", "EUR", 1, "0.01", "0.01"}, {"500", "JPY", 500, "500", "500"}, {"1.234", "KWD", 1234, "1.234", "1.234"},
		{"5.000", "EUR", 500, "5", "5.00"}, {"-1.5", "EUR", -150, "-1.5", "-1.50"}, {"1000", "eur", 100000, "1000", "1000.00"},
	}
	for _, tt := range tests {
		m, err := ParseMajor(tt.text, tt.currency)
		if err != nil || m.Minor != tt.minor || m.Major() != tt.major || m.Decimal() != tt.decimal {
			t.Errorf("%s %s = %+v (%s, %s), %v", tt.text, tt.currency, m, m.Major(), m.Decimal(), err)
		}
	}
	for _, bad := range [][2]string{{"1.001", "EUR"}, {"1.5", "JPY"}, {"", "EUR"}, {"x", "EUR"}, {"1.x", "EUR"}, {"1", "FAKE"}, {"1e3", "EUR"}, {"--1", "EUR"}, {".5", "EUR"}, {"99999999999999999999", "EUR"}} {
		if m, err := ParseMajor(bad[0], bad[1]); err == nil {
			t.Errorf("%q %s passes as %v", bad[0], bad[1], m)
		}
	}
}

func TestMoneyRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Money{Minor: rapid.Int64Min(-math.MaxInt64).Draw(t, "minor"), Currency: rapid.SampledFrom([]string{"EUR", "JPY", "KWD"}).Draw(t, "currency")}
		for _, text := range []string{m.Major(), m.Decimal()} {
			if back, err := ParseMajor(text, m.Currency); err != nil || back != m {
				t.Fatalf("%v -> %s -> %v, %v", m, text, back, err)
			}
			if nearest, err := strconv.ParseFloat(text, 64); err != nil || m.Float() != nearest {
				t.Fatalf("%v is %v as a number, not %v (%v)", m, m.Float(), nearest, err)
			}
		}
	})
}

// Reference cardinal.md §9.
func TestECIFor(t *testing.T) {
	tests := []struct {
		brand   Brand
		version ThreeDSVersion
		status  TransStatus
		want    ECI
	}{
		{Visa, ThreeDS22, StatusAuthenticated, "05"}, {Visa, ThreeDS10, StatusAttempted, "06"}, {Amex, ThreeDS21, StatusFailed, "07"},
		{Mastercard, ThreeDS22, StatusAuthenticated, "02"}, {Mastercard, ThreeDS22, StatusAttempted, "01"},
		{Mastercard, ThreeDS22, StatusFailed, "00"}, {Mastercard, ThreeDS10, StatusFailed, "01"}, {JCB, ThreeDS22, StatusChallenge, "07"},
	}
	for _, tt := range tests {
		if got := ECIFor(tt.brand, tt.version, tt.status); got != tt.want {
			t.Errorf("ECIFor(%s, %s, %s) = %s, want %s", tt.brand, tt.version, tt.status, got, tt.want)
		}
	}
}

// Decisions 22: which fault goes where.
func TestFaultPlaces(t *testing.T) {
	places := []FaultPoint{BeforeValidation, AfterValidation, AfterCommit, MidBody, AfterAnswer}
	allowed := map[FaultKind]string{
		FaultReset: "yyyny", FaultHang: "yyynn", FaultEmpty: "yyynn", FaultHTTP: "yyynn",
		FaultTruncate: "nnnyn", FaultGarbage: "nnnyn", FaultDrip: "nnnyn", FaultWrongLength: "nnnyn", "other": "nnnnn",
	}
	for kind, row := range allowed {
		for i, at := range places {
			if got := (Fault{Kind: kind, At: at}).Allowed(); got != (row[i] == 'y') {
				t.Errorf("%s at %s: allowed %v", kind, at, got)
			}
		}
	}
}

func TestCurrencies(t *testing.T) {
	for numeric, alpha := range map[string]string{"840": "USD", "978": "EUR", "392": "JPY", "008": "ALL"} {
		if c, ok := CurrencyByNumeric(numeric); !ok || c.Alpha != alpha {
			t.Errorf("%s is %v", numeric, c)
		}
	}
	if _, ok := CurrencyByAlpha("FAKE"); ok {
		t.Error("FAKE passes")
	}
	for code, want := range map[string]bool{"NL": true, "nl": true, "ZZ": false, "": false, "N": false, "L ": false, "ZW": true} {
		if CountryKnown(code) != want {
			t.Errorf("country %q: known %v", code, !want)
		}
	}
}
