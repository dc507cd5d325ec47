package scenarios

import (
	"fmt"

	"cardsim/scenarios/strictyaml"
)

// cardList is a document that says of cards what a scenario's cards say.
type cardList struct {
	Cards []CardBehaviour `yaml:"cards,required"`
}

// CardProblem is a problem of a document with cards, with the JSON Pointer of what
// is wrong.
type CardProblem struct {
	strictyaml.Problem
	Pointer string
}

// CheckCards reads a document, JSON or YAML, whose only key is cards, with the
// rules of a scenario's cards, and returns them or every problem.
func CheckCards(name string, src []byte, cat Catalogue) ([]CardBehaviour, []CardProblem) {
	var list cardList
	n, report := strictyaml.Read(name, src, &list)
	if n != nil {
		for i := range list.Cards {
			checkCard(n.At("cards", i), &list.Cards[i], cat)
		}
	}
	problems := report.Problems()
	if len(problems) == 0 {
		return list.Cards, nil
	}
	wrong := make([]CardProblem, 0, len(problems))
	for _, p := range problems {
		at := CardProblem{Problem: p}
		if n != nil {
			at.Pointer = n.Pointer(p.Line, p.Column)
		}
		wrong = append(wrong, at)
	}
	return nil, wrong
}

// CheckNode wants each card once.
func (l *cardList) CheckNode(n *strictyaml.Node, _ *strictyaml.Report) { onlyOnce(n, l.Cards) }

// onlyOnce reports card numbers that are given twice.
func onlyOnce(n *strictyaml.Node, list []CardBehaviour) {
	lines := map[string]int{}
	for i, c := range list {
		at := n.At("cards", i, "pan")
		if first, twice := lines[c.PAN.Digits()]; twice && !c.PAN.IsZero() {
			at.Report(fmt.Sprintf("this card is given twice; it is first given on line %d", first), "put everything about a card into one entry")
		} else {
			lines[c.PAN.Digits()] = at.Line
		}
	}
}
