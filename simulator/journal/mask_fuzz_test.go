package journal

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// plants are the ways in which a body of each kind names a card number. Whatever
// stands around them, well-formed or not, the number must not come out.
func plants(pan string) map[Kind][]string {
	var json, xml, form, html []string
	for _, name := range []string{"pan", "PAN", "cardNumber", "CardNumber", "card_number", "token", "AcctNumber", "TokenNumber"} {
		json = append(json, `"`+name+`":"`+pan+`"`, `"`+name+`" : `+pan+` `, `"`+name+`":["`+pan+`"]`)
		xml = append(xml, "<"+name+">"+pan+"</"+name+">", "<"+name+" a='b'>\n"+pan+"\n</"+name+">", "<c "+name+"='"+pan+"'/>")
		form = append(form, "&"+name+"="+pan+"&", "&"+name+"=+"+pan+"%20&")
		html = append(html, `<input name="`+name+`" value="`+pan+`">`, `<input value='`+pan+`' name=`+name+`>`)
	}
	json = append(json, `"card":{"number":"`+pan+`"}`, `"card":[{"number":`+pan+`}]`)
	return map[Kind][]string{JSON: json, XML: xml, Form: form, HTML: append(html, xml...), Text: append(form, json...)}
}

func FuzzMaskPlantedNumber(f *testing.F) {
	f.Add(uint8(1), uint8(0), "{", "}")
	f.Add(uint8(1), uint8(3), `{"a":[{"id":{`, `}}]}`)
	f.Add(uint8(2), uint8(0), "<a><id>", "</id></a>")
	f.Add(uint8(2), uint8(1), `<a id="`, `"/>`)
	f.Add(uint8(3), uint8(0), "cmpi_msg=%3Ca%3E", "x=%4")
	f.Add(uint8(4), uint8(0), "<script>", "</script>")
	f.Fuzz(func(t *testing.T, kind, which uint8, before, after string) {
		k := Kind(kind % 5)
		for _, pan := range []string{plantedPAN, oddPAN} {
			all := plants(pan)[k]
			plant := all[int(which)%len(all)]
			got := MaskBody(k, []byte(before+plant+after), nil)
			if pan == plantedPAN && strings.Contains(got, pan) && !strings.Contains(before+after, pan) {
				t.Errorf("%s shows in %q, masked from %q", pan, got, before+plant+after)
			}
			if got := MaskBody(k, []byte(before+plant+after), []string{pan}); strings.Contains(got, pan) {
				t.Errorf("%s is known and shows in %q, masked from %q", pan, got, before+plant+after)
			}
		}
	})
}

func FuzzMaskSecret(f *testing.F) {
	for _, kind := range []uint8{0, 1, 2, 3, 4} {
		f.Add(kind, `{"a":"`, "s3cret/+=", `"}`)
		f.Add(kind, "a=%", "123456789", "&b")
		f.Add(kind, "<a>&#", `\\%41%`, ";</a>")
	}
	f.Fuzz(func(t *testing.T, kind uint8, before, secret, after string) {
		if len(secret) < anywhereSecret || strings.Contains(before+after, secret) {
			t.Skip("too short to be searched for, or no secret at all")
		}
		if strings.ContainsAny(secret, "[]*") {
			t.Skip("what stands in place of secrets could spell such a one")
		}
		got := MaskBody(Kind(kind%5), []byte(before+secret+after), []string{secret})
		if strings.Contains(got, secret) {
			t.Errorf("%q shows in %q, masked from %q", secret, got, before+secret+after)
		}
	})
}

func FuzzMaskHeaderAndQuery(f *testing.F) {
	f.Add("a=1&otp=123456", "Bearer abc")
	f.Add("businessId=770000&limit=5", "")
	f.Fuzz(func(t *testing.T, query, header string) {
		if got := MaskQuery(query + "&PAN=" + plantedPAN); strings.Contains(got, plantedPAN) && !strings.Contains(query, plantedPAN) {
			t.Errorf("MaskQuery shows the number: %q", got)
		}
		if harmless(query) && MaskBody(Form, []byte(query), nil) != query {
			t.Errorf("%q is taken as it is", query)
		}
		for _, name := range []string{"Authorization", "Cookie", "Set-Cookie", "X-Api-Key", "Location"} {
			if got := maskHeader(name, header); utf8.ValidString(header) && !utf8.ValidString(got) {
				t.Errorf("maskHeader(%s, %q) = %q is not UTF-8", name, header, got)
			}
		}
	})
}
