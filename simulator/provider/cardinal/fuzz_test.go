package cardinal

import (
	"encoding/xml"
	"maps"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzDecode: the decoder takes anything and gives back flat text, and what an
// answer writes it reads again.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		"<CardinalMPI><MsgType>cmpi_lookup</MsgType></CardinalMPI>", "\n<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><CardinalMPI><A>\xe9</A></CardinalMPI>\n",
		"<CardinalMPI><A><![CDATA[a&amp;b]]></A><A/></CardinalMPI>", "<CardinalMPI><A>&eacute;&#233;</A></CardinalMPI>", "<CardinalMPI>", "<a:CardinalMPI x=y></a:CardinalMPI>", "",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := decode(text)
		if err != nil {
			return
		}
		if len(m) > maxElements {
			t.Fatalf("%d elements", len(m))
		}
		for name, value := range m {
			if value != strings.TrimSpace(value) || name == "" {
				t.Fatalf("%q is %q", name, value)
			}
		}
	})
}

// FuzzDecodePlain: what the quick reader reads, the full one reads alike.
func FuzzDecodePlain(f *testing.F) {
	for _, seed := range []string{
		`<?xml version="1.0" encoding="UTF-8"?>` + "\n<CardinalMPI>\n<A>x &amp;&lt;&gt;&quot;&apos; y</A>\t<B/><A> </A><b.c-1> z\n</b.c-1></CardinalMPI>",
		"<CardinalMPI><A>1</A><A></A></CardinalMPI>", "<CardinalMPI><A>]]></A></CardinalMPI>", "<CardinalMPI><A><B>1</B></A></CardinalMPI>",
		"<CardinalMPI><A>&#65;</A></CardinalMPI>", "<CardinalMPI><A>\r\n</A></CardinalMPI>", "<CardinalMPI></CardinalMPI>", "<CardinalMPI>x</CardinalMPI>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.TrimSpace(text)
		plain, ok := decodePlain(text)
		if !ok {
			return
		}
		full, err := decodeFull(text)
		if err != nil || !maps.Equal(plain, full) {
			t.Fatalf("%q is read as %q, in full as %q (%v)", text, plain, full, err)
		}
	})
}

// The messages of ordinary senders are read the quick way.
func TestUsualMessagesArePlain(t *testing.T) {
	for text, want := range map[string]bool{
		`<?xml version="1.0" encoding="UTF-8"?>` + "\n<CardinalMPI>\n<A>x &amp; y</A>\t<B/><A> </A></CardinalMPI>": true,
		"<CardinalMPI><A>1</A></CardinalMPI>": true,
		"<CardinalMPI><A>é</A></CardinalMPI>": false, "<CardinalMPI><A x='1'>1</A></CardinalMPI>": false, "<CardinalMPI><!-- --></CardinalMPI>": false,
		"<CardinalMPI><A><![CDATA[1]]></A></CardinalMPI>": false, "<CardinalMPI><A>1</B></CardinalMPI>": false, "<CardinalMPI><A>1</A>": false, "<CardinalMPI": false, "": false,
	} {
		if m, ok := decodePlain(text); ok != want {
			t.Errorf("%q: %v %q", text, ok, m)
		}
	}
}

// FuzzDocument: every value leaves as well-formed XML on one line and comes back.
func FuzzDocument(f *testing.F) {
	f.Add("plain")
	f.Add(`<&>"' é \x00 ]]>`)
	f.Fuzz(func(t *testing.T, value string) {
		text := string(document{{"Value", value}}.text())
		var back struct{ Value string }
		if err := xml.Unmarshal([]byte(text), &back); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if strings.ContainsAny(text, "\n\r") {
			t.Fatalf("%q is not one line", text)
		}
		clean := strings.Map(func(r rune) rune {
			if r < ' ' || r == 0x7f || r == 0xfffe || r == 0xffff {
				return -1
			}
			return r
		}, value)
		if utf8.ValidString(value) && back.Value != clean {
			t.Fatalf("%q came back as %q", value, back.Value)
		}
	})
}

// FuzzForm: a form field is found whatever surrounds it.
func FuzzForm(f *testing.F) {
	f.Add("cmpi_msg=a", "cmpi_msg")
	f.Add("x&%zz=1&cmpi_msg=%3C&cmpi_msg=", "cmpi_msg")
	f.Add("\ncmpi_msg=%0A+", "cmpi_msg")
	f.Fuzz(func(t *testing.T, body, name string) {
		value, ok := formValue([]byte(body), name)
		if !ok && value != "" {
			t.Fatalf("a value %q without a field", value)
		}
		if again, found := formValue([]byte("a=b&"+body), name); ok && name != "a" && (!found || again != value) {
			t.Fatalf("%q after another field, %q alone", again, value)
		}
	})
}
