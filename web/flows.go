package web

// Flows is the console's first page: the journeys, and the lanes of one.
type Flows struct {
	Journeys []Journey
	// Older leads to the journeys before these.
	Older  string
	Chosen *Lanes
	Empty  Empty
}

// Journey is one line: a card's way through the four companies.
type Journey struct {
	ID, Href string
	Card     string
	Money    string
	Outcome  Cell
	Time     Cell
	Hops     int
	Current  bool
}

// Lanes is one journey, hop by hop.
type Lanes struct {
	ID       string
	Card     string
	Money    string
	Outcome  Cell
	Time     Cell
	Requests string // the journal's page of this flow
	Hops     []Hop
	// Values explains the letters.
	Values []Value
}

// Parties heads the lanes, in the order of Hop.To.
func (Lanes) Parties() []string {
	return []string{"Shop", "Cardinal", "Issuer", "Cardtokens", "AceHub"}
}

// Hop is one request of a journey: an arrow from the shop, or the browser, to a
// party, and its answer.
type Hop struct {
	ID, Href string
	// To is the party's lane, 1 to 4; the shop's is 0.
	To        int
	Label     string // the operation's last words
	Operation string
	Outcome   Cell
	Time      Cell
	Duration  string // real milliseconds
	// Rule names the scenario rule that decided; empty for none.
	Rule string
	// Reason is the true reason of a refusal.
	Reason string
	// Issued and Checked are letters of Value: made here, looked at here.
	Issued, Checked []Letter
	// Spoiled leads to the hop that made a refused value worthless.
	Spoiled *HopLink
}

// Letter marks a value that travels between parties.
type Letter struct{ Sign, Kind string }

// Value explains a letter.
type Value struct {
	Sign, Kind string
	// Issued names the hop that made it, empty when it was before this journey.
	Issued string
}

// HopLink leads to another hop.
type HopLink struct{ Sign, ID, Label string }
