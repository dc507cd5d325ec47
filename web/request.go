package web

// Request is one entry of the journal: what came, what went, what it held, and why
// it was answered so.
type Request struct {
	Facts    []Fact
	Warnings []string
	Reason   string // the true reason of a refusal
	Sent     Message
	Answered Message
	Why      Why
	// Curl repeats the request on a command line, as far as the masked text allows.
	Curl string
	// Scenario is a scenario that makes this happen, to begin from.
	Scenario string
	EditHref string // the editor, filled with Scenario
}

// Fact is a name with a value.
type Fact struct {
	Name  string
	Value Cell
}

// Message is one side of an exchange.
type Message struct {
	Headers []Fact
	// Parts are the body, pretty, and what was found inside it.
	Parts []Part
}

// Part is a readable piece of a message.
type Part struct{ Name, Text string }

// Why is the record of a decision.
type Why struct {
	Clock      string
	Won        string // scenario / rule and what it did; empty when none did
	Considered []Considered
	Draws      []string
	State      []Changed
	Unused     []string
}

// Considered is one rule that was looked at.
type Considered struct {
	Rule    string
	Matched bool
	Reason  string // what did not match first
}

// Changed is one thing that the request made or altered.
type Changed struct{ What, Key, Before, After string }
