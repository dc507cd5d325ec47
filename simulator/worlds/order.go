package worlds

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"cardsim/fixtures"
	"cardsim/scenarios/strictyaml"
	"cardsim/simulator/clock"
	"cardsim/simulator/director"
	"cardsim/simulator/sandbox"
)

// Order says what a new sandbox is to be. Its zero value is a sandbox with the
// next free name, seed 1, real time and nothing else.
type Order struct {
	ID            string // empty: the next free sb-N
	Seed          *uint64
	Clock         *time.Time // frozen there; nil: real time
	Scenarios     []director.Source
	Settings      map[string]map[string]any
	CardtokensKey []byte // RSA private key, PEM; empty: the published pair
}

// defaultSeed is that of fixture files (decisions 11).
const defaultSeed = 1

// idShape is that of fixture files too: ids stand in paths and begin stored keys.
var idShape = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`) })

// idRule tells the shape to people.
const idRule = "a sandbox id has lower-case letters, digits and hyphens, at most 63, and begins with a letter or a digit"

// notMade begins what is said of an order with faults.
const notMade = "the sandbox is not made"

// maxKeyBits bounds what a call can make this program work: decryption grows with
// the cube of the length.
const maxKeyBits = 8192

// CheckID says whether an id can be a sandbox's.
func CheckID(id string) error {
	if !idShape().MatchString(id) {
		return &InvalidError{Detail: notMade, Faults: []Fault{{Pointer: "/id", Detail: idRule}}}
	}
	return nil
}

// check finds everything that is wrong with an order.
func (k *Keeper) check(o Order) error {
	var faults []Fault
	if o.ID != "" && !idShape().MatchString(o.ID) {
		faults = append(faults, Fault{Pointer: "/id", Detail: idRule})
	}
	if o.Clock != nil {
		if err := clock.Check(*o.Clock); err != nil {
			faults = append(faults, Fault{Pointer: "/clock", Detail: err.Error()})
		}
	}
	faults = append(faults, CheckSettings("/settings", o.Settings)...)
	if len(o.CardtokensKey) > 0 {
		if err := checkKey(o.CardtokensKey); err != nil {
			faults = append(faults, Fault{Pointer: "/cardtokensKey", Detail: err.Error()})
		}
	}
	found, err := k.checkScenarios(o.Scenarios)
	if err != nil {
		return err
	}
	if faults = append(faults, found...); len(faults) > 0 {
		return &InvalidError{Detail: notMade, Faults: faults}
	}
	if len(o.Scenarios) > 1 { // each is good, but do they go together?
		_, err = k.cast(k.Registry.Default(), o.Scenarios)
	}
	return err
}

// cast prepares scenarios that are good each by itself.
func (k *Keeper) cast(w *sandbox.World, sources []director.Source) (*director.Cast, error) {
	cast, err := k.Director.Prepare(w, sources)
	if err != nil {
		return nil, &InvalidError{Detail: notMade, Faults: []Fault{{Pointer: "/scenarios", Detail: err.Error()}}}
	}
	return cast, nil
}

func checkKey(text []byte) error {
	key, err := fixtures.ParsePrivateKey(text)
	if err != nil {
		return err
	}
	if bits := key.N.BitLen(); bits > maxKeyBits {
		return fmt.Errorf("%w: it has %d bits, at most %d are allowed", fixtures.ErrKey, bits, maxKeyBits)
	}
	return nil
}

// CheckSettings finds every setting that does not exist or has a wrong value;
// under is the pointer of the settings themselves.
func CheckSettings(under string, given map[string]map[string]any) []Fault {
	var faults []Fault
	for _, group := range sortedKeys(given) {
		for _, name := range sortedKeys(given[group]) {
			if _, err := sandbox.CheckSetting(group, name, given[group][name]); err != nil {
				detail := err.Error()
				if near := strictyaml.Suggest(group+"."+name, settingNames()); near != "" && !known(group, name) {
					detail += "; " + near
				}
				faults = append(faults, Fault{Pointer: under + "/" + escape(group) + "/" + escape(name), Detail: detail})
			}
		}
	}
	return faults
}

func known(group, name string) bool { return slices.Contains(settingNames(), group+"."+name) }

func settingNames() []string {
	var names []string
	for _, s := range sandbox.SettingsCatalogue() {
		names = append(names, s.Key())
	}
	return names
}

// escape writes a name into a JSON pointer (RFC 6901).
func escape(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// checkScenarios reads every source and places its problems.
func (k *Keeper) checkScenarios(sources []director.Source) ([]Fault, error) {
	var faults []Fault
	for i, source := range sources {
		_, err := k.Director.Check([]director.Source{source})
		var problems *director.ProblemsError
		switch {
		case errors.As(err, &problems):
			for _, p := range problems.Problems {
				faults = append(faults, faultOf(i, p))
			}
		case err != nil:
			return nil, err
		}
	}
	return faults, nil
}

// faultOf leaves the source line out: it may hold a card number.
func faultOf(source int, p strictyaml.Problem) Fault {
	detail := p.Message
	if p.Suggestion != "" {
		detail += "; " + p.Suggestion
	}
	return Fault{Pointer: fmt.Sprintf("/scenarios/%d", source), Line: p.Line, Column: p.Column, Detail: detail}
}
