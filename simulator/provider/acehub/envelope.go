package acehub

import (
	"net/http"
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
)

// envelope is the outer message: who asks, what for, and the body as it was
// parsed.
type envelope struct {
	head fitter
	top  map[string]any // action and header, fitted
	tree map[string]any // the whole message
}

// Envelope parses the JSON of a POST. A GET may carry a body, which means nothing
// (reference acehub.md §1.4: the JavaScript SDK sends {}).
func (p *Provider) Envelope(c *provider.Call) error {
	if c.Request.Method != http.MethodPost || isPage(c) {
		return nil
	}
	tree, err := parse(c.Request.Body)
	if err != nil {
		return err
	}
	e := &envelope{tree: tree}
	e.top = e.head.object(tree, envelopeSchema, "")
	c.Envelope = e
	return nil
}

// business is the businessId of a POST.
func (e *envelope) business() (string, error) {
	if e.head.problem != nil && strings.HasPrefix(e.head.problem.Field, "header") {
		return "", e.head.problem
	}
	v := view{path: "header.", problem: new(*core.Error)}
	v.members, _ = e.top["header"].(map[string]any)
	if v.need("businessId"); *v.problem != nil {
		return "", *v.problem
	}
	return v.text("businessId"), nil
}

// body fits the members of body; the view's problem is the first of the whole
// request. Values that must not be shown are named to the journal.
func body(c *provider.Call, members []member) view {
	problem := new(*core.Error)
	v := view{path: "body.", members: map[string]any{}, problem: problem}
	e, ok := c.Envelope.(*envelope)
	if !ok {
		return v
	}
	*problem = e.head.problem
	var f fitter
	switch raw := e.tree["body"].(type) {
	case map[string]any:
		v.members = f.object(raw, members, v.path)
	case nil:
		f.problem = core.Errf(core.CodeMissing, "body", "a required property is absent")
	default:
		f.invalid("body", "the value is no object")
	}
	c.Secret(f.secrets...)
	if *problem == nil {
		*problem = f.problem
	}
	return v
}

// query reads a parameter of the query, in any case of its name (as members of
// JSON are read, inferred); a required one that is absent is missing.
func query(c *provider.Call, name string) (string, error) {
	if value := c.Request.Parameter(func(n string) bool { return strings.EqualFold(n, name) }); value != "" {
		return value, nil
	}
	return "", core.Errf(core.CodeMissing, name, "the query needs this parameter")
}
