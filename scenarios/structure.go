package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"cardsim/scenarios/strictyaml"
)

// maxName keeps names fit for lists and log lines.
const maxName = 100

// CheckNode checks what stands once in a file: its name, the names of its rules
// and its card numbers.
func (f *File) CheckNode(n *strictyaml.Node, _ *strictyaml.Report) {
	checkName(n)
	names := map[string]int{}
	for i, r := range f.Rules {
		at := n.At("rules", i, "name")
		if first, twice := names[r.Name]; twice && r.Name != "" {
			at.Report(fmt.Sprintf("there are two rules named %q; the first is on line %d", r.Name, first), "give each rule a name of its own")
		} else {
			names[r.Name] = at.Line
		}
	}
	onlyOnce(n, f.Cards)
}

// checkName keeps names on one line and short.
func checkName(n *strictyaml.Node) {
	v := n.Get("name")
	switch {
	case v == nil || v.Kind != strictyaml.Text:
	case len([]rune(v.Value)) > maxName:
		v.Report(fmt.Sprintf("a name has at most %d characters", maxName), "")
	case strings.ContainsAny(v.Value, "\n\r\t"):
		v.Report("a name stands on one line", "")
	}
}

// CheckNode wants one way to say what happens.
func (r *Rule) CheckNode(n *strictyaml.Node, _ *strictyaml.Report) {
	checkName(n)
	do, sequence := n.Get("do"), n.Get("sequence")
	switch {
	case do != nil && sequence != nil:
		sequence.Key().Report("do and sequence do not belong together", "make the one step the last of the sequence, with after: stay")
	case do == nil && sequence == nil && !misspelt(n, "do", "sequence"):
		n.Report("a rule needs do or sequence: what is to happen", "")
	}
	if sequence != nil && sequence.Kind == strictyaml.Sequence && len(sequence.Items()) == 0 {
		sequence.Report("sequence must not be empty", "")
	}
	if after := n.Get("after"); after != nil && sequence == nil && !misspelt(n, "sequence") {
		after.Key().Report("after belongs to a sequence, and there is none", "")
	}
	if r.Probability != nil && (*r.Probability < 0 || *r.Probability > 1) {
		n.At("probability").Report("probability must lie between 0 and 1", "")
	}
	if per := n.Get("per"); per != nil && per.Kind == strictyaml.Text && strings.TrimSpace(per.Value) == "" {
		per.Report("per must not be empty", "")
	}
}

// misspelt tells whether the mapping has a key that was probably meant to be one
// of the names: that mistake is told already, so its absence is not (decisions 21).
func misspelt(n *strictyaml.Node, names ...string) bool {
	return slices.ContainsFunc(n.Pairs(), func(p strictyaml.Pair) bool {
		return !slices.Contains(names, p.Key.Value) && strictyaml.Nearest(p.Key.Value, names) != ""
	})
}

// checkStep judges what stands together in a step.
func checkStep(n *strictyaml.Node) {
	if len(n.Pairs()) == 0 {
		n.Report(stepIsWordOrItems, "")
	}
	outcome, respond := n.Get("outcome"), n.Get("respond")
	if outcome != nil && outcome.Kind == strictyaml.Text && outcome.Value == "" {
		outcome.Report("outcome must not be empty", "")
	}
	if outcome != nil && respond != nil {
		respond.Key().Report("outcome and respond do not belong together: both are the answer", "")
	}
	checkWith(n, "with belongs to an outcome, and there is none")
	if fault := n.Get("fault"); respond != nil && fault != nil && !spoils(fault) {
		fault.Key().Report("respond and this fault do not belong together: the fault comes in place of the answer",
			"only faults at mid-body and after-answer go with an answer")
	}
}

// checkWith wants an outcome beside the parameters, and a value for each.
func checkWith(n *strictyaml.Node, alone string) {
	with := n.Get("with")
	if with == nil {
		return
	}
	if n.Get("outcome") == nil && !misspelt(n, "outcome") {
		with.Key().Report(alone, "")
	}
	for _, p := range with.Pairs() {
		if p.Value.Kind == strictyaml.Null {
			noValue(p.Value)
		}
	}
}

// CheckNode checks the parameters.
func (a *Authorization) CheckNode(n *strictyaml.Node, _ *strictyaml.Report) {
	checkWith(n, "with belongs to an outcome, and there is none")
}

// CheckNode wants something to be said, and a result only where a cardholder is
// asked or the issuer answers at once.
func (t *ThreeDS) CheckNode(n *strictyaml.Node, _ *strictyaml.Report) {
	if len(n.Pairs()) == 0 {
		n.Report("threeds needs flow or result", "")
	}
	ends := t.Flow != "" && t.Flow != flowChallenge && t.Flow != flowFrictionless
	if result := n.Get("result"); result != nil && ends {
		result.Key().Report(fmt.Sprintf("result does not belong to flow %s: nobody is authenticated", t.Flow), "")
	}
}

// The flows that lead to a result.
const (
	flowChallenge    = "challenge"
	flowFrictionless = "frictionless"
)
