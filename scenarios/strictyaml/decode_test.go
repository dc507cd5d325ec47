package strictyaml

import (
	"reflect"
	"testing"
	"time"
)

// shop is a small format with one field of every sort.
type shop struct {
	Version int               `yaml:"version,required" enum:"1"`
	Name    string            `yaml:"name,required"`
	Kind    string            `yaml:"kind" enum:"test,live"`
	Count   int8              `yaml:"count"`
	Size    uint16            `yaml:"size"`
	Rate    float64           `yaml:"rate"`
	On      bool              `yaml:"on"`
	Delay   time.Duration     `yaml:"delay"`
	At      time.Time         `yaml:"at"`
	Later   *time.Time        `yaml:"later"`
	Any     any               `yaml:"any"`
	Tags    []string          `yaml:"tags" enum:"red,green,blue"`
	Labels  map[string]string `yaml:"labels"`
	Inner   *inner            `yaml:"inner"`
	List    []inner           `yaml:"list"`
	Step    step              `yaml:"step"`
	Raw     *Node             `yaml:"raw"`
	common  `yaml:",inline"`
	Ignored string
	Hidden  string `yaml:"-"`
}

type common struct {
	Note string `yaml:"note"`
}

type inner struct {
	BusinessID string `yaml:"businessId,required"`
	Low        int    `yaml:"low"`
	High       int    `yaml:"high"`
}

// CheckNode is the rule that types cannot show: low comes before high.
func (i *inner) CheckNode(n *Node, r *Report) {
	if i.Low > i.High {
		r.Add(n.At("low"), "low is above high", "")
	}
}

// step is the word pass, or a mapping.
type step struct {
	Pass    bool
	Outcome string
}

func (s *step) UnmarshalNode(n *Node, r *Report) {
	if n.Kind == Text {
		if s.Pass = n.Value == "pass"; !s.Pass {
			r.Add(n, "a step is the word pass or a mapping", Suggest(n.Value, []string{"pass"}))
		}
		return
	}
	var m struct {
		Outcome string `yaml:"outcome,required"`
	}
	n.Decode(&m)
	s.Outcome = m.Outcome
}

func TestDecodeEverything(t *testing.T) {
	const src = `version: 1
name: "Ærø & Søn"
kind: live
count: -128
size: 65535
rate: 3
on: true
delay: 1m30s
at: 2026-01-02T03:04:05Z
later: "2026-01-02T03:04:05+01:00"
any: {a: [1, 2.5, true, null, "x", {b: c}]}
tags: [red, blue]
labels: {a: b, 200: ok}
inner: {businessId: "1", low: 1, high: 2}
list: [{businessId: "2"}, {businessId: yes}]
step: {outcome: ok}
raw: [1, two]
note: |
  two
  lines
`
	var got shop
	if problems := Decode("f", []byte(src), &got); len(problems) > 0 {
		t.Fatal(problems)
	}
	raw := got.Raw
	if raw == nil || raw.Kind != Sequence || len(raw.Items()) != 2 || raw.Items()[1].Value != "two" || raw.Line != 17 || raw.Column != 6 {
		t.Errorf("raw is %+v", raw)
	}
	got.Raw = nil
	later := time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("", 3600))
	if got.Later == nil || !got.Later.Equal(later) {
		t.Errorf("later is %v", got.Later)
	}
	got.Later = nil
	want := shop{
		Version: 1, Name: "Ærø & Søn", Kind: "live", Count: -128, Size: 65535, Rate: 3, On: true, Delay: 90 * time.Second,
		At:   time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		Any:  map[string]any{"a": []any{1, 2.5, true, nil, "x", map[string]any{"b": "c"}}},
		Tags: []string{"red", "blue"}, Labels: map[string]string{"a": "b", "200": "ok"},
		Inner: &inner{"1", 1, 2}, List: []inner{{BusinessID: "2"}, {BusinessID: "yes"}},
		Step: step{Outcome: "ok"}, common: common{Note: "two\nlines\n"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("decoded\n got %+v\nwant %+v", got, want)
	}
}

func TestDecodeAll(t *testing.T) {
	type doc struct {
		A int `yaml:"a,required"`
	}
	got, problems := DecodeAll[doc]("f", []byte("a: 1\n---\na: 2\n...\n---\na: 3\n"))
	checkProblems(t, problems)
	if want := []doc{{1}, {2}, {3}}; !reflect.DeepEqual(got, want) {
		t.Errorf("documents %v, want %v", got, want)
	}
	_, problems = DecodeAll[doc]("f", []byte("a: x\n---\nb: 2\n---\n"))
	checkProblems(t, problems,
		`f:1:4: a must be a whole number, not the text "x"`,
		`f:3:1: unknown key "b"; known here: a`,
		`f:3:1: required key "a" is missing`,
		`f:4:1: the document is empty`)
	if got, problems := DecodeAll[doc]("f", []byte("a: 1\n---\na: [\n")); got != nil || len(problems) != 1 {
		t.Errorf("a syntax error gave %v and %v", got, problems)
	}
	if _, problems := DecodeAll[doc]("f", nil); len(problems) != 1 {
		t.Errorf("an empty file gave %v", problems)
	}
}

func TestReadAll(t *testing.T) {
	documents, report := ReadAll("f", []byte("a: 1\n---\n---\na: 2\n"))
	if len(documents) != 2 || documents[1].Get("a").Value != "2" {
		t.Fatalf("documents %v, want the two that are not empty", documents)
	}
	documents[1].At("a").Report("not this", "")
	checkProblems(t, report.Problems(), "f:2:1: the document is empty", "f:4:4: not this")
	if documents, report := ReadAll("f", []byte("a: [\n")); documents != nil || len(report.Problems()) != 1 {
		t.Errorf("a syntax error gave %v and %v", documents, report.Problems())
	}
}

func TestDecodeWantsAPointer(t *testing.T) {
	checkProblems(t, Decode("f", []byte("a: 1\n"), shop{}),
		"f:1:1: this cannot be read: the program gave no pointer to read it into")
}

func TestReadLetsCallersReport(t *testing.T) {
	var s shop
	root, report := Read("f", []byte("version: 1\nname: x\nlist:\n  - {businessId: \"1\"}\n  - {businessId: \"1\"}\n"), &s)
	if root == nil {
		t.Fatal(report.Problems())
	}
	root.At("list", 1, "businessId").Report("given twice", "use another")
	root.At("name").Key().Report("at the key", "")
	root.At("list", 7).Report("at the list, since there is no eighth", "")
	root.At("version", "x").Report("at the version", "")
	checkProblems(t, report.Problems(), "f:1:10: at the version", "f:2:1: at the key",
		"f:4:3: at the list, since there is no eighth", "f:5:18: given twice")
}

func checkProblems(t *testing.T, problems []Problem, want ...string) {
	t.Helper()
	var got []string
	for _, p := range problems {
		got = append(got, p.String())
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("problems:\n got %q\nwant %q", got, want)
	}
}
