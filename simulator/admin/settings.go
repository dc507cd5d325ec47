package admin

import (
	"net/http"

	"cardsim/simulator/sandbox"
)

// Setting is one switch of a sandbox as it stands.
type Setting struct {
	Value   any      `json:"value"`          // true or false, a whole number, or a text
	Default any      `json:"default"`        // its value when nobody set it
	Enum    []string `json:"enum,omitempty"` // the values that a text may take
	Summary string   `json:"summary"`        // what it does
	Source  string   `json:"source"`         // where the default comes from: a reference and its mark, or ours
}

// Settings are a sandbox's switches by provider and name.
type Settings map[string]map[string]Setting

// SettingsPatch sets switches by provider and name; null sets one back to its
// default.
type SettingsPatch map[string]map[string]any

func settingsOf(w *sandbox.World) Settings {
	out := Settings{}
	now := w.Settings.All()
	for _, def := range sandbox.SettingsCatalogue() {
		if out[def.Group] == nil {
			out[def.Group] = map[string]Setting{}
		}
		out[def.Group][def.Name] = Setting{
			Value: now[def.Group][def.Name], Default: def.Default, Enum: def.Enum, Summary: def.Summary, Source: def.Source,
		}
	}
	return out
}

func (a *API) getSettings(_ *http.Request, w *sandbox.World) (any, error) { return settingsOf(w), nil }

// patchSettings changes the given switches, all or none. They outlive a reset and
// a restart.
func (a *API) patchSettings(r *http.Request, w *sandbox.World) (any, error) {
	var patch SettingsPatch
	if err := decode(r, &patch); err != nil {
		return nil, err
	}
	if err := a.Keeper.Patch(w, patch); err != nil {
		return nil, keeperProblem(err)
	}
	return settingsOf(w), nil
}
