package sandbox

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Setting is one switch of a world: which provider it belongs to, its default,
// the values it takes, and where it comes from.
type Setting struct {
	Group   string   `json:"group"`          // cardtokens, acehub, cardinal, cipher, acs
	Name    string   `json:"name"`           // camelCase, as fixtures and PATCH spell it
	Default any      `json:"default"`        // bool, int, string; durations as text
	Enum    []string `json:"enum,omitempty"` // the values a string may take
	Summary string   `json:"summary"`        // what it does
	Source  string   `json:"source"`         // reference section and mark, or ours
	// Duration marks a string that holds a Go duration.
	Duration bool `json:"duration,omitempty"`
}

// Key is group and name with a dot between.
func (s Setting) Key() string { return s.Group + "." + s.Name }

// SettingsCatalogue lists every switch, sorted by key.
func SettingsCatalogue() []Setting { return slices.Clone(allSettings()) }

// allSettings is the catalogue, which nobody changes.
var allSettings = sync.OnceValue(func() []Setting {
	list := slices.Concat(cardtokensSettings, acehubSettings, cardinalSettings, cipherSettings, acsSettings)
	slices.SortFunc(list, func(a, b Setting) int { return strings.Compare(a.Key(), b.Key()) })
	return list
})

// defaults are the values of a world that changes none; all such worlds share them.
var defaults = sync.OnceValue(func() map[string]any {
	now := map[string]any{}
	for _, def := range allSettings() {
		now[def.Key()] = def.Default
	}
	return now
})

// Settings holds a world's switches. Readers never wait for a writer.
type Settings struct {
	mu     sync.Mutex // held by writers
	values atomic.Pointer[values]
}

// values are those in force, and which of them were set by hand.
type values struct {
	now     map[string]any
	patched map[string]map[string]any
}

// newSettings begins with the defaults, lays a file's values over them, and over
// those what was set by hand.
func newSettings(file, patched map[string]map[string]any) (*Settings, error) {
	v := values{now: defaults()}
	if len(file) > 0 {
		v.now = maps.Clone(v.now)
	}
	if err := v.apply(file); err != nil {
		return nil, err
	}
	s := &Settings{}
	s.values.Store(&v)
	if len(patched) == 0 {
		return s, nil
	}
	return s, s.Patch(patched)
}

// apply checks and sets values; nil stands for the default.
func (v *values) apply(given map[string]map[string]any) error {
	for group, names := range given {
		for name, value := range names {
			checked, err := CheckSetting(group, name, value)
			if err != nil {
				return err
			}
			v.now[group+"."+name] = checked
		}
	}
	return nil
}

// Patch changes the given switches and leaves the others; nothing is changed
// when any of them is unknown or has a wrong value. The value nil sets a switch
// back to its default.
func (s *Settings) Patch(given map[string]map[string]any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.values.Load()
	next := values{now: maps.Clone(before.now), patched: map[string]map[string]any{}}
	if err := next.apply(given); err != nil {
		return err
	}
	for _, from := range []map[string]map[string]any{before.patched, given} {
		for group, names := range from {
			for name := range names {
				if next.patched[group] == nil {
					next.patched[group] = map[string]any{}
				}
				next.patched[group][name] = next.now[group+"."+name]
			}
		}
	}
	s.values.Store(&next)
	return nil
}

// Patched are the switches that were set by hand since the world was made, with
// their values; nil when there are none.
func (s *Settings) Patched() map[string]map[string]any {
	if p := s.values.Load().patched; len(p) > 0 {
		return p
	}
	return nil
}

// Changed are the switches that do not have their default, with their values.
func (s *Settings) Changed() map[string]map[string]any {
	out := map[string]map[string]any{}
	now := s.values.Load().now
	for _, def := range allSettings() {
		if v := now[def.Key()]; v != def.Default {
			if out[def.Group] == nil {
				out[def.Group] = map[string]any{}
			}
			out[def.Group][def.Name] = v
		}
	}
	return out
}

// CheckSetting says whether a value fits a switch, and returns it in the form
// it is kept in: for nil, the default.
func CheckSetting(group, name string, value any) (any, error) {
	for _, def := range allSettings() {
		if def.Group == group && def.Name == name {
			return def.check(value)
		}
	}
	return nil, fmt.Errorf("there is no setting %s.%s", group, name)
}

func (s Setting) check(value any) (any, error) {
	if value == nil {
		return s.Default, nil
	}
	switch s.Default.(type) {
	case bool:
		if b, ok := value.(bool); ok {
			return b, nil
		}
		return nil, fmt.Errorf("setting %s takes true or false", s.Key())
	case int:
		switch n := value.(type) {
		case int:
			return n, nil
		case float64:
			if n == float64(int(n)) {
				return int(n), nil
			}
		}
		return nil, fmt.Errorf("setting %s takes a whole number", s.Key())
	default:
		return s.checkText(value)
	}
}

func (s Setting) checkText(value any) (any, error) {
	text, ok := value.(string)
	if !ok {
		return nil, fmt.Errorf("setting %s takes a text", s.Key())
	}
	if s.Duration {
		if d, err := time.ParseDuration(text); err != nil || d < 0 {
			return nil, fmt.Errorf("setting %s takes a duration such as 15m", s.Key())
		}
		return text, nil
	}
	if len(s.Enum) == 0 {
		return text, nil
	}
	for _, e := range s.Enum {
		if e == text {
			return text, nil
		}
	}
	return nil, fmt.Errorf("setting %s takes one of %s", s.Key(), strings.Join(s.Enum, ", "))
}

// Bool reads a switch that is on or off.
func (s *Settings) Bool(key string) bool { b, _ := s.values.Load().now[key].(bool); return b }

// Int reads a number.
func (s *Settings) Int(key string) int { n, _ := s.values.Load().now[key].(int); return n }

// Text reads a text or one of an enumeration.
func (s *Settings) Text(key string) string { t, _ := s.values.Load().now[key].(string); return t }

// Duration reads a duration.
func (s *Settings) Duration(key string) time.Duration {
	d, err := time.ParseDuration(s.Text(key))
	if err != nil {
		return 0 // a switch that is no duration: the catalogue test finds it
	}
	return d
}

// All returns every switch with its value now, grouped by provider.
func (s *Settings) All() map[string]map[string]any {
	out := map[string]map[string]any{}
	for _, def := range allSettings() {
		if out[def.Group] == nil {
			out[def.Group] = map[string]any{}
		}
		out[def.Group][def.Name] = s.values.Load().now[def.Key()]
	}
	return out
}
