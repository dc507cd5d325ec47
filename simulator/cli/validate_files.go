package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cardsim/fixtures"
	"cardsim/scenarios"
	"cardsim/scenarios/strictyaml"
	"cardsim/simulator"
)

// checkedFile is what validate found in one file.
type checkedFile struct {
	File string `json:"file"`
	// Kind is scenario or fixture, empty for a file that could not be read.
	Kind string `json:"kind,omitempty"`
	OK   bool   `json:"ok"`
	// Problems is never null in JSON.
	Problems []strictyaml.Problem `json:"problems"`
	// Error says why the file could not be read.
	Error string `json:"error,omitempty"`

	text []byte
}

const (
	kindScenario = "scenario"
	kindFixture  = "fixture"
)

// checkPaths checks files and the YAML files of folders, in the order given, each
// once. Fixture files are checked together, as serve loads them.
func checkPaths(paths []string) []checkedFile {
	var results []checkedFile
	for _, path := range paths {
		files, err := yamlFiles(path)
		if err != nil {
			results = append(results, unreadable(path, err))
			continue
		}
		for _, file := range files {
			file = filepath.Clean(file)
			if !slices.ContainsFunc(results, func(r checkedFile) bool { return r.File == file }) {
				results = append(results, readOne(file))
			}
		}
	}
	judge(results)
	return results
}

// judge finds the problems of the files that could be read.
func judge(results []checkedFile) {
	catalogue := simulator.Catalogue()
	var given []fixtures.Source
	for i := range results {
		r := &results[i]
		switch r.Kind {
		case kindScenario:
			// As the simulator reads it: several documents are several scenarios.
			_, found := scenarios.Check(r.File, r.text, catalogue)
			r.Problems = append(r.Problems, found...)
		case kindFixture:
			given = append(given, fixtures.Source{Name: r.File, Text: r.text})
		}
	}
	_, found := simulator.FixtureLoader().Read(given...)
	for i := range results {
		r := &results[i]
		for _, p := range found {
			if r.Kind == kindFixture && p.File == r.File {
				r.Problems = append(r.Problems, p)
			}
		}
		r.OK = r.Error == "" && len(r.Problems) == 0
	}
}

// yamlFiles gives the path itself, or the YAML files of a folder by name, not
// those of folders in it.
func yamlFiles(path string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, e := range entries {
		if ext := strings.ToLower(filepath.Ext(e.Name())); !e.IsDir() && (ext == ".yaml" || ext == ".yml") {
			files = append(files, filepath.Join(path, e.Name()))
		}
	}
	if len(files) == 0 {
		return nil, errors.New("the folder holds no .yaml or .yml file")
	}
	return files, nil
}

// readOne reads a file and tells its kind.
func readOne(file string) checkedFile {
	text, err := readYAML(file)
	if err != nil {
		return unreadable(file, err)
	}
	r := checkedFile{File: file, Kind: kindScenario, Problems: []strictyaml.Problem{}, text: text}
	if isFixture(file, text) {
		r.Kind = kindFixture
	}
	return r
}

// isFixture looks for the key that only fixture files have, also misspelt: no key of
// a scenario is near it.
func isFixture(file string, text []byte) bool {
	documents, _ := strictyaml.ReadAll(file, text)
	return slices.ContainsFunc(documents, func(d *strictyaml.Node) bool {
		return slices.ContainsFunc(d.Pairs(), func(p strictyaml.Pair) bool {
			return strictyaml.Nearest(p.Key.Value, []string{"sandboxes"}) != ""
		})
	})
}

// readYAML reads one byte more than is accepted, so that a file that is too long
// is reported and not swallowed.
func readYAML(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(io.LimitReader(f, strictyaml.MaxSize+1))
}

// unreadable words an error of the file system.
func unreadable(path string, err error) checkedFile {
	reason := err
	var at *fs.PathError
	if errors.As(err, &at) {
		reason = at.Err
	}
	text := fmt.Sprintf("cannot read %s: %v", path, reason)
	if errors.Is(err, fs.ErrNotExist) {
		text = fmt.Sprintf("cannot read %s: there is no such file", path)
	}
	return checkedFile{File: path, Problems: []strictyaml.Problem{}, Error: text}
}
