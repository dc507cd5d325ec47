package pares_test

import (
	"bytes"
	"crypto/x509"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"cardsim/simulator/threeds/pares"
)

func TestVerifyAcceptsWhatWeSign(t *testing.T) {
	for _, status := range []string{"Y", "A", "N", "U"} {
		want := response(status)
		want.Merchant.MerID = `a&b<c>"d'`
		got, err := pares.Verify(encode(t, want), roots(t), at)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, %v", status, got, err)
		}
	}
}

// What other ACSs and careless gateways write differently, without changing
// the canonical form.
func TestVerifyAcceptsOtherSpellings(t *testing.T) {
	xml := document(t, encode(t, response("Y")))
	first, last := strings.Index(xml, "<X509Certificate>"), strings.LastIndex(xml, "</X509Data>")
	certs := strings.SplitAfter(xml[first:last], "</X509Certificate>")[:3]
	turned := slices.Clone(certs)
	slices.Reverse(turned)
	for name, spelling := range map[string]string{
		"SignedInfo inherits its xmlns (PA1)": strings.Replace(xml, `<SignedInfo xmlns="http://www.w3.org/2000/09/xmldsig#">`, "<SignedInfo>", 1),
		"root certificate first (PA3)":        xml[:first] + strings.Join(turned, "") + xml[last:],
		"no root certificate":                 xml[:first] + certs[0] + certs[1] + xml[last:],
		"lines of base64":                     strings.Replace(xml, "<SignatureValue>", "<SignatureValue>\n  ", 1),
		"a declaration":                       `<?xml version="1.0"?>` + "\n" + xml,
		"single quotes":                       strings.Replace(xml, `<PARes id="PARes-0001">`, `<PARes   id='PARes-0001' >`, 1),
		"self-closing tags":                   strings.ReplaceAll(xml, "></DigestMethod>", "/>"),
		"a comment":                           strings.Replace(xml, "<status>Y", "<status><!-- N -->Y", 1),
		"a character reference":               strings.Replace(xml, "<status>Y", "<status>&#89;", 1),
		"space outside what is signed":        strings.Replace(xml, "<PARes ", "\n <PARes ", 1),
		"an unsigned neighbour":               strings.Replace(xml, "<PARes ", "<Vendor>x</Vendor><PARes ", 1),
	} {
		if spelling == xml {
			t.Fatalf("%s: the test changes nothing", name)
		}
		got, err := pares.Verify(deflated(t, spelling, withZlib), roots(t), at)
		if err != nil || got.TX != response("Y").TX {
			t.Errorf("%s: got %+v, %v", name, got.TX, err)
		}
	}
}

func TestVerifyRefusesChanges(t *testing.T) {
	xml := document(t, encode(t, response("N")))
	signed := document(t, encode(t, response("Y")))
	bodyY := signed[strings.Index(signed, "<PARes "):strings.Index(signed, "<Signature ")]
	body := xml[strings.Index(xml, "<PARes "):strings.Index(xml, "<Signature ")]
	signature := xml[strings.Index(xml, "<Signature "):strings.Index(xml, "</Message>")]
	otherID := strings.Replace(bodyY, "PARes-0001", "evil", 1)
	replace := func(old, new string) string { return strings.Replace(xml, old, new, 1) }
	for name, changed := range map[string]string{
		"status":                  replace("<status>N", "<status>Y"),
		"white space inside":      replace("<TX>", "<TX> "),
		"another signed body":     replace(body, bodyY),
		"wrapped: other body":     replace(body, otherID),
		"wrapped: id taken twice": replace(body, body+`<Extension id="PARes-0001"></Extension>`),
		"wrapped: moved away":     replace(body, otherID+"<Keep>"+strings.NewReplacer("<PARes", "<Kept", "</PARes", "</Kept").Replace(body)+"</Keep>"),
		"whole document":          replace(`URI="#PARes-0001"`, `URI=""`),
		"no id":                   replace(`<PARes id="PARes-0001">`, "<PARes>"),
		"digest":                  replace("<DigestValue>", "<DigestValue>AAAA"),
		"digest not base64":       replace("<DigestValue>", "<DigestValue>?"),
		"signature value":         replace("<SignatureValue>", "<SignatureValue>AAAA"),
		"value not base64":        replace("<SignatureValue>", "<SignatureValue>?"),
		"signature absent":        replace(signature, ""),
		"signature twice":         replace(signature, signature+signature),
		"signature elsewhere":     replace(signature, "<X>"+signature+"</X>"),
		"signature renamed":       replace(`<Signature xmlns="http://www.w3.org/2000/09/xmldsig#">`, `<Signature xmlns="urn:x">`),
		"two references":          replace("</SignedInfo>", `<Reference URI="#x"></Reference></SignedInfo>`),
		"no key info":             strings.ReplaceAll(xml, "KeyInfo>", "Key>"),
		"another algorithm":       replace("#rsa-sha1", "#hmac-sha1"),
		"another digest":          replace(`#sha1"></DigestMethod>`, `#md5"></DigestMethod>`),
		"another transform":       replace("<DigestMethod", `<Transforms><Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"></Transform></Transforms><DigestMethod`),
		"certificate damaged":     replace("<X509Certificate>", "<X509Certificate>AAAA"),
		"certificate not base64":  replace("<X509Certificate>", "<X509Certificate>?"),
		"certificates in bulk":    replace("</X509Data>", strings.Repeat("<X509Certificate></X509Certificate>", 9)+"</X509Data>"),
	} {
		_, err := pares.Verify(deflated(t, changed, withZlib), roots(t), at)
		if !errors.Is(err, pares.ErrSignature) || errors.Is(err, pares.ErrUnreadable) {
			t.Errorf("%s: got %v, want ErrSignature", name, err)
		}
	}
}

// A body hidden where another reader might look is no signature fault but a
// document that is not a PARes message.
func TestVerifyRefusesASecondBody(t *testing.T) {
	xml := document(t, encode(t, response("N")))
	hidden := strings.Replace(xml, "</Signature>", "<Object><PARes id=\"x\"></PARes></Object></Signature>", 1)
	got, err := pares.Verify(deflated(t, hidden, withZlib), roots(t), at)
	if !errors.Is(err, pares.ErrNotParsed) || !reflect.DeepEqual(got, pares.PARes{}) {
		t.Errorf("got %+v, %v; want ErrNotParsed and no values", got, err)
	}
}

func TestVerifyChecksTheChain(t *testing.T) {
	text := encode(t, response("Y"))
	stranger := signer(t)
	stranger.Chain = stranger.Chain[1:] // the issuing CA did not sign
	foreign, err := pares.EncodePARes(response("Y"), stranger)
	if err != nil {
		t.Fatal(err)
	}
	short := signer(t)
	short.Chain = short.Chain[:1]
	incomplete, err := pares.EncodePARes(response("Y"), short)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text  string
		roots *x509.CertPool
		at    time.Time
	}{
		"another root":          {text, x509.NewCertPool(), at},
		"no roots":              {text, nil, at},
		"no time":               {text, roots(t), time.Time{}},
		"before the chain":      {text, roots(t), time.Date(1994, 12, 31, 0, 0, 0, 0, time.UTC)},
		"after the chain":       {text, roots(t), time.Date(2096, 1, 1, 0, 0, 0, 0, time.UTC)},
		"signer not among them": {foreign, roots(t), at},
		"issuing CA absent":     {incomplete, roots(t), at},
	} {
		got, err := pares.Verify(c.text, c.roots, c.at)
		if !errors.Is(err, pares.ErrSignature) {
			t.Errorf("%s: got %v, want ErrSignature", name, err)
		}
		if got.TX.Status != "Y" {
			t.Errorf("%s: the status is lost, Cardinal reports it all the same", name)
		}
	}
}

func TestVerifyTellsUnreadableMessagesApart(t *testing.T) {
	if _, err := pares.Verify("eNgarbage", roots(t), at); !errors.Is(err, pares.ErrNotInflated) {
		t.Errorf("got %v, want ErrNotInflated", err)
	}
	if _, err := pares.Verify(deflated(t, "<html>", withZlib), roots(t), at); !errors.Is(err, pares.ErrNotParsed) {
		t.Errorf("got %v, want ErrNotParsed", err)
	}
}

func TestTamperBreaksOnlyTheSignature(t *testing.T) {
	for _, status := range []string{"Y", "N"} {
		want := response(status)
		for last := 0; last < 2; last++ {
			want.TX.Time = "20200914 12:00:0" + string(rune('9'-last*9))
			text, err := pares.Tamper(encode(t, want))
			if err != nil {
				t.Fatal(err)
			}
			got, err := pares.Verify(text, roots(t), at)
			if !errors.Is(err, pares.ErrSignature) {
				t.Errorf("got %v, want ErrSignature", err)
			}
			if err := got.Validate(); err != nil {
				t.Errorf("the altered message breaks a rule: %v", err)
			}
			got.TX.Time = want.TX.Time
			if !reflect.DeepEqual(got, want) {
				t.Errorf("more than TX/time was altered: %+v", got)
			}
		}
	}
	request, err := pares.EncodePAReq(request())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pares.Tamper(request); !errors.Is(err, pares.ErrNothingToTamper) {
		t.Errorf("a PAReq: got %v, want ErrNothingToTamper", err)
	}
	if _, err := pares.Tamper("%"); !errors.Is(err, pares.ErrNotInflated) {
		t.Errorf("garbage: got %v, want ErrNotInflated", err)
	}
}

func FuzzDecodePAReq(f *testing.F) {
	text, err := pares.EncodePAReq(request())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Fuzz(func(t *testing.T, text string) {
		q, err := pares.DecodePAReq(text)
		if err != nil {
			if !errors.Is(err, pares.ErrUnreadable) {
				t.Errorf("%v is no ErrUnreadable", err)
			}
			return
		}
		again, err := pares.EncodePAReq(q)
		if err != nil {
			return // it breaks a rule
		}
		if back, err := pares.DecodePAReq(again); err != nil || !reflect.DeepEqual(back, q) {
			t.Errorf("%+v became %+v, %v", q, back, err)
		}
	})
}

func FuzzDecodePARes(f *testing.F) {
	f.Add([]byte(document(f, encode(f, response("Y")))))
	f.Fuzz(func(t *testing.T, xml []byte) {
		_, raw, err := pares.DecodePARes(deflated(t, string(xml), withZlib))
		if err != nil && !errors.Is(err, pares.ErrUnreadable) {
			t.Errorf("%v is no ErrUnreadable", err)
		}
		if err == nil && !bytes.Equal(raw, xml) {
			t.Error("the XML returned is not the XML sent")
		}
	})
}

// FuzzVerify holds the promise that no change of the document gets a value
// past the signature.
func FuzzVerify(f *testing.F) {
	want := response("Y")
	f.Add(document(f, encode(f, want)))
	pool := roots(f)
	f.Fuzz(func(t *testing.T, xml string) {
		got, err := pares.Verify(deflated(t, xml, withZlib), pool, at)
		if err != nil {
			if !errors.Is(err, pares.ErrUnreadable) && !errors.Is(err, pares.ErrSignature) {
				t.Errorf("%v is of no known kind", err)
			}
			return
		}
		got.MessageID = want.MessageID // outside what is signed
		if !reflect.DeepEqual(got, want) {
			t.Errorf("verified values that were never signed: %+v", got)
		}
	})
}
