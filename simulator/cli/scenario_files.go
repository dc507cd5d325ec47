package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"cardsim/scenarios"
	"cardsim/scenarios/strictyaml"
	"cardsim/simulator/admin"
)

// scenarioText is what 'scenario use' sends: names alone, or documents joined
// into one text.
type scenarioText struct {
	names []string
	parts []part // empty when names are enough
}

// part is one file in the joined text.
type part struct {
	file  string
	text  []byte
	start int // the line in front of its first
}

// readScenarios reads shipped scenarios and files. The simulator opens no file
// for its callers, so a file is read here.
func readScenarios(args []string) (scenarioText, error) {
	t := scenarioText{names: args}
	files, line := 0, 0
	for _, arg := range args {
		shipped, ok := scenarios.Find(arg)
		p := part{file: arg, text: shipped.Source, start: line}
		if !ok {
			var err error
			if p.text, err = readScenario(arg); err != nil {
				return t, err
			}
			files++
		}
		p.text = append(bytes.TrimRight(p.text, "\r\n"), '\n')
		line += bytes.Count(p.text, []byte("\n")) + 1 // and the line between documents
		t.parts = append(t.parts, p)
	}
	if files == 0 {
		t.parts = nil
	}
	return t, nil
}

func readScenario(name string) ([]byte, error) {
	text, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("there is no scenario %q: neither a shipped one ('cardsim scenarios' lists them) nor a file", name)
	}
	if err != nil {
		return nil, fmt.Errorf("read the scenario: %w", err)
	}
	return text, nil
}

// message is the body: names as JSON, or the documents as YAML.
func (t scenarioText) message() (message, error) {
	if len(t.parts) == 0 {
		body, err := json.Marshal(map[string][]string{"use": t.names})
		return message{media: "application/json", body: body}, err
	}
	var docs [][]byte
	for _, p := range t.parts {
		docs = append(docs, p.text)
	}
	return message{media: "application/yaml", body: bytes.Join(docs, []byte("---\n"))}, nil
}

// refused prints the simulator's problems at their places in the files.
func (t scenarioText) refused(w io.Writer, p admin.Problem) error {
	list := make([]strictyaml.Problem, 0, len(p.Errors))
	for _, e := range p.Errors {
		if e.Line == 0 || len(t.parts) == 0 {
			_, _ = fmt.Fprintln(w, e.Detail)
			continue
		}
		list = append(list, t.locate(e))
	}
	if err := strictyaml.Format(w, list); err != nil {
		return err
	}
	return errors.New(p.Detail)
}

// locate finds the file, and the line in it, of a problem in the joined text.
func (t scenarioText) locate(e admin.ProblemError) strictyaml.Problem {
	at := t.parts[0]
	for _, p := range t.parts[1:] {
		if e.Line > p.start {
			at = p
		}
	}
	found := strictyaml.Problem{File: at.file, Line: e.Line - at.start, Column: e.Column, Message: e.Detail}
	if lines := strings.Split(string(at.text), "\n"); found.Line <= len(lines) {
		found.Source = strings.TrimSuffix(lines[found.Line-1], "\r")
	}
	return found
}
