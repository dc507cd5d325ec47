package web

// Cards are the cards of a sandbox and what each does.
type Cards struct {
	Table Table
	To    string // the form that gives a card a behaviour of its own
	// Outcomes are the ends of an authorisation that can be chosen.
	Outcomes []string
}
