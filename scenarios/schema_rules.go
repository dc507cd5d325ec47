package scenarios

import (
	"slices"

	"cardsim/scenarios/yamlschema"
	"cardsim/simulator/core"
)

// relate adds what the Go types cannot say: which members belong together.
func relate(defs yamlschema.Definitions) {
	yamlschema.Property(defs, "File", "name").MaxLength = yamlschema.Count(maxName)
	yamlschema.Property(defs, "Rule", "name").MaxLength = yamlschema.Count(maxName)
	relateRule(defs["Rule"])
	relateStep(defs)
	relateDelay(defs)
	relateFault(defs["Fault"])
	statuses(yamlschema.Property(defs, "Fault", "status"))
	statuses(yamlschema.Property(defs, "Respond", "status"))
	yamlschema.Property(defs, "Respond", "headers").PropertyNames = &yamlschema.Schema{Pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"}
	relateExpectation(defs["Expectation"])
	defs["ThreeDS"].MinProperties = yamlschema.Count(1)
	defs["ThreeDS"].If = &yamlschema.Schema{Required: []string{"result", "flow"}}
	defs["ThreeDS"].Then = yamlschema.With("flow", &yamlschema.Schema{Enum: []any{flowChallenge, flowFrictionless}})
}

func relateRule(rule *yamlschema.Schema) {
	rule.OneOf = []*yamlschema.Schema{yamlschema.Needs("do"), yamlschema.Needs("sequence")}
	rule.DependentRequired = map[string][]string{"after": {"sequence"}}
	sequence, _ := rule.Properties.Get("sequence")
	sequence.MinItems = yamlschema.Count(1)
	probability, _ := rule.Properties.Get("probability")
	probability.Minimum, probability.Maximum = "0", "1"
	for _, key := range []string{"when", "per"} {
		p, _ := rule.Properties.Get(key)
		p.MinLength, p.MaxLength = yamlschema.Count(1), yamlschema.Count(maxExpression)
	}
}

// relateStep makes a step the word pass or a mapping.
func relateStep(defs yamlschema.Definitions) {
	fields := *defs["Step"]
	fields.Description = ""
	fields.MinProperties = yamlschema.Count(1)
	fields.DependentRequired = map[string][]string{"with": {"outcome"}}
	fields.AllOf = append(yamlschema.Without("outcome", "respond"), &yamlschema.Schema{
		If: yamlschema.Needs("respond", "fault"),
		Then: yamlschema.With("fault", &yamlschema.Schema{AnyOf: []*yamlschema.Schema{
			yamlschema.With("kind", &yamlschema.Schema{Enum: []any{core.FaultTruncate, core.FaultGarbage, core.FaultDrip, core.FaultWrongLength}}),
			{Properties: yamlschema.With("at", &yamlschema.Schema{Enum: []any{core.MidBody, core.AfterAnswer}}).Properties, Required: []string{"at"}},
		}}),
	})
	outcome, _ := fields.Properties.Get("outcome")
	outcome.MinLength = yamlschema.Count(1)
	defs["Step"] = &yamlschema.Schema{
		Description: defs["Step"].Description,
		OneOf:       []*yamlschema.Schema{{Const: passWord}, &fields},
	}
}

// relateDelay makes a delay a duration or one of the two pairs.
func relateDelay(defs yamlschema.Definitions) {
	fields := *defs["Delay"]
	fields.Description = ""
	fields.OneOf = []*yamlschema.Schema{yamlschema.Needs("min", "max"), yamlschema.Needs("p50", "p99")}
	fields.AllOf = append(fields.AllOf, yamlschema.Without("min", "p50")...)
	fields.AllOf = append(fields.AllOf, yamlschema.Without("max", "p99")...)
	fields.AllOf = append(fields.AllOf, yamlschema.Without("min", "p99")...)
	fields.AllOf = append(fields.AllOf, yamlschema.Without("max", "p50")...)
	defs["Delay"] = &yamlschema.Schema{
		Description: defs["Delay"].Description,
		OneOf:       []*yamlschema.Schema{yamlschema.Duration(), &fields},
	}
}

// relateFault puts each kind to the places where it can strike.
func relateFault(fault *yamlschema.Schema) {
	for _, kind := range faultKinds {
		var possible []any
		for _, at := range places(kind) {
			possible = append(possible, at)
		}
		then := yamlschema.With("at", &yamlschema.Schema{Enum: possible})
		if kind != core.FaultHTTP {
			then.Not = yamlschema.Needs("status")
		}
		is := yamlschema.With("kind", &yamlschema.Schema{Const: kind})
		is.Required = []string{"kind"}
		fault.AllOf = append(fault.AllOf, &yamlschema.Schema{If: is, Then: then})
	}
}

func statuses(s *yamlschema.Schema) {
	s.Minimum, s.Maximum = yamlschema.Number(lowestStatus), yamlschema.Number(highestStatus)
}

func relateExpectation(e *yamlschema.Schema) {
	e.OneOf = []*yamlschema.Schema{yamlschema.Needs("operation"), yamlschema.Needs("order")}
	e.AllOf = append(e.AllOf, yamlschema.Without("count", "atLeast", "atMost")...)
	for _, key := range []string{"where", "count", "atLeast", "atMost"} {
		e.AllOf = append(e.AllOf, yamlschema.Without("order", key)...)
	}
	for _, key := range []string{"count", "atLeast", "atMost"} {
		p, _ := e.Properties.Get(key)
		p.Minimum = "0"
	}
	where, _ := e.Properties.Get("where")
	where.MinLength, where.MaxLength = yamlschema.Count(1), yamlschema.Count(maxExpression)
	operation, _ := e.Properties.Get("operation")
	operation.MinLength = yamlschema.Count(1)
	order, _ := e.Properties.Get("order")
	order.MinItems, order.Items.MinLength = yamlschema.Count(2), yamlschema.Count(1)
}

// name lists the operations and outcomes of a catalogue.
func name(defs yamlschema.Definitions, cat Catalogue) {
	operations := oneOf(cat.Operations())
	on := yamlschema.Property(defs, "Rule", "on")
	on.OneOf[0] = &yamlschema.Schema{Type: "string", AnyOf: operations.AnyOf}
	on.OneOf[1].Items = operations
	journaled := oneOf(cat.Journaled())
	yamlschema.Property(defs, "Expectation", "operation").AnyOf = journaled.AnyOf
	yamlschema.Property(defs, "Expectation", "order").Items = journaled
	var all []string
	for _, op := range cat.Operations() {
		all = append(all, named(cat, op)...)
	}
	slices.Sort(all)
	outcome, _ := defs["Step"].OneOf[1].Properties.Get("outcome")
	outcome.Enum = values(slices.Compact(all))
	yamlschema.Property(defs, "Authorization", "outcome").Enum = values(named(cat, opPayment))
	yamlschema.Property(defs, "ThreeDS", "flow").Enum = values(named(cat, opLookup))
	yamlschema.Property(defs, "ThreeDS", "result").Enum = values(named(cat, opAuthenticate))
}

// oneOf wants one of the operations, or a pattern.
func oneOf(operations []string) *yamlschema.Schema {
	return &yamlschema.Schema{AnyOf: []*yamlschema.Schema{{Enum: values(operations)}, {Type: "string", Pattern: `\*`}}}
}

func named(cat Catalogue, operation string) []string {
	var list []string
	for _, o := range cat.Outcomes(operation) {
		list = append(list, o.Name)
	}
	return list
}

// values is nil for an empty list, because an enum of nothing would refuse
// everything.
func values(list []string) []any {
	var all []any
	for _, s := range list {
		all = append(all, s)
	}
	return all
}
