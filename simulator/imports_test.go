package simulator_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// house is the list of design/architecture.md, "Who may know whom": a package
// imports only packages of lower layers, never one of its own or above. The
// exceptions are named.
var house = map[string]int{
	"cardsim/simulator/core":       1,
	"cardsim/simulator/clock":      1,
	"cardsim/web":                  1,
	"cardsim/scenarios/strictyaml": 1,
	"cardsim/scenarios/yamlschema": 1,
	"cardsim/fixtures/keys":        1,

	"cardsim/simulator/threeds/pares": 1, // pure codecs of the standard library
	"cardsim/simulator/threeds/emv":   1,
	"cardsim/simulator/threeds/jws":   1,

	"cardsim/simulator/threeds/emv/anybase64": 0, // serves both codecs

	"cardsim/simulator/collector": 0, // asks Go alone

	"cardsim/simulator/certs":   2,
	"cardsim/simulator/store":   2,
	"cardsim/fixtures":          2,
	"cardsim/scenarios":         2,
	"cardsim/simulator/sandbox": 3,
	"cardsim/simulator/agenda":  3,

	"cardsim/simulator/scheme":  4,
	"cardsim/simulator/issuer":  4,
	"cardsim/simulator/journal": 4,
	"cardsim/simulator/notify":  4,
	"cardsim/simulator/wire":    4,

	"cardsim/simulator/threeds": 5,
	"cardsim/simulator/pay":     5,
	"cardsim/simulator/metrics": 5,
	"cardsim/simulator/guard":   5,

	"cardsim/simulator/provider": 6,
	"cardsim/simulator/due":      6,
	"cardsim/simulator/events":   6,

	"cardsim/simulator/acs":                 7,
	"cardsim/simulator/provider/cardtokens": 7,
	"cardsim/simulator/provider/acehub":     7,
	"cardsim/simulator/provider/cardinal":   7,
	"cardsim/simulator/provider/cipher":     7,

	"cardsim/simulator/director": 7, // a planner of the pipeline

	"cardsim/simulator/worlds":  8,
	"cardsim/simulator/doctor":  9,
	"cardsim/simulator/admin":   9,
	"cardsim/simulator/console": 9, // a client of the admin API: it may not reach into the simulator
	"cardsim/simulator":         10,
	"cardsim/simulator/demo":    10, // a client: it may not reach into the simulator
	"cardsim/simulator/shop":    10, // likewise
	"cardsim/simulator/cli":     11,
	"cardsim":                   12,
}

// door is a third-party module that only one package may open.
var doors = map[string]string{
	"github.com/gorilla/mux":              "cardsim/simulator/wire",
	"go.etcd.io/bbolt":                    "cardsim/simulator/store",
	"github.com/brianvoe/gofakeit/v6":     "cardsim/fixtures",
	"go.yaml.in/yaml/v4":                  "cardsim/scenarios/strictyaml",
	"github.com/expr-lang/expr":           "cardsim/scenarios",
	"github.com/invopop/jsonschema":       "cardsim/scenarios/yamlschema",
	"github.com/spf13/cobra":              "cardsim/simulator/cli",
	"github.com/fsnotify/fsnotify":        "cardsim/simulator",
	"math/rand/v2":                        "cardsim/simulator/sandbox",
	"github.com/prometheus/client_golang": "cardsim/simulator/metrics",
}

// pkg is what go list tells of a package, without its tests.
type pkg struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "cardsim/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var list []pkg
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		list = append(list, p)
	}
}

// testSupport packages serve tests, or are examples of tests, and may look anywhere.
func testSupport(path string) bool {
	return strings.HasSuffix(path, "test") || strings.HasPrefix(path, "cardsim/scenarios/examples")
}

func TestImportsPointDown(t *testing.T) {
	for _, p := range packages(t) {
		if testSupport(p.ImportPath) {
			continue
		}
		layer, known := house[p.ImportPath]
		if !known {
			t.Errorf("%s is not in the house list: give it a layer", p.ImportPath)
			continue
		}
		for _, imp := range p.Imports {
			if !strings.HasPrefix(imp, "cardsim") {
				continue
			}
			if testSupport(imp) {
				t.Errorf("%s imports the test package %s", p.ImportPath, imp)
			}
			if below := house[imp]; below >= layer {
				t.Errorf("%s (layer %d) imports %s (layer %d): imports point down", p.ImportPath, layer, imp, below)
			}
		}
	}
}

func TestProvidersStayApart(t *testing.T) {
	for _, p := range packages(t) {
		if !strings.HasPrefix(p.ImportPath, "cardsim/simulator/provider/") || testSupport(p.ImportPath) {
			continue
		}
		for _, imp := range p.Imports {
			if imp == "cardsim/simulator/store" || strings.HasPrefix(imp, "cardsim/simulator/provider/") {
				t.Errorf("%s imports %s: a provider knows neither the store nor another provider", p.ImportPath, imp)
			}
		}
	}
}

func TestOneDoorEach(t *testing.T) {
	for _, p := range packages(t) {
		for _, imp := range p.Imports {
			for module, owner := range doors {
				if (imp == module || strings.HasPrefix(imp, module+"/")) && p.ImportPath != owner && !testSupport(p.ImportPath) {
					t.Errorf("%s imports %s: only %s may", p.ImportPath, imp, owner)
				}
			}
		}
	}
}

func TestWebAndCoreKnowNothingOfOurs(t *testing.T) {
	pure := []string{"cardsim/simulator/core", "cardsim/simulator/clock", "cardsim/web"}
	for _, p := range packages(t) {
		if !slices.Contains(pure, p.ImportPath) {
			continue
		}
		for _, imp := range p.Imports {
			if strings.HasPrefix(imp, "cardsim") || strings.Contains(strings.Split(imp, "/")[0], ".") {
				t.Errorf("%s imports %s: the standard library only", p.ImportPath, imp)
			}
		}
	}
}
