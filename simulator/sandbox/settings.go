package sandbox

import (
	"fmt"
	"sort"
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
func SettingsCatalogue() []Setting {
	var list []Setting
	for _, part := range [][]Setting{cardtokensSettings, acehubSettings, cardinalSettings, cipherSettings, acsSettings} {
		list = append(list, part...)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Key() < list[j].Key() })
	return list
}

// Settings holds a world's switches. Readers never wait for a writer.
type Settings struct {
	mu     sync.Mutex // held by writers
	values atomic.Pointer[map[string]any]
}

func newSettings(given map[string]map[string]any) (*Settings, error) {
	s := &Settings{}
	values := map[string]any{}
	for _, def := range SettingsCatalogue() {
		values[def.Key()] = def.Default
	}
	s.values.Store(&values)
	return s, s.Patch(given)
}

// Patch changes the given switches and leaves the others; nothing is changed
// when any of them is unknown or has a wrong value.
func (s *Settings) Patch(given map[string]map[string]any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	next := make(map[string]any, len(*s.values.Load()))
	for k, v := range *s.values.Load() {
		next[k] = v
	}
	for group, names := range given {
		for name, value := range names {
			v, err := CheckSetting(group, name, value)
			if err != nil {
				return err
			}
			next[group+"."+name] = v
		}
	}
	s.values.Store(&next)
	return nil
}

// CheckSetting says whether a value fits a switch, and returns it in the form
// it is kept in.
func CheckSetting(group, name string, value any) (any, error) {
	for _, def := range SettingsCatalogue() {
		if def.Group == group && def.Name == name {
			return def.check(value)
		}
	}
	return nil, fmt.Errorf("there is no setting %s.%s", group, name)
}

func (s Setting) check(value any) (any, error) {
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
func (s *Settings) Bool(key string) bool { b, _ := (*s.values.Load())[key].(bool); return b }

// Int reads a number.
func (s *Settings) Int(key string) int { n, _ := (*s.values.Load())[key].(int); return n }

// Text reads a text or one of an enumeration.
func (s *Settings) Text(key string) string { t, _ := (*s.values.Load())[key].(string); return t }

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
	for _, def := range SettingsCatalogue() {
		if out[def.Group] == nil {
			out[def.Group] = map[string]any{}
		}
		out[def.Group][def.Name] = (*s.values.Load())[def.Key()]
	}
	return out
}
