package web

// Scenarios is what is active, how far it is, and what could be.
type Scenarios struct {
	Active  []ActiveScenario
	Shipped []ShippedScenario
	EditTo  string // the editor, empty
	ClearTo string // the form that ends all of them
}

// ActiveScenario is one in force.
type ActiveScenario struct {
	Name, Source string
	// Error says why the newest version of its file was refused; empty when it was not.
	Error string
	Rules []ActiveRule
}

// ActiveRule is how far a rule is.
type ActiveRule struct {
	Name          string
	Matched, Step int
	Unused        bool
}

// ShippedScenario is one of the library.
type ShippedScenario struct {
	Name, Summary string
	Href          string // its text in the editor
	UseTo         string // the form that puts it in force
}

// Editor is a scenario being written.
type Editor struct {
	Text     string
	To       string // the form's address
	Checked  string // says that it is clean
	Problems []Problem
	// Lines numbers the text, one for each line.
	Lines []Line
}

// Line is a line of the text with what is wrong on it.
type Line struct {
	Number   int
	Text     string
	Problems []Problem
}

// Problem is what the checker says.
type Problem struct {
	Line, Column int
	Detail       string
}

// Catalogue is every outcome of every operation.
type Catalogue struct{ Operations []Operation }

// Operation is one operation and what a scenario can make it answer.
type Operation struct {
	ID       string
	Outcomes []Outcome
}

// Outcome is one entry of the catalogue, with the YAML that produces it.
type Outcome struct {
	Name, Summary, Source, Mark string
	With                        []string
	YAML                        string
	EditHref                    string
}

// Use is the button that puts a shipped scenario in force.
func (s ShippedScenario) Use() Action {
	return Action{Label: "Use", To: s.UseTo, Name: "use", Value: s.Name}
}

// Clear is the button that ends every scenario.
func (s Scenarios) Clear() Action {
	return Action{Label: "End all", To: s.ClearTo, Name: "use", Value: "", Danger: true}
}
