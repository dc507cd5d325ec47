package scenarios

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
)

// RuleList names the rules that were in force together, in the order they were
// tried. It is kept once, so that the record of each request needs no more than
// places in it.
type RuleList struct {
	Rules []ListedRule `json:"rules"`
}

// ListedRule names a rule and what it is on.
type ListedRule struct {
	Scenario string   `json:"scenario"`
	Rule     string   `json:"rule"`
	On       []string `json:"on"`
}

// elsewhere is what explain says of a rule of another operation.
func (l ListedRule) elsewhere() Considered {
	return Considered{Scenario: l.Scenario, Rule: l.Rule, Failed: "on", Reason: "the rule is on " + strings.Join(l.On, ", ")}
}

// List is the rules of what is in force.
func (a *Active) List() RuleList {
	if a == nil {
		return RuleList{}
	}
	return a.list
}

// ListID tells the list from others: the same rules have the same one.
func (a *Active) ListID() string {
	if a == nil {
		return ""
	}
	return a.listID
}

// placed is a rule with its place in the list.
type placed struct {
	*rule
	place int
	// first is the condition when nothing has to be known before it, neither whose
	// counter the rule moves nor how often it did; else nil.
	first     direct
	documents Parts // that first names
}

func putInPlace(r *rule, at int) placed {
	p := placed{rule: r, place: at}
	if r.when != nil && !r.when.counts && (r.per.word == "" || !r.counts()) {
		p.first, p.documents = r.when.direct, r.when.documents
	}
	return p
}

// enumerate makes the list.
func (a *Active) enumerate() {
	a.list.Rules = make([]ListedRule, 0, len(a.rules))
	for _, r := range a.rules {
		a.list.Rules = append(a.list.Rules, ListedRule{Scenario: r.scenario, Rule: r.name, On: r.on})
	}
	text, err := json.Marshal(a.list)
	if err != nil {
		return // names and patterns are texts: they can be written
	}
	sum := sha256.Sum256(text)
	a.listID = base64.RawURLEncoding.EncodeToString(sum[:12])
}
