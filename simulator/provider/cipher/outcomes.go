package cipher

import (
	"cardsim/simulator/core"
	"cardsim/simulator/provider"
)

// Outcome is a result that Cipher documents and a scenario can ask for.
type Outcome struct {
	Name    string // as scenarios write it
	Summary string // what the caller sees
	Source  string
	Mark    string // documented, observed, inferred or ours
}

// Outcomes lists what every one of Cipher's operations can be told to answer.
func Outcomes() []Outcome {
	return []Outcome{
		{"ok", "The call does what it was asked to do.", "seed 004", "documented"},
		{"er000", "500 ER000 Unexpected server error occurred; nothing changes.", "seed 004, error codes", "documented"},
		{"er001", "400 ER001 Bad request; nothing changes.", "seed 004, error codes", "documented"},
		{"er002", "409 ER002 Conflicting input; nothing changes.", "seed 004, error codes", "documented"},
		{"er003", "404 ER003 Resource not found; nothing changes.", "seed 004, error codes", "documented"},
		{"er004", "401 ER004 Unauthorized action; nothing changes.", "seed 004, error codes", "documented"},
	}
}

// Operations lists the operation ids.
func Operations() []string {
	return []string{opCreate, opUpdate, opTenant, opHolder, opHolderUpdate}
}

// forcedCodes are the errors behind the outcomes' names.
var forcedCodes = map[string]core.Code{
	"er000": core.CodeInternal,
	"er001": core.CodeInvalid,
	"er002": core.CodeConflict,
	"er003": core.CodeNotFound,
	"er004": core.CodeUnauthorized,
}

// forced is the error that a scenario demands. A forced failure wins over
// everything; ok changes nothing, because a forced success never overrides the
// truth (decisions 3).
func forced(c *provider.Call) error {
	code, ok := forcedCodes[c.Plan.Outcome]
	if !ok {
		return nil
	}
	return core.Errf(code, "", "scenario %s, rule %s, demands %s", c.Plan.Scenario, c.Plan.Rule, c.Plan.Outcome)
}
