package simulator

import (
	"cardsim/fixtures"
	"cardsim/simulator/sandbox"
)

// FixtureLoader reads fixture files as the simulator does, with the settings that
// there are.
func FixtureLoader() fixtures.Loader {
	return fixtures.Loader{CheckSetting: CheckFixtureSetting, Settings: fixtureSettings()}
}

// FixtureSchema is the JSON Schema of fixture files with the settings that there
// are.
func FixtureSchema() ([]byte, error) { return fixtures.SchemaFor(fixtureSettings()) }

func fixtureSettings() []fixtures.Setting {
	var settings []fixtures.Setting
	for _, s := range sandbox.SettingsCatalogue() {
		settings = append(settings, fixtures.Setting{
			Group: s.Group, Name: s.Name, Default: s.Default, Enum: s.Enum, Duration: s.Duration, Summary: s.Summary,
		})
	}
	return settings
}
