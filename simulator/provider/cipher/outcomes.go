package cipher

import (
	"cardsim/simulator/core"
	"cardsim/simulator/provider"
)

// Outcomes lists the outcomes of every operation. All five calls have the same
// table of errors (seed 004, documented).
func Outcomes() []core.Outcome {
	var list []core.Outcome
	for _, op := range []string{opCreate, opUpdate, opTenant, opHolder, opHolderUpdate} {
		list = append(list, outcomesOf(op)...)
	}
	return list
}

func outcomesOf(op string) []core.Outcome {
	const errorTable = "seed 004, error codes"
	return []core.Outcome{
		{Operation: op, Name: "ok", Summary: "The call does what it was asked to do.", Source: "seed 004", Mark: "documented"},
		{Operation: op, Name: "er000", Summary: "500 ER000 Unexpected server error occurred; nothing changes.", Source: errorTable, Mark: "documented"},
		{Operation: op, Name: "er001", Summary: "400 ER001 Bad request; nothing changes.", Source: errorTable, Mark: "documented"},
		{Operation: op, Name: "er002", Summary: "409 ER002 Conflicting input; nothing changes.", Source: errorTable, Mark: "documented"},
		{Operation: op, Name: "er003", Summary: "404 ER003 Resource not found; nothing changes.", Source: errorTable, Mark: "documented"},
		{Operation: op, Name: "er004", Summary: "401 ER004 Unauthorized action; nothing changes.", Source: errorTable, Mark: "documented"},
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
