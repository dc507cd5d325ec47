package scenarios

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"time"

	"cardsim/simulator/core"

	"github.com/invopop/jsonschema"
)

var durationType = reflect.TypeFor[time.Duration]()

// relate adds what the Go types cannot say: which members belong together.
func relate(defs jsonschema.Definitions) {
	property(defs, "File", "name").MaxLength = count(maxName)
	property(defs, "Rule", "name").MaxLength = count(maxName)
	relateRule(defs["Rule"])
	relateStep(defs)
	relateDelay(defs)
	relateFault(defs["Fault"])
	statuses(property(defs, "Fault", "status"))
	statuses(property(defs, "Respond", "status"))
	property(defs, "Respond", "headers").PropertyNames = &jsonschema.Schema{Pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"}
	relateExpectation(defs["Expectation"])
	defs["ThreeDS"].MinProperties = count(1)
	defs["ThreeDS"].If = &jsonschema.Schema{Required: []string{"result", "flow"}}
	defs["ThreeDS"].Then = with("flow", &jsonschema.Schema{Enum: []any{flowChallenge, flowFrictionless}})
}

func property(defs jsonschema.Definitions, def, key string) *jsonschema.Schema {
	p, _ := defs[def].Properties.Get(key)
	return p
}

// with is a schema that says something about one member.
func with(key string, s *jsonschema.Schema) *jsonschema.Schema {
	all := jsonschema.NewProperties()
	all.Set(key, s)
	return &jsonschema.Schema{Properties: all}
}

func needs(keys ...string) *jsonschema.Schema { return &jsonschema.Schema{Required: keys} }

// without says that no more than one of the keys is there.
func without(keys ...string) []*jsonschema.Schema {
	var list []*jsonschema.Schema
	for i, a := range keys {
		for _, b := range keys[i+1:] {
			list = append(list, &jsonschema.Schema{Not: needs(a, b)})
		}
	}
	return list
}

func relateRule(rule *jsonschema.Schema) {
	rule.OneOf = []*jsonschema.Schema{needs("do"), needs("sequence")}
	rule.DependentRequired = map[string][]string{"after": {"sequence"}}
	sequence, _ := rule.Properties.Get("sequence")
	sequence.MinItems = count(1)
	probability, _ := rule.Properties.Get("probability")
	probability.Minimum, probability.Maximum = json.Number("0"), json.Number("1")
	for _, key := range []string{"when", "per"} {
		p, _ := rule.Properties.Get(key)
		p.MinLength, p.MaxLength = count(1), count(maxExpression)
	}
}

// relateStep makes a step the word pass or a mapping.
func relateStep(defs jsonschema.Definitions) {
	fields := *defs["Step"]
	fields.Description = ""
	fields.MinProperties = count(1)
	fields.DependentRequired = map[string][]string{"with": {"outcome"}}
	fields.AllOf = append(without("outcome", "respond"), &jsonschema.Schema{
		If: needs("respond", "fault"),
		Then: with("fault", &jsonschema.Schema{AnyOf: []*jsonschema.Schema{
			with("kind", &jsonschema.Schema{Enum: []any{core.FaultTruncate, core.FaultGarbage, core.FaultDrip, core.FaultWrongLength}}),
			{Properties: with("at", &jsonschema.Schema{Enum: []any{core.MidBody, core.AfterAnswer}}).Properties, Required: []string{"at"}},
		}}),
	})
	outcome, _ := fields.Properties.Get("outcome")
	outcome.MinLength = count(1)
	defs["Step"] = &jsonschema.Schema{
		Description: defs["Step"].Description,
		OneOf:       []*jsonschema.Schema{{Const: passWord}, &fields},
	}
}

// relateDelay makes a delay a duration or one of the two pairs.
func relateDelay(defs jsonschema.Definitions) {
	fields := *defs["Delay"]
	fields.Description = ""
	fields.OneOf = []*jsonschema.Schema{needs("min", "max"), needs("p50", "p99")}
	fields.AllOf = append(fields.AllOf, without("min", "p50")...)
	fields.AllOf = append(fields.AllOf, without("max", "p99")...)
	fields.AllOf = append(fields.AllOf, without("min", "p99")...)
	fields.AllOf = append(fields.AllOf, without("max", "p50")...)
	defs["Delay"] = &jsonschema.Schema{
		Description: defs["Delay"].Description,
		OneOf:       []*jsonschema.Schema{special(durationType), &fields},
	}
}

// relateFault puts each kind to the places where it can strike.
func relateFault(fault *jsonschema.Schema) {
	for _, kind := range faultKinds {
		var possible []any
		for _, at := range places(kind) {
			possible = append(possible, at)
		}
		then := with("at", &jsonschema.Schema{Enum: possible})
		if kind != core.FaultHTTP {
			then.Not = needs("status")
		}
		is := with("kind", &jsonschema.Schema{Const: kind})
		is.Required = []string{"kind"}
		fault.AllOf = append(fault.AllOf, &jsonschema.Schema{If: is, Then: then})
	}
}

func statuses(s *jsonschema.Schema) {
	s.Minimum, s.Maximum = json.Number(strconv.Itoa(lowestStatus)), json.Number(strconv.Itoa(highestStatus))
}

func relateExpectation(e *jsonschema.Schema) {
	e.OneOf = []*jsonschema.Schema{needs("operation"), needs("order")}
	e.AllOf = append(e.AllOf, without("count", "atLeast", "atMost")...)
	for _, key := range []string{"where", "count", "atLeast", "atMost"} {
		e.AllOf = append(e.AllOf, without("order", key)...)
	}
	for _, key := range []string{"count", "atLeast", "atMost"} {
		p, _ := e.Properties.Get(key)
		p.Minimum = json.Number("0")
	}
	where, _ := e.Properties.Get("where")
	where.MinLength, where.MaxLength = count(1), count(maxExpression)
	operation, _ := e.Properties.Get("operation")
	operation.MinLength = count(1)
	order, _ := e.Properties.Get("order")
	order.MinItems, order.Items.MinLength = count(2), count(1)
}

// name lists the operations and outcomes of a catalogue.
func name(defs jsonschema.Definitions, cat Catalogue) {
	operations := oneOf(cat.Operations())
	on := property(defs, "Rule", "on")
	on.OneOf[0] = &jsonschema.Schema{Type: "string", AnyOf: operations.AnyOf}
	on.OneOf[1].Items = operations
	journaled := oneOf(cat.Journaled())
	property(defs, "Expectation", "operation").AnyOf = journaled.AnyOf
	property(defs, "Expectation", "order").Items = journaled
	var all []string
	for _, op := range cat.Operations() {
		all = append(all, named(cat, op)...)
	}
	slices.Sort(all)
	outcome, _ := defs["Step"].OneOf[1].Properties.Get("outcome")
	outcome.Enum = values(slices.Compact(all))
	property(defs, "Authorization", "outcome").Enum = values(named(cat, opPayment))
	property(defs, "ThreeDS", "flow").Enum = values(named(cat, opLookup))
	property(defs, "ThreeDS", "result").Enum = values(named(cat, opAuthenticate))
}

// oneOf wants one of the operations, or a pattern.
func oneOf(operations []string) *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Enum: values(operations)}, {Type: "string", Pattern: `\*`}}}
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
