package scenarios

import (
	"fmt"

	"cardsim/scenarios/strictyaml"
)

// Check reads a source with one scenario or more and returns them, or every
// problem in the source in its order. file is only a name for the messages.
func Check(file string, src []byte, cat Catalogue) ([]*Scenario, []strictyaml.Problem) {
	documents, report := strictyaml.ReadAll(file, src)
	list := make([]*Scenario, 0, len(documents))
	names := map[string]int{}
	for _, n := range documents {
		s := read(n, cat)
		at := n.At("name")
		if first, twice := names[s.Name]; twice && s.Name != "" {
			at.Report(fmt.Sprintf("there are two scenarios named %q; the first is on line %d", s.Name, first), "")
		} else {
			names[s.Name] = at.Line
		}
		list = append(list, s)
	}
	if problems := report.Problems(); len(problems) > 0 {
		return nil, problems
	}
	return list, nil
}

// CheckFile does the same for a file, which holds exactly one scenario.
func CheckFile(file string, src []byte, cat Catalogue) (*Scenario, []strictyaml.Problem) {
	var root *strictyaml.Node
	n, report := strictyaml.Read(file, src, &root)
	var s *Scenario
	if n != nil && n.Kind != strictyaml.Null {
		s = read(n, cat)
	}
	if problems := report.Problems(); len(problems) > 0 {
		return nil, problems
	}
	return s, nil
}

// read makes a scenario of a document and reports whatever is wrong with it. With
// problems it is good for nothing but further checks.
func read(n *strictyaml.Node, cat Catalogue) *Scenario {
	s := &Scenario{}
	n.Decode(&s.File)
	for i := range s.Rules {
		at := n.At("rules", i)
		if at.Kind == strictyaml.Mapping {
			s.rules = append(s.rules, readRule(at, cat, s.ruleAt(i)))
		}
	}
	for i := range s.Cards {
		checkCard(n.At("cards", i), &s.Cards[i], cat)
	}
	for i := range s.Expect {
		s.expect = append(s.expect, readDemand(n.At("expect", i), &s.Expect[i], cat))
		s.expect[i].Scenario = s.Name
	}
	return s
}

// place is a rule of a file with the name it goes by.
type place struct {
	scenario, name string
	rule           *Rule
}

// ruleAt gives a rule its name.
func (s *Scenario) ruleAt(i int) place {
	p := place{scenario: s.Name, name: s.Rules[i].Name, rule: &s.Rules[i]}
	if p.name == "" {
		p.name = fmt.Sprintf("rule %d", i+1)
	}
	return p
}
