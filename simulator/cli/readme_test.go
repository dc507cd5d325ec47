package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"cardsim/simulator/cli"
)

// TestReadmePrintsWhatValidatePrints holds the README's section on mistakes against
// what the program says of the same ten files.
func TestReadmePrintsWhatValidatePrints(t *testing.T) {
	shown := block(t, "../../README.md", "### What a mistake looks like", "text")
	args := append([]string{"validate"}, tenBrokenFiles(t)...)
	var out bytes.Buffer
	env := func(string) (string, bool) { return "", false }
	if code := cli.Main(args, cli.IO{In: &bytes.Buffer{}, Out: &out, Err: &out, Env: env}); code != 1 {
		t.Errorf("exit code %d, want 1", code)
	}
	if out.String() != shown {
		t.Errorf("the README shows\n%s\nthe program prints\n%s", shown, out.String())
	}
	for _, file := range args[1:] {
		if !strings.Contains(shown, file+":") {
			t.Errorf("nothing is shown of %s", file)
		}
	}
}

// tenBrokenFiles puts the broken files of the script of validate into a folder, works
// there and names them.
func tenBrokenFiles(t *testing.T) []string {
	t.Helper()
	script, err := txtar.ParseFile("testdata/script/validate.txtar")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	var files []string
	for _, f := range script.Files {
		if broken, err := filepath.Match("[01][0-9]-*.yaml", f.Name); err != nil || !broken {
			continue
		}
		if err := os.WriteFile(f.Name, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, f.Name)
	}
	slices.Sort(files)
	if len(files) != 10 {
		t.Fatalf("broken files: %q, want ten", files)
	}
	return files
}

// block is the first fenced block of a language below a heading.
func block(t *testing.T, file, heading, language string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, below, found := strings.Cut(string(text), "\n"+heading+"\n")
	_, inside, opened := strings.Cut(below, "\n```"+language+"\n")
	inside, _, closed := strings.Cut(inside, "```\n")
	if !found || !opened || !closed {
		t.Fatalf("%s has no block of %s below %q", file, language, heading)
	}
	return inside
}
