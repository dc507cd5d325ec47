package strictyaml

import (
	"strings"
	"testing"
)

// Every document here is wrong. The head makes the rest of it good where the
// case is not about the head: two lines, so that cases begin on line 3.
const head = "version: 1\nname: x\n"

func TestBrokenDocuments(t *testing.T) {
	tests := []struct {
		name, src string
		want      []string
	}{
		// Reading.
		{"empty file", "", []string{"1:1: the file is empty"}},
		{"comments only", "# nothing\n", []string{"1:1: the file is empty"}},
		{"empty document", "---\n", []string{"1:1: the document is empty"}},
		{"not UTF-8", "name: \xff\n", []string{"1:7: this byte is not UTF-8; save the file as UTF-8"}},
		{"UTF-16", "\xff\xfea\x00", []string{"1:1: this byte is not UTF-8; save the file as UTF-8"}},
		{"control character", "é: \x01\n", []string{"1:4: the control character U+0001 is not allowed"}},
		{"line separator", "a: 1\r\nb: x\u2028y\n",
			[]string{"2:5: the line separator U+2028 is not allowed; write it as an escape in double quotes"}},
		{"second byte order mark", "\ufeffa: \ufeff\n", []string{"1:4: a byte order mark is only allowed at the beginning of the file"}},
		{"too long", strings.Repeat("#", MaxSize+1), []string{"1:1: the file is too long: at most 1048576 bytes are read"}},
		{"too deep", "version: " + strings.Repeat("[", 80) + strings.Repeat("]", 80), []string{"1:73: lists and mappings are nested too deep here"}},

		// Syntax: one problem, and the pass ends (decisions 21).
		{"unclosed quote", head + "note: \"open\nkind: tset\n", []string{"3:7: the quote opened here is never closed"}},
		{"unclosed single quote", head + "note: 'it''s\n", []string{"3:7: the quote opened here is never closed"}},
		{"quote cut by a document", head + "note: 'it\n---\n", []string{"3:7: the quote opened here is never closed"}},
		{"tab", head + "inner:\n\tbusinessId: x\n", []string{"4:1: a tab cannot indent"}},
		{"indented too far", head + "  kind: test\n",
			[]string{"3:7: a key cannot stand here: indent it like its neighbours, or quote the value that holds this colon"}},
		{"indented too little", head + "list:\n  - businessId: \"1\"\n - businessId: \"2\"\n",
			[]string{"5:2: this line fits neither the mapping above nor a new one: check its indentation"}},
		{"colon in a value", head + "note: a: b\n",
			[]string{"3:8: a key cannot stand here: indent it like its neighbours, or quote the value that holds this colon"}},
		{"no space after the colon", head + "note:x\nkind: test\n", []string{"3:5: there is no space after this colon"}},
		{"line without a colon", head + "note\nkind: test\n",
			[]string{"4:1: this line is no `key: value`: the colon is missing, or the indentation is wrong"}},
		{"unclosed list", head + "tags: [red,\nkind: test\n",
			[]string{"4:11: a comma or ] is missing before this, to go on with or to close what was opened on line 3, column 7"}},
		{"unclosed mapping", head + "labels: {a: b\nkind: test\n",
			[]string{"4:5: a comma or } is missing before this, to go on with or to close what was opened on line 3, column 9"}},
		{"closed twice", "{version: 1}}", []string{"1:13: this does not belong to the document that ended above"}},
		{"list in a mapping", "- a\nb: 1\n", []string{"2:1: this line fits neither the list above nor a new one: check its indentation"}},
		{"reserved character", head + "note: @home\n", []string{"3:7: a value cannot begin with @"}},
		{"unknown escape", head + "note: \"ø\\q\"\n", []string{"3:9: this escape does not exist in double quotes; use single quotes, or double the backslash"}},
		{"unknown alias", head + "note: *x\n", []string{"3:7: this is not YAML: unknown anchor 'x' referenced"}},
		{"YAML 1.3", "%YAML 1.3\n---\na: 1\n", []string{"1:1: this YAML version is not supported; leave the directive out"}},

		// What YAML can and we refuse.
		{"second document", head + "---\nversion: 1\n", []string{"3:1: a second document begins here, but this file takes one"}},
		{"anchor and alias", head + "note: &n x\nkind: *n\n",
			[]string{"3:7: &n: anchors and aliases are not supported; write the value out", "4:7: *n: anchors and aliases are not supported; write the value out"}},
		{"merge key", head + "inner: {<<: {low: 1}, businessId: \"1\"}\n", []string{"3:9: merge keys are not supported; write the keys out"}},
		{"tag", head + "note: !!str 5\n", []string{"3:7: the tag !!str is not supported"}},
		{"key that is a list", head + "? [a]\n: 1\n", []string{"3:3: a key must be plain text, not a list"}},
		{"empty key", head + "labels: {~: x}\n", []string{"3:10: a key must be plain text, not nothing"}},
		{"duplicate key", head + "kind: test\nname: y\n", []string{`4:1: key "name" is given twice; it is first given on line 2`}},

		// Keys.
		{"unknown key, near", "version: 1\nnmae: x\n", []string{`2:1: unknown key "nmae"`}},
		{"unknown key, other case", head + "inner: {business_id: x}\n", []string{`3:9: unknown key "business_id"`}},
		{"unknown key, far", head + "inner: {colour: x, businessId: y}\n", []string{`3:9: unknown key "colour"; known here: businessId, low, high`}},
		{"missing keys", "kind: test\n", []string{`1:1: required key "version" is missing`, `1:1: required key "name" is missing`}},
		{"missing key in a list", head + "list:\n  - low: 0\n", []string{`4:5: required key "businessId" is missing`}},
		{"empty text", "version: 1\nname: \"\"\n", []string{"2:7: name must not be empty"}},
		{"no value", head + "kind:\nrate: ~\n", []string{"3:1: kind has no value", "4:1: rate has no value"}},
		{"no value in a list", head + "tags: [red, ~]\n", []string{"3:13: this entry has no value"}},

		// Values.
		{"version", "version: 2\nname: x\n", []string{"1:10: version must be 1, not 2"}},
		{"version as text", "version: \"1\"\nname: x\n", []string{`1:10: version must be a whole number, not the text "1"`}},
		{"number for text", "version: 1\nname: 012\n", []string{"2:7: name must be text, not a whole number"}},
		{"boolean for text", "version: 1\nname: true\n", []string{"2:7: name must be text, not true or false"}},
		{"list for text", "version: 1\nname: [x]\n", []string{"2:7: name must be text, not a list"}},
		{"text for boolean", head + "on: yes\n", []string{`3:5: on must be true or false, not the text "yes"`}},
		{"octal", head + "count: 0777\n", []string{"3:8: count must be written in plain decimal digits, not 0777"}},
		{"underscores", head + "count: 1_0\n", []string{"3:8: count must be written in plain decimal digits, not 1_0"}},
		{"too large", head + "count: 128\n", []string{"3:8: count is out of range: 128"}},
		{"too large for anything", head + "any: 99999999999999999999\n", []string{"3:6: any is out of range: 99999999999999999999"}},
		{"negative", head + "size: -1\n", []string{"3:7: size must not be negative"}},
		{"decimal for whole", head + "count: 1.0\n", []string{"3:8: count must be a whole number, not 1.0"}},
		{"text for number", head + "rate: fast\n", []string{`3:7: rate must be a number, not the text "fast"`}},
		{"not finite", head + "rate: .nan\n", []string{"3:7: rate is not a number that can be read: .nan"}},
		{"enum", head + "kind: tset\n", []string{`3:7: kind must be one of test, live, not the text "tset"`}},
		{"enum in a list", head + "tags:\n- red\n- grene\n", []string{`5:3: this entry must be one of red, green, blue, not the text "grene"`}},
		{"duration without unit", head + "delay: 5\n", []string{"3:8: delay needs a unit"}},
		{"duration", head + "delay: soon\n", []string{`3:8: delay must be a duration, not the text "soon"`}},
		{"time", head + "at: 2026-01-02\n", []string{`3:5: at must be a point in time, not the text "2026-01-02"`}},
		{"text for list", head + "tags: red\n", []string{`3:7: tags must be a list, not the text "red"`}},
		{"text for mapping", head + "inner: red\nlabels: 1\n",
			[]string{`3:8: inner must be a mapping, not the text "red"`, "4:9: labels must be a mapping, not 1"}},
		{"root is text", "hello\n", []string{`1:1: the document must be a mapping, not the text "hello"`}},
		{"own reader", head + "step: psas\n", []string{"3:7: a step is the word pass or a mapping"}},
		{"below an own reader", head + "step: {outcom: ok}\n", []string{`3:8: unknown key "outcom"`}},
		{"own check", head + "list: [{businessId: \"1\", low: 3, high: 2}]\n", []string{"3:31: low is above high"}},
		{"columns are characters", head + "labels: {æøå: [日本], é: 1}\n",
			[]string{"3:15: æøå must be text, not a list", "3:24: é must be text, not a whole number"}},
		{"Windows line ends", "version: 1\r\nname: x\r\nkind: tset\r\n", []string{`3:7: kind must be one of test, live, not the text "tset"`}},
		{"all at once", "version: 3\nnmae: x\nkind: tset\ncount: many\nlist: [{}]\n", []string{
			"1:10: version must be 1, not 3", `2:1: unknown key "nmae"`, `3:7: kind must be one of test, live, not the text "tset"`,
			`4:8: count must be a whole number, not the text "many"`, `5:8: required key "businessId" is missing`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var want []string
			for _, w := range tt.want {
				want = append(want, "f:"+w)
			}
			var s shop
			checkProblems(t, Decode("f", []byte(tt.src), &s), want...)
		})
	}
}

func TestSuggestions(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"key", "version: 1\nnmae: x\n", `did you mean "name"?`},
		{"key in another case", head + "inner: {business_id: x}\n", `did you mean "businessId"?`},
		{"value", head + "kind: tset\n", `did you mean "test"?`},
		{"text in quotes", "version: 1\nname: 0815\n", `put it in quotes: "0815"`},
		{"duration", head + "delay: 5\n", "write a duration such as 5s or 5ms"},
		{"nothing near", head + "kind: production\n", ""},
		{"tab", head + "inner:\n\tlow: 1\n", "indent with spaces"},
		{"colon", head + "note:x\nkind: test\n", "write a space after the colon: `key: value`"},
		{"reserved character", head + "note: `x`\n", "put the value in quotes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var s shop
			problems := Decode("f", []byte(tt.src), &s)
			if len(problems) != 1 || problems[0].Suggestion != tt.want {
				t.Errorf("problems %+v, want one with the suggestion %q", problems, tt.want)
			}
		})
	}
}

// A document of a few hundred bytes that would stand for billions of values if
// aliases were followed.
func TestBillionLaughs(t *testing.T) {
	var b strings.Builder
	b.WriteString("a0: &a0 [x, x]\n")
	for i := 1; i < 30; i++ {
		p, n := string(rune('a'+i-1)), string(rune('a'+i))
		if i == 1 {
			p = "a0"
		}
		b.WriteString(n + "1: &" + n + " [*" + p + ", *" + p + "]\n")
	}
	var into any
	problems := Decode("f", []byte(b.String()), &into)
	if len(problems) == 0 || len(problems) > 100 {
		t.Errorf("%d problems, want one for each anchor and alias", len(problems))
	}
}
