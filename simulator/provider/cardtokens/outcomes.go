package cardtokens

import "cardsim/simulator/core"

// The outcomes of the token calls (interface §6).
const (
	outcomeCreated  = "created"
	outcomeIssued   = "issued"
	outcomeOK       = "ok"
	outcomeRejected = "rejected"
	outcomeDeclined = "scheme-declined"
	outcomeTimeout  = "scheme-timeout"
)

// Outcomes lists the outcomes of every operation of this package. A forced
// failure wins over every check; a forced success lets a declining test card
// pass, but no rule of the request and no dead token (decisions 3).
func Outcomes() []core.Outcome {
	list := []core.Outcome{
		{Operation: opCreate, Name: outcomeCreated, Summary: "200 with a new token; a card of the decline list passes too.", Source: "cardtokens.md §4.3", Mark: "documented"},
		{Operation: opCryptogram, Name: outcomeIssued, Summary: "200 with a fresh cryptogram.", Source: "cardtokens.md §6.2", Mark: "documented"},
		{Operation: opStatus, Name: outcomeOK, Summary: "200 with ACTIVE or INACTIVE.", Source: "cardtokens.md §7", Mark: "documented"},
		{Operation: opDelete, Name: outcomeOK, Summary: "200 with an empty object; the token is INACTIVE from then on.", Source: "cardtokens.md §8", Mark: "observed"},
	}
	for _, op := range []string{opCreate, opCryptogram, opStatus, opDelete} {
		list = append(list, failures(op)...)
	}
	return list
}

// failures are the three documented classes of error, which every call can meet.
func failures(op string) []core.Outcome {
	return []core.Outcome{
		{Operation: op, Name: outcomeRejected, Summary: "500 with the reason as a text in err: Cardtokens itself refuses.", With: []string{"message"}, Source: "cardtokens.md §11.1", Mark: "documented"},
		{Operation: op, Name: outcomeDeclined, Summary: "The scheme's HTTP status; err is the scheme's JSON as a string.", With: []string{"reason", "status", "message"}, Source: "cardtokens.md §11.1, §11.2", Mark: "documented"},
		{Operation: op, Name: outcomeTimeout, Summary: "The connection closes without an answer: the scheme was silent.", Source: "cardtokens.md §11.1", Mark: "documented"},
	}
}

// Reasons lists the reason codes that outcome scheme-declined takes.
func Reasons() []string {
	codes := make([]string, 0, len(declineReasons))
	for _, r := range declineReasons {
		codes = append(codes, r.code)
	}
	return codes
}
