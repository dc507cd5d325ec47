package pares

import "testing"

// The expected forms follow the rules of Canonical XML 1.0, sections 2.3 and
// 2.4.
func TestCanonical(t *testing.T) {
	for _, c := range []struct{ name, xml, want string }{
		{"as it stands", `<r><e id="1">x</e></r>`, `<e id="1">x</e>`},
		{"empty element", `<r><e/></r>`, `<e></e>`},
		{"quotes and spacing", `<r><e  b = '2'  a='"1"' ></e ></r>`, `<e a="&quot;1&quot;" b="2"></e>`},
		{"comments go, CDATA becomes text", `<r><e>a<!-- no --><![CDATA[<b>]]></e></r>`, `<e>a&lt;b&gt;</e>`},
		{"references", `<r><e a="&#9;&#10;&lt;>">&#13;&quot;&gt;</e></r>`, `<e a="&#x9;&#xA;&lt;>">&#xD;"&gt;</e>`},
		{"inherited namespace shows", `<r xmlns="u" xmlns:p="v"><e><f/></e></r>`, `<e xmlns="u" xmlns:p="v"><f></f></e>`},
		{"repeated namespace does not", `<r><e xmlns="u"><f xmlns="u"/></e></r>`, `<e xmlns="u"><f></f></e>`},
		{"undeclared where declared above", `<r xmlns="u"><e xmlns=""><f/></e></r>`, `<e><f></f></e>`},
		{"undeclared below", `<r><e xmlns="u"><f xmlns=""/></e></r>`, `<e xmlns="u"><f xmlns=""></f></e>`},
		{"nearest declaration wins", `<r xmlns:p="far"><m xmlns:p="near"><e/></m></r>`, `<e xmlns:p="near"></e>`},
		{"attributes by namespace", `<r xmlns:a="z" xmlns:z="a"><e a:k="1" z:k="2" k="3"/></r>`, `<e xmlns:a="z" xmlns:z="a" k="3" z:k="2" a:k="1"></e>`},
		{"xml attributes are inherited", `<r xml:lang="en"><e/></r>`, `<e xml:lang="en"></e>`},
		{"line ends", "<r><e>a\r\nb\rc</e></r>", "<e>a\nb\nc</e>"},
	} {
		root, err := parse([]byte(c.xml))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		e := root.first("e")
		if e == nil {
			e = root.first("m", "e")
		}
		if got := string(canonical(e)); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

// What we write needs no canonicalising: a client may hash the bytes as sent.
func TestWriterWritesCanonicalForm(t *testing.T) {
	r := PARes{ID: "i", PAN: "&<>\"'\r", TX: TX{Status: "Y"}}
	for _, xml := range []string{r.body(), signedInfo("a", []byte("d"))} {
		e, err := parse([]byte(xml))
		if err != nil {
			t.Fatal(err)
		}
		if got := string(canonical(e)); got != xml {
			t.Errorf("written   %s\ncanonical %s", xml, got)
		}
	}
}
