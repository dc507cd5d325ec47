package scenarios_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cardsim/scenarios"
)

// TestAcceptedFiles is the freeze of the format: these files load, and mean what
// they meant when they were written. Files are added here, never changed.
func TestAcceptedFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/accepted/*.yaml")
	if err != nil || len(files) < 3 {
		t.Fatalf("files %v, %v", files, err)
	}
	schema := compileSchema(t, nil)
	full := compileSchema(t, catalogue())
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			s, problems := scenarios.CheckFile(path, src, catalogue())
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			golden(t, filepath.Join("accepted", strings.TrimSuffix(filepath.Base(path), ".yaml")+".json"), s.File)
			if err := schema.Validate(t, src); err != nil {
				t.Error(err)
			}
			if err := full.Validate(t, src); err != nil {
				t.Errorf("with operations and outcomes: %v", err)
			}
			if len(s.Demands()) != len(s.Expect) {
				t.Errorf("%d demands of %d expectations", len(s.Demands()), len(s.Expect))
			}
		})
	}
}
