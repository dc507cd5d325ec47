package scenarios

import (
	"maps"
	"slices"

	"cardsim/simulator/core"
)

// nearest lists the entries that miss by the fewest fields, the later one first
// among equals.
func (d Demand) nearest(entries []map[string]any) []Close {
	list := make([]Close, 0, len(entries))
	for _, e := range slices.Backward(entries) {
		list = append(list, Close{Entry: e, Differences: d.differences(e)})
	}
	slices.SortStableFunc(list, func(a, b Close) int { return weight(a) - weight(b) })
	list = list[:min(len(list), maxClosest)]
	for i := range list {
		list[i].Entry = brief(list[i].Entry)
	}
	return list
}

// weight counts the differences; another operation is further away than any
// field.
func weight(c Close) int {
	const another = 100
	w := len(c.Differences)
	if w > 0 && c.Differences[0].Field == "operation" {
		w += another
	}
	return w
}

// differences compares an entry with the demand, condition by condition.
func (d Demand) differences(entry map[string]any) []Difference {
	list := []Difference{}
	if operation, _ := entry["operation"].(string); !core.OperationMatches(d.Operation, operation) {
		list = append(list, Difference{Field: "operation", Want: d.Operation, Got: operation})
	}
	if state, _ := entry["state"].(string); !d.where.Takes(state) {
		list = append(list, Difference{Field: "state", Want: "answered", Got: state})
	}
	if d.where == nil {
		return list
	}
	for _, p := range d.where.parts {
		if ok, err := newMachine().condition(p.expression, entry); ok && err == nil {
			continue
		}
		for _, field := range p.fields {
			list = append(list, Difference{Field: field, Want: p.text, Got: valueAt(entry, field)})
		}
	}
	return list
}

// brief leaves out the two long members, as the journal's lists do.
func brief(entry map[string]any) map[string]any {
	short := maps.Clone(entry)
	delete(short, "request")
	delete(short, "response")
	return short
}
