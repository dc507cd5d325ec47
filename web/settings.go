package web

// Settings are the switches of a sandbox, by provider.
type Settings struct {
	To     string // the form's address
	Groups []SettingGroup
}

// SettingGroup is the switches of one provider.
type SettingGroup struct {
	Name     string
	Settings []Setting
}

// Setting is one switch.
type Setting struct {
	Key              string // provider.name
	Name             string
	Summary, Source  string
	Value, Default   string
	Options          []string // what it can be; empty for free text
	Number, Modified bool
}
