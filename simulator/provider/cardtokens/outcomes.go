package cardtokens

// The outcomes of the token calls (interface §6).
const (
	outcomeCreated  = "created"
	outcomeIssued   = "issued"
	outcomeOK       = "ok"
	outcomeRejected = "rejected"
	outcomeDeclined = "scheme-declined"
	outcomeTimeout  = "scheme-timeout"
)

// Outcome is one named result of an operation, which a scenario can ask for.
type Outcome struct {
	Operation string
	Name      string
	Summary   string   // what the caller sees
	With      []string // parameters it takes
	Source    string   // section of the reference
	Mark      string   // documented, observed, inferred or ours
}

// Outcomes lists the outcomes of every operation of this package. A forced
// failure wins over every check; a forced success lets a declining test card
// pass, but no rule of the request and no dead token (decisions 3).
func Outcomes() []Outcome {
	list := []Outcome{
		{opCreate, outcomeCreated, "200 with a new token; a card of the decline list passes too.", nil, "cardtokens.md §4.3", "documented"},
		{opCryptogram, outcomeIssued, "200 with a fresh cryptogram.", nil, "cardtokens.md §6.2", "documented"},
		{opStatus, outcomeOK, "200 with ACTIVE or INACTIVE.", nil, "cardtokens.md §7", "documented"},
		{opDelete, outcomeOK, "200 with an empty object; the token is INACTIVE from then on.", nil, "cardtokens.md §8", "observed"},
	}
	for _, op := range []string{opCreate, opCryptogram, opStatus, opDelete} {
		list = append(list, failures(op)...)
	}
	return list
}

// failures are the three documented classes of error, which every call can meet.
func failures(op string) []Outcome {
	return []Outcome{
		{op, outcomeRejected, "500 with the reason as a text in err: Cardtokens itself refuses.", []string{"message"}, "cardtokens.md §11.1", "documented"},
		{op, outcomeDeclined, "The scheme's HTTP status; err is the scheme's JSON as a string.", []string{"reason", "status", "message"}, "cardtokens.md §11.1, §11.2", "documented"},
		{op, outcomeTimeout, "The connection closes without an answer: the scheme was silent.", nil, "cardtokens.md §11.1", "documented"},
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
