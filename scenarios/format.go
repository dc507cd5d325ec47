package scenarios

// File is one scenario as people write it, version 1 of the format. It is frozen:
// keys are added, never changed or taken away.
type File struct {
	// Version of the format: 1.
	Version int `yaml:"version,required" enum:"1"`
	// Name by which the scenario is used, listed and reported; the shipped ones
	// have lower-case letters and hyphens.
	Name string `yaml:"name,required"`
	// Summary of the story in a sentence or two, for people.
	Summary string `yaml:"summary"`
	// Rules are tried from the top; the first that matches and has a step left
	// decides the request. The list may be empty.
	Rules []Rule `yaml:"rules"`
	// Cards says how cards behave while the scenario is active. A number that no
	// catalogue knows becomes a test card.
	Cards []CardBehaviour `yaml:"cards"`
	// Cardholder is what a headless cardholder does in a challenge, step by step.
	Cardholder []string `yaml:"cardholder" enum:"approve,wrong-otp,resend,cancel,abandon,expire,double-submit"`
	// Expect is what must have happened in the end: checked by verify and by exec.
	Expect []Expectation `yaml:"expect"`
}

// Rule says which requests it takes and what happens to them.
type Rule struct {
	// Name of the rule in the journal and in explain, once in a file. Without one
	// it is "rule" and the number of its place.
	Name string `yaml:"name"`
	// On names the operations: an operation id, a pattern in which * stands for
	// any characters, such as acehub.*, or a list of them.
	On Words `yaml:"on,required"`
	// When is a condition over the request; without it every request of the
	// operations matches. A condition that cannot be evaluated does not match.
	When string `yaml:"when"`
	// Per says whose counter the rule moves: sandbox (the default), card, merchant,
	// order, flow, or an expression that gives a text.
	Per string `yaml:"per"`
	// Sequence has one step for each matching request of a counter.
	Sequence []Step `yaml:"sequence"`
	// After says what follows the last step of a sequence: stay gives the last step
	// for ever, repeat begins again. Without it the rule steps aside.
	After string `yaml:"after" enum:"stay,repeat"`
	// Probability from 0 to 1 that a matching request is taken, drawn from the
	// sandbox's seed.
	Probability *float64 `yaml:"probability"`
	// Do is the one step of a rule without a sequence.
	Do *Step `yaml:"do"`
}

// CardBehaviour is how one card behaves while the scenario is active.
type CardBehaviour struct {
	// PAN is the card number in quotes: 12 to 19 digits.
	PAN CardNumber `yaml:"pan,required"`
	// ThreeDS is what 3-D Secure says about the card.
	ThreeDS *ThreeDS `yaml:"threeds"`
	// Authorization is what the issuer says to payments with the card.
	Authorization *Authorization `yaml:"authorization"`
	// OTP is the code that is right in a challenge of the card, in quotes.
	OTP Code `yaml:"otp"`
}

// ThreeDS is the behaviour of a card in 3-D Secure.
type ThreeDS struct {
	// Flow is an outcome of cardinal.lookup, such as challenge or frictionless.
	Flow string `yaml:"flow"`
	// Result is an outcome of cardinal.authenticate, such as authenticated: where
	// the right code of the challenge leads.
	Result string `yaml:"result"`
}

// Authorization is the behaviour of a card in payments.
type Authorization struct {
	// Outcome is one of acehub.payment.create.
	Outcome string `yaml:"outcome,required"`
	// With holds the parameters of the outcome.
	With map[string]any `yaml:"with"`
}

// Expectation is one demand on the journal: how many entries there are, or in
// which order operations came. Without a number at least one entry is wanted.
type Expectation struct {
	// Operation is an operation id or a pattern such as acehub.*.
	Operation string `yaml:"operation"`
	// Where is an expression over a journal entry that narrows the choice.
	Where string `yaml:"where"`
	// Count is the exact number of entries.
	Count *int `yaml:"count"`
	// AtLeast is the smallest number of entries.
	AtLeast *int `yaml:"atLeast"`
	// AtMost is the largest number of entries.
	AtMost *int `yaml:"atMost"`
	// Order lists operations or patterns that must have come one after another,
	// others between them or not. It stands alone.
	Order []string `yaml:"order"`
}
