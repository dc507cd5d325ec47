package cardinal

import (
	"net/url"
	"os/exec"
	"strings"
	"testing"
)

// TestWhatRealSendersPut: reference cardinal.md §1, all observed.
func TestWhatRealSendersPut(t *testing.T) {
	b := open(t, nil)
	base := b.lookupOf(emvFrictionless).xml()
	trio := func(m el) string {
		return m.with(el{"Algorithm": "", "Identifier": "", "OrgUnit": "", "Signature": "", "Timestamp": "", "ProcessorId": b.shop.Cardinal.ProcessorID}).xml()
	}
	cdata := strings.Replace(trio(b.lookupOf(emvFrictionless)), "</CardinalMPI>",
		"<MerchantId><![CDATA["+b.shop.Cardinal.MerchantID+"]]></MerchantId><TransactionPwd><![CDATA["+b.shop.Cardinal.TransactionPwd+"]]></TransactionPwd></CardinalMPI>", 1)
	q := url.QueryEscape
	bodies := map[string]string{
		"plain":              "cmpi_msg=" + q(base),
		"raw line feeds":     "cmpi_msg=\n" + q(base) + "\n",
		"encoded line feeds": "cmpi_msg=%0A" + q(base) + "%0A",
		"blanks as %20":      "cmpi_msg=" + strings.ReplaceAll(q(strings.Replace(base, "<OrderNumber>", "<OrderDescription>two words</OrderDescription><OrderNumber>", 1)), "+", "%20"),
		"prolog":             "cmpi_msg=" + q(`<?xml version="1.0" encoding="UTF-8"?>`+"\n"+base),
		"latin1 prolog":      "cmpi_msg=" + q(`<?xml version="1.0" encoding="ISO-8859-1"?>`) + strings.ReplaceAll(q(strings.Replace(base, "<OrderNumber>", "<BillingCity>Aalborg S\xf8</BillingCity><OrderNumber>", 1)), "+", "%20"),
		"pretty printed":     "cmpi_msg=" + q(strings.ReplaceAll(strings.ReplaceAll(base, "><", ">\n  <"), ">\n  </", "></")),
		"CDATA":              "cmpi_msg=" + q(cdata),
		"references":         "cmpi_msg=" + q(strings.Replace(base, "<OrderNumber>", "<BillingFirstName>Ren&#233;&eacute;</BillingFirstName><OrderNumber>", 1)),
		"empty elements":     "cmpi_msg=" + q(strings.Replace(base, "<OrderNumber>", "<CardCode/><ReturnUrl></ReturnUrl><OrderNumber>", 1)),
		"an element twice":   "cmpi_msg=" + q(strings.Replace(base, "<Amount>12345</Amount>", "<Amount>1</Amount><Amount>12345</Amount><Amount></Amount>", 1)),
		"diagnosis":          "cmpi_msg=" + q(strings.Replace(base, "<OrderNumber>", "<Source>PHPTC2</Source><SourceVersion>2.0</SourceVersion><ResolveTimeout>1</ResolveTimeout><OrderNumber>", 1)),
		"another parameter":  "x=1&cmpi_msg=" + q(base),
	}
	for name, body := range bodies {
		for _, contentType := range []string{"application/x-www-form-urlencoded", "text/xml", ""} {
			a := b.Do("POST", "/maps/txns.asp", body, "Content-Type", contentType)
			if got := thin(t, a.Body); got["ErrorNo"] != "0" {
				t.Errorf("%s as %q: %s", name, contentType, a.Body)
			}
		}
	}
	if !b.warned("Content-Type") {
		t.Error("a wrong content type leaves no warning")
	}
}

func TestNotWellFormed(t *testing.T) {
	b := open(t, nil)
	for name, body := range map[string]string{
		"nothing": "", "no parameter": "a=b", "empty": "cmpi_msg=", "text": "cmpi_msg=hello", "unclosed": "cmpi_msg=%3CCardinalMPI%3E%3CA%3E",
		"root": "cmpi_msg=%3CCardinal%2F%3E", "crossed": "cmpi_msg=%3CCardinalMPI%3E%3CA%3E%3C%2FB%3E%3C%2FCardinalMPI%3E",
		"two roots": "cmpi_msg=" + url.QueryEscape("<CardinalMPI></CardinalMPI><CardinalMPI></CardinalMPI>"),
		"deep":      "cmpi_msg=" + url.QueryEscape("<CardinalMPI>"+strings.Repeat("<A>", 50)+strings.Repeat("</A>", 50)+"</CardinalMPI>"),
		"many":      "cmpi_msg=" + url.QueryEscape("<CardinalMPI>"+strings.Repeat("<A></A>", 501)+"</CardinalMPI>"),
	} {
		a := b.raw(body)
		if a.Status != 200 || a.Body != "<CardinalMPI><ErrorDesc>Message is not well formed</ErrorDesc><ErrorNo>101</ErrorNo></CardinalMPI>" {
			t.Errorf("%s: HTTP %d %s", name, a.Status, a.Body)
		}
	}
}

func TestHTTP(t *testing.T) {
	b := open(t, nil)
	if a := b.Do("GET", "/maps/txns.asp", ""); a.Status != 405 || a.Header.Get("Allow") != "POST" {
		t.Errorf("GET: %+v", a)
	}
	if a := b.Do("POST", "/maps/other.asp", ""); a.Status != 404 {
		t.Errorf("another path: %+v", a)
	}
	a := b.post(b.lookupOf(emvFrictionless))
	if a.Header.Get("Content-Type") != "text/html" || a.Header.Get("Cache-Control") != "private" {
		t.Errorf("headers %v", a.Header)
	}
	xml := open(t, map[string]any{"contentType": "application/xml"})
	if a := xml.post(xml.lookupOf(emvFrictionless)); a.Header.Get("Content-Type") != "application/xml" {
		t.Errorf("headers %v", a.Header)
	}
}

// TestAnswersAreWellFormedXML asks a foreign parser, where there is one.
func TestAnswersAreWellFormedXML(t *testing.T) {
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("no xmllint here")
	}
	b := open(t, nil)
	nasty := `<&>"' é ` + "\u2028 \U0001F4B3"
	look := b.lookupOf(emvChallenge).with(el{"MerchantData": nasty})
	bodies := []string{b.post(look).Body, b.post(b.lookupOf(oldSuccess).with(el{"MerchantData": nasty})).Body, b.raw("").Body}
	for _, body := range bodies {
		cmd := exec.Command(lint, "--noout", "-")
		cmd.Stdin = strings.NewReader(body)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v %s", body, err, out)
		}
		if strings.TrimFunc(body, func(r rune) bool { return r >= ' ' && r <= '~' }) != "" || strings.Contains(body, "\n") {
			t.Errorf("not one line of ASCII: %q", body)
		}
	}
	if got := b.send(look)["MerchantData"]; got != `<&>"' &#233; &#8232; &#128179;` {
		t.Errorf("MerchantData came back as %q", got)
	}
}
