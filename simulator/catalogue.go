package simulator

import (
	"slices"
	"strings"

	"cardsim/scenarios"
	"cardsim/simulator/acs"
	"cardsim/simulator/core"
	"cardsim/simulator/provider/acehub"
	"cardsim/simulator/provider/cardinal"
	"cardsim/simulator/provider/cardtokens"
	"cardsim/simulator/provider/cipher"
)

// steered are the operations of interface §6 that are simulated: what scenarios can
// speak of. The providers' browser steps beside them (cardinal.stepup) are not
// steered: their outcome is their transaction's.
var steered = []string{"cardtokens.", "acehub.token.", "acehub.payment.", "cardinal.lookup", "cardinal.authenticate", "cipher.", "acs.challenge.", "acs.method"}

// Outcomes lists every outcome of every operation that a scenario can ask for,
// by operation.
func Outcomes() []core.Outcome { return steeredOf(provided()) }

func steeredOf(all []core.Outcome) []core.Outcome {
	var list []core.Outcome
	for _, o := range all {
		if isSteered(o.Operation) {
			list = append(list, o)
		}
	}
	slices.SortStableFunc(list, func(a, b core.Outcome) int { return strings.Compare(a.Operation, b.Operation) })
	return list
}

// provided are the outcomes of every operation that is there, steered or not.
func provided() []core.Outcome {
	return slices.Concat(cardtokens.Outcomes(), acehub.Outcomes(), cardinal.Outcomes(), cipher.Outcomes(), acs.Outcomes())
}

func isSteered(operation string) bool {
	return slices.ContainsFunc(steered, func(s string) bool {
		return operation == s || strings.HasSuffix(s, ".") && strings.HasPrefix(operation, s)
	})
}

// Catalogue is what scenarios are checked against.
func Catalogue() scenarios.Catalogue { return catalogueOf(provided()) }

func catalogueOf(all []core.Outcome) scenarios.Catalogue {
	var unsteered []string
	for _, o := range all {
		if !isSteered(o.Operation) {
			unsteered = append(unsteered, o.Operation)
		}
	}
	return scenarios.NewCatalogue(steeredOf(all), unsteered...)
}
