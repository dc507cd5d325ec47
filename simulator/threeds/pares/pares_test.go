package pares_test

import (
	"errors"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"

	"cardsim/simulator/threeds/pares"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestPAResRoundTrip(t *testing.T) {
	refused := response("U")
	refused.Merchant, refused.Purchase = pares.EchoedMerchant{MerID: "?"}, pares.EchoedPurchase{}
	refused.IReq = &pares.IReq{Code: "55", Detail: "CH.acctID", VendorCode: "v"}
	for _, want := range []pares.PARes{response("Y"), response("A"), response("N"), response("U"), refused} {
		text := encode(t, want)
		if !strings.HasPrefix(text, "eN") {
			t.Errorf("text begins %q, real ones begin eN", text[:2])
		}
		got, _, err := pares.DecodePARes(text)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v, %v\nwant %+v", got, err, want)
		}
	}
}

// Cardinal takes at most 10240 characters as PAResPayload (reference
// cardinal.md §6). The longest PARes that the rules allow must fit.
func TestSignedPAResFitsCardinalsLimit(t *testing.T) {
	r := response("Y")
	r.MessageID, r.ID = strings.Repeat("m", 30), "P"+strings.Repeat("p", 127)
	r.Merchant = pares.EchoedMerchant{AcqBIN: strings.Repeat("9", 11), MerID: strings.Repeat("m", 24)}
	r.PAN = strings.Repeat("0", 15) + "1234"
	if n := len(encode(t, r)); n > 10240 {
		t.Errorf("a signed PARes has %d characters, more than 10240", n)
	} else {
		t.Logf("a signed PARes has %d characters", n)
	}
}

// The bytes of the message are kept by users and signed as they stand, so they
// must not change by accident.
func TestPAResGolden(t *testing.T) {
	for _, status := range []string{"Y", "N"} {
		got := document(t, encode(t, response(status)))
		path := "testdata/pares-" + status + ".xml"
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s differs; got\n%s", path, got)
		}
	}
}

func TestPAResValidate(t *testing.T) {
	for _, c := range []struct {
		element, status string
		change          func(*pares.PARes)
	}{
		{"Message/@id", "Y", func(r *pares.PARes) { r.MessageID = "" }},
		{"PARes/@id", "Y", func(r *pares.PARes) { r.ID = "1-begins-with-a-digit" }},
		{"PARes/@id", "Y", func(r *pares.PARes) { r.ID = "has:colon" }},
		{"version", "Y", func(r *pares.PARes) { r.Version = "" }},
		{"Merchant/acqBIN", "N", func(r *pares.PARes) { r.Merchant.AcqBIN = "" }},
		{"Purchase/xid", "A", func(r *pares.PARes) { r.Purchase.XID = "short" }},
		{"pan", "Y", func(r *pares.PARes) { r.PAN = "4000000000000002" }},
		{"pan", "N", func(r *pares.PARes) { r.PAN = "0000000000000002" }},
		{"pan", "U", func(r *pares.PARes) { r.PAN = "" }},
		{"TX/time", "Y", func(r *pares.PARes) { r.TX.Time = "2020-09-14" }},
		{"TX/status", "N", func(r *pares.PARes) { r.TX.Status = "C" }},
		{"TX/cavv", "Y", func(r *pares.PARes) { r.TX.CAVV = "" }},
		{"TX/cavv", "A", func(r *pares.PARes) { r.TX.CAVV = "Y2FyZGluYWw=" }},
		{"TX/eci", "A", func(r *pares.PARes) { r.TX.ECI = "5" }},
		{"TX/cavvAlgorithm", "Y", func(r *pares.PARes) { r.TX.CAVVAlgorithm = "" }},
		{"IReq", "Y", func(r *pares.PARes) { r.IReq = &pares.IReq{Code: "55"} }},
		{"IReq/iReqCode", "N", func(r *pares.PARes) { r.IReq = &pares.IReq{} }},
		{"TX/cavv", "N", func(r *pares.PARes) { r.TX.CAVV = response("Y").TX.CAVV }},
		{"TX/eci", "U", func(r *pares.PARes) { r.TX.ECI = "07" }},
		{"TX/cavvAlgorithm", "N", func(r *pares.PARes) { r.TX.CAVVAlgorithm = "2" }},
	} {
		r := response(c.status)
		c.change(&r)
		_, err := pares.EncodePARes(r, signer(t))
		var invalid *pares.Invalid
		if !errors.As(err, &invalid) || len(invalid.Problems) != 1 || invalid.Problems[0].Element != c.element {
			t.Errorf("%s with %s: got %v, want one problem", c.element, c.status, err)
		}
		if err != nil && strings.Contains(err.Error(), "4000000000000002") {
			t.Errorf("%s with %s: the error shows a card number", c.element, c.status)
		}
	}
}

func TestEncodePAResWithoutASigner(t *testing.T) {
	whole := signer(t)
	for name, s := range map[string]*pares.Signer{
		"none": nil, "no key": {Chain: whole.Chain}, "no chain": {Key: whole.Key},
	} {
		if _, err := pares.EncodePARes(response("Y"), s); !errors.Is(err, pares.ErrSigner) {
			t.Errorf("%s: got %v, want ErrSigner", name, err)
		}
	}
}

func TestMaskPAN(t *testing.T) {
	for _, c := range []struct{ pan, status, want string }{
		{"4000000000000002", "Y", "0000000000000002"},
		{"4000000000001091", "A", "0000000000001091"},
		{"4000000000001091", "N", "0000000000000000"},
		{"4000000000001091", "U", "0000000000000000"},
		{"340000000003961", "Y", "000000000003961"},
		{"6304000000000000123", "Y", "0000000000000000123"},
		{"4000000000001091", "", "0000000000000000"},
		{"1234", "Y", "0000"},
		{"", "Y", ""},
	} {
		if got := pares.MaskPAN(c.pan, c.status); got != c.want {
			t.Errorf("MaskPAN of %d digits with %q = %s, want %s", len(c.pan), c.status, got, c.want)
		}
	}
}
