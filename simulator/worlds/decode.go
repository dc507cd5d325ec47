package worlds

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"cardsim/simulator/clock"
)

// notImported begins what is said of a file that cannot be used.
const notImported = "the file is not imported, the sandbox stays as it is"

// decodeFile reads a portable file and checks that it is one, whole, and of a
// version that this program knows. It never repeats what stands in the file.
func decodeFile(text []byte) (portable, error) {
	var p portable
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if json.Unmarshal(text, &head) != nil || head.Format != Format {
		return p, broken("", "it is no export of cardsim: JSON with \"format\": \""+Format+"\" is expected")
	}
	if head.Version > Version {
		return p, broken("/version", fmt.Sprintf("it is of version %d, which a newer cardsim has written; this one reads up to %d", head.Version, Version))
	}
	if head.Version < 1 {
		return p, broken("/version", "versions begin with 1")
	}
	var f File
	if err := strict(text, "", &f); err != nil {
		return p, err
	}
	sum, err := checksum(f.Sandbox)
	if err != nil {
		return p, broken("/sandbox", "it is missing or no JSON")
	}
	if sum != f.Checksum {
		return p, broken("/checksum", "it is not that of the sandbox: the file was changed or cut after the export")
	}
	if err := strict(f.Sandbox, "/sandbox", &p); err != nil {
		return p, err
	}
	return p, p.check()
}

// strict reads JSON that has exactly the members of v; under is where it stands.
func strict(text []byte, under string, v any) error {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	err := dec.Decode(v)
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil && dec.More():
		return broken(under, "something follows the end of it")
	case err == nil:
		return nil
	case errors.As(err, &wrong):
		return broken(under+"/"+strings.ReplaceAll(wrong.Field, ".", "/"), "it has a wrong type")
	}
	return broken(under, fmt.Sprintf("it is not what version %d holds", Version))
}

// check finds what the types cannot show.
func (p portable) check() error {
	faults := p.content.check()
	add := func(pointer, detail string) { faults = append(faults, Fault{Pointer: pointer, Detail: detail}) }
	if !idShape().MatchString(p.Origin) {
		add("/sandbox/origin", idRule)
	}
	switch {
	case p.Clock.Mode == clock.Frozen && p.Clock.At != nil:
		if err := clock.Check(*p.Clock.At); err != nil {
			add("/sandbox/clock/at", err.Error())
		}
	case p.Clock.Mode == clock.Real && p.Clock.At == nil:
	default:
		add("/sandbox/clock", "a clock is real, or frozen at an instant")
	}
	faults = append(faults, CheckSettings("/sandbox/settings", p.Settings)...)
	for _, table := range sortedKeys(p.Tables) {
		if !travels(table) {
			add("/sandbox/tables/"+escape(table), "this table is not part of a file")
		}
	}
	if len(faults) > 0 {
		return &InvalidError{Detail: notImported, Faults: faults}
	}
	return nil
}

// broken is a file with one thing wrong.
func broken(pointer, detail string) error {
	return &InvalidError{Detail: notImported, Faults: []Fault{{Pointer: pointer, Detail: detail}}}
}
