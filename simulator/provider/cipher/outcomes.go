package cipher

import (
	"cardsim/simulator/core"
	"cardsim/simulator/provider"
)

// Outcome is one named result of an operation, which a scenario can ask for.
type Outcome struct {
	Operation string
	Name      string   // as scenarios write it
	Summary   string   // what the caller sees
	With      []string // parameters it takes
	Source    string
	Mark      string // documented, observed, inferred or ours
}

// Outcomes lists the outcomes of every operation. All five calls have the same
// table of errors (seed 004, documented).
func Outcomes() []Outcome {
	var list []Outcome
	for _, op := range []string{opCreate, opUpdate, opTenant, opHolder, opHolderUpdate} {
		list = append(list, outcomesOf(op)...)
	}
	return list
}

func outcomesOf(op string) []Outcome {
	const errorTable = "seed 004, error codes"
	return []Outcome{
		{op, "ok", "The call does what it was asked to do.", nil, "seed 004", "documented"},
		{op, "er000", "500 ER000 Unexpected server error occurred; nothing changes.", nil, errorTable, "documented"},
		{op, "er001", "400 ER001 Bad request; nothing changes.", nil, errorTable, "documented"},
		{op, "er002", "409 ER002 Conflicting input; nothing changes.", nil, errorTable, "documented"},
		{op, "er003", "404 ER003 Resource not found; nothing changes.", nil, errorTable, "documented"},
		{op, "er004", "401 ER004 Unauthorized action; nothing changes.", nil, errorTable, "documented"},
	}
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
