package admin

import "cardsim/scenarios"

// unknownOperation judges an operation id or a pattern of a caller's document and
// gives the problem for the pointer's place when it means no operation that the
// journal can hold: a misspelt one would count nothing, and a demand for none of it
// would hold without a word (*ours*).
func (a *API) unknownOperation(pointer, word string) (wrong ProblemError, unknown bool) {
	message, suggestion := scenarios.WrongOperation(a.Director.Catalogue().Journaled(), word)
	if message == "" {
		return ProblemError{}, false
	}
	if suggestion != "" {
		message += "; " + suggestion
	}
	return ProblemError{Pointer: pointer, Detail: message}, true
}
