package simulator

import (
	"cardsim/fixtures"
	"cardsim/simulator/sandbox"
)

// FixtureSchema is the JSON Schema of fixture files with the settings that there
// are.
func FixtureSchema() ([]byte, error) {
	var settings []fixtures.Setting
	for _, s := range sandbox.SettingsCatalogue() {
		settings = append(settings, fixtures.Setting{
			Group: s.Group, Name: s.Name, Default: s.Default, Enum: s.Enum, Duration: s.Duration, Summary: s.Summary,
		})
	}
	return fixtures.SchemaFor(settings)
}
