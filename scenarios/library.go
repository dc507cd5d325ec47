package scenarios

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed *.yaml
var library embed.FS

// Shipped is a scenario file of the library.
type Shipped struct {
	// Name is the scenario's and, with .yaml, the file's.
	Name   string
	Source []byte
}

// Library lists the shipped scenarios by name. The error is that of a damaged
// build.
func Library() ([]Shipped, error) {
	entries, err := library.ReadDir(".")
	if err != nil {
		return nil, fmt.Errorf("list the shipped scenarios: %w", err)
	}
	list := make([]Shipped, 0, len(entries))
	for _, e := range entries {
		source, err := library.ReadFile(e.Name())
		if err != nil {
			return nil, fmt.Errorf("read the shipped scenario: %w", err)
		}
		list = append(list, Shipped{Name: strings.TrimSuffix(e.Name(), ".yaml"), Source: source})
	}
	return list, nil
}

// Find gives a shipped scenario by its name.
func Find(name string) (Shipped, bool) {
	if strings.ContainsAny(name, `/\`) {
		return Shipped{}, false
	}
	source, err := library.ReadFile(name + ".yaml")
	return Shipped{Name: name, Source: source}, err == nil
}
