package console

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"cardsim/web"
)

// setting is what the console reads of a switch.
type setting struct {
	Value, Default any
	Enum           []string
	Summary        string
	Source         string
}

// settings shows every switch with its value.
func (c *Console) settings(r *http.Request, p *web.Console) error {
	p.Title, p.Section, p.Live, p.Body = "Settings", "settings", "settings", "settings"
	all, err := c.allSettings(r)
	if err != nil {
		return err
	}
	v := web.Settings{To: root(r) + "/settings"}
	for _, group := range slices.Sorted(maps.Keys(all)) {
		g := web.SettingGroup{Name: group}
		for _, name := range slices.Sorted(maps.Keys(all[group])) {
			g.Settings = append(g.Settings, all[group][name].view(group, name))
		}
		v.Groups = append(v.Groups, g)
	}
	p.View = v
	return nil
}

func (c *Console) allSettings(r *http.Request) (map[string]map[string]setting, error) {
	var all map[string]map[string]setting
	err := c.api.get(r.Context(), apiPath(r, "/settings"), &all)
	return all, err
}

func (s setting) view(group, name string) web.Setting {
	v := web.Setting{
		Key: group + "." + name, Name: name, Summary: s.Summary, Source: s.Source, Options: s.Enum,
		Value: fmt.Sprint(s.Value), Default: fmt.Sprint(s.Default),
	}
	v.Modified = v.Value != v.Default
	switch s.Default.(type) {
	case bool:
		v.Options = []string{"true", "false"}
	case float64:
		v.Number = true
	}
	return v
}

// setSetting changes one switch, or sets it back.
func (c *Console) setSetting(w http.ResponseWriter, r *http.Request) {
	key := r.PostFormValue("key")
	group, name, _ := strings.Cut(key, ".")
	all, err := c.allSettings(r)
	if err != nil {
		c.back(w, r, "", err)
		return
	}
	var value any
	if r.PostFormValue("reset") == "" {
		value = typedLike(all[group][name].Default, r.PostFormValue("value"))
	}
	in := call{method: http.MethodPatch, path: apiPath(r, "/settings"), body: map[string]map[string]any{group: {name: value}}}
	c.back(w, r, key+" is set.", c.api.do(r.Context(), in, nil))
}

// typedLike reads a text as the kind of value that a switch takes; what does not
// fit is left to the API to refuse.
func typedLike(example any, text string) any {
	switch example.(type) {
	case bool:
		if b, err := strconv.ParseBool(text); err == nil {
			return b
		}
	case float64:
		if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil {
			return n
		}
	}
	return text
}
