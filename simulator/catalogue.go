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
func Outcomes() []core.Outcome {
	var list []core.Outcome
	for _, table := range [][]core.Outcome{cardtokens.Outcomes(), acehub.Outcomes(), cardinal.Outcomes(), cipher.Outcomes(), acs.Outcomes()} {
		for _, o := range table {
			if slices.ContainsFunc(steered, func(s string) bool {
				return o.Operation == s || strings.HasSuffix(s, ".") && strings.HasPrefix(o.Operation, s)
			}) {
				list = append(list, o)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b core.Outcome) int { return strings.Compare(a.Operation, b.Operation) })
	return list
}

// Catalogue is what scenarios are checked against.
func Catalogue() scenarios.Catalogue { return scenarios.NewCatalogue(Outcomes()) }
