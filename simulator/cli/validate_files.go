package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
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
}

const (
	kindScenario = "scenario"
	kindFixture  = "fixture"
)

// checkPaths checks files and the YAML files of folders, in the order given.
func checkPaths(paths []string) []checkedFile {
	catalogue := simulator.Catalogue()
	var results []checkedFile
	for _, path := range paths {
		files, err := yamlFiles(path)
		if err != nil {
			results = append(results, unreadable(path, err))
			continue
		}
		for _, file := range files {
			results = append(results, checkOne(file, catalogue))
		}
	}
	return results
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

func checkOne(file string, catalogue scenarios.Catalogue) checkedFile {
	text, err := readYAML(file)
	if err != nil {
		return unreadable(file, err)
	}
	r := checkedFile{File: file, Kind: kindScenario}
	if isFixture(file, text) {
		r.Kind = kindFixture
		loader := fixtures.Loader{CheckSetting: simulator.CheckFixtureSetting}
		if _, r.Problems, err = loader.Load(file); err != nil {
			return unreadable(file, err)
		}
	} else {
		// As the simulator reads it: several documents are several scenarios.
		_, r.Problems = scenarios.Check(file, text, catalogue)
	}
	r.OK = len(r.Problems) == 0
	if r.OK {
		r.Problems = []strictyaml.Problem{}
	}
	return r
}

// isFixture looks for the key that only fixture files have.
func isFixture(file string, text []byte) bool {
	documents, _ := strictyaml.ReadAll(file, text)
	for _, d := range documents {
		if d.Get("sandboxes") != nil {
			return true
		}
	}
	return false
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
