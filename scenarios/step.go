package scenarios

import (
	"time"

	"cardsim/scenarios/strictyaml"
	"cardsim/simulator/core"
)

// Step is what happens to a request: the word pass (nothing), or any of the
// members together.
type Step struct {
	// Pass says that the provider answers as it always does, and that no rule
	// below is asked.
	Pass bool `yaml:"-"`
	// Outcome is a result from the catalogue of the operation.
	Outcome string `yaml:"outcome"`
	// With holds the parameters of the outcome.
	With map[string]any `yaml:"with"`
	// Delay of the answer in real time: a duration such as 250ms, a range
	// {min, max}, or percentiles {p50, p99}.
	Delay *Delay `yaml:"delay"`
	// Fault is trouble on the wire.
	Fault *Fault `yaml:"fault"`
	// Respond replaces the provider's answer by a raw one.
	Respond *Respond `yaml:"respond"`
}

// Delay is how long an answer is held back: fixed, drawn evenly from a range, or
// drawn log-normally through two percentiles.
type Delay struct {
	// Fixed holds for a delay that is written as one duration.
	Fixed time.Duration `yaml:"-"`
	// Min is the shortest delay of a range.
	Min time.Duration `yaml:"min"`
	// Max is the longest delay of a range.
	Max time.Duration `yaml:"max"`
	// P50 is the delay that half of the requests stay below.
	P50 time.Duration `yaml:"p50"`
	// P99 is the delay that all but one of a hundred requests stay below.
	P99 time.Duration `yaml:"p99"`
}

// Fault is trouble on the wire and where in the work it strikes.
type Fault struct {
	// Kind of trouble.
	Kind string `yaml:"kind,required" enum:"reset,hang,empty,truncate,garbage,drip,wrong-length,http"`
	// At is the place; by default before-validation, and mid-body for the kinds
	// that spoil a body.
	At string `yaml:"at" enum:"before-validation,after-validation,after-commit,mid-body,after-answer"`
	// Status is the HTTP status of kind http, 503 by default.
	Status int `yaml:"status"`
}

// Respond is a raw answer in place of the provider's.
type Respond struct {
	// Status is the HTTP status, 200 by default.
	Status int `yaml:"status"`
	// Headers of the answer by name.
	Headers map[string]string `yaml:"headers"`
	// Body of the answer, as it is.
	Body string `yaml:"body"`
}

const (
	passWord          = "pass"
	defaultFaultHTTP  = 503
	defaultRespond    = 200
	lowestStatus      = 200
	highestStatus     = 599
	stepIsWordOrItems = "a step is the word pass, or has outcome, delay, fault or respond"
)

// UnmarshalNode reads the word pass or a mapping.
func (s *Step) UnmarshalNode(n *strictyaml.Node, _ *strictyaml.Report) {
	switch n.Kind {
	case strictyaml.Mapping:
		type fields Step // without this method
		n.Decode((*fields)(s))
		checkStep(n)
	case strictyaml.Text:
		if s.Pass = n.Value == passWord; !s.Pass {
			n.Report(stepIsWordOrItems, strictyaml.Suggest(n.Value, []string{passWord}))
		}
	case strictyaml.Null:
		noValue(n)
	default:
		n.Report(stepIsWordOrItems, "")
	}
}

// UnmarshalNode reads a duration or a mapping with two of them.
func (d *Delay) UnmarshalNode(n *strictyaml.Node, _ *strictyaml.Report) {
	switch n.Kind {
	case strictyaml.Mapping:
		type fields Delay // without this method
		n.Decode((*fields)(d))
		checkDelay(n, d)
	case strictyaml.Null:
		noValue(n)
	case strictyaml.Sequence, strictyaml.Bool:
		n.Report("delay must be a duration, {min, max} or {p50, p99}", "write a duration such as 80ms, 2s or 1m30s")
	default:
		n.Decode(&d.Fixed)
		checkDuration(n, d.Fixed)
	}
}

// core gives the fault in the simulator's own words.
func (f *Fault) core() core.Fault {
	if f == nil {
		return core.Fault{}
	}
	return core.Fault{Kind: core.FaultKind(f.Kind), At: core.FaultPoint(f.At), Status: f.Status}
}
