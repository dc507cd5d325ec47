package strictyaml

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The golden file is what `validate` prints: people and editors read it.
func TestFormatGolden(t *testing.T) {
	src := "version: 2\nnmae: x\n\tkind: test\n"
	var s shop
	problems := Decode("shop.yaml", []byte(src), &s)
	src = "version: 2\nnmae: x\nlabels: {æøå: [日本]}\ncount: 0777 # " + strings.Repeat("long ", 60) + "\nname: \"a\tb\"\nkind: \"\tx\"\n"
	problems = append(problems, Decode("other.yaml", []byte(src), &s)...)
	problems = append(problems, Decode("empty.yaml", nil, &s)...)
	problems = append(problems, Decode("control.yaml", []byte("name: \"\x1b[31m\"\n"), &s)...)
	problems = append(problems, Decode("bytes.yaml", []byte("name: \xff\n"), &s)...)
	var b bytes.Buffer
	if err := Format(&b, problems); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/format.golden"
	if *update {
		if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != string(want) {
		t.Errorf("printed:\n%s\nwant:\n%s", got, want)
	}
	if strings.ContainsRune(b.String(), '\x1b') {
		t.Error("a control character reached the terminal")
	}
}

// A line of any length keeps its caret under the offending character.
func TestFormatCutsLongLines(t *testing.T) {
	for _, column := range []int{1, 50, 1000, 1990, 2000, 2001} {
		line := []rune(strings.Repeat(".", 2000))
		if column <= len(line) {
			line[column-1] = 'X'
		}
		var b strings.Builder
		if err := Format(&b, []Problem{{File: "f", Line: 1, Column: column, Source: string(line)}}); err != nil {
			t.Fatal(err)
		}
		shown := strings.Split(b.String(), "\n")
		caret := strings.IndexByte(shown[2], '^')
		if len(shown[1]) > maxShown+20 {
			t.Errorf("column %d: %d characters are shown", column, len(shown[1]))
		}
		if column <= len(line) && shown[1][caret] != 'X' {
			t.Errorf("column %d: the caret is not under the mistake:\n%s", column, b.String())
		}
	}
}

type failingWriter struct{}

var errFull = errors.New("full")

func (failingWriter) Write([]byte) (int, error) { return 0, errFull }

func TestFormatTellsTheWritersError(t *testing.T) {
	if err := Format(failingWriter{}, []Problem{{}}); !errors.Is(err, errFull) {
		t.Errorf("error %v, want the writer's", err)
	}
}

func TestProblemJSON(t *testing.T) {
	tests := []struct {
		problem Problem
		want    string
	}{
		{Problem{"a.yaml", 3, 7, "wrong", "kind: x", "did you mean?"},
			`{"file":"a.yaml","line":3,"column":7,"message":"wrong","source":"kind: x","suggestion":"did you mean?"}`},
		{Problem{File: "a.yaml", Line: 1, Column: 1, Message: "wrong"},
			`{"file":"a.yaml","line":1,"column":1,"message":"wrong","source":""}`},
	}
	for _, tt := range tests {
		got, err := json.Marshal(tt.problem)
		if err != nil || string(got) != tt.want {
			t.Errorf("JSON %s (%v), want %s", got, err, tt.want)
		}
	}
}
