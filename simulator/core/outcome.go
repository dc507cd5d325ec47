package core

// Outcome is one named result of an operation that a scenario can ask for: a
// row of the catalogue beside each provider's code.
type Outcome struct {
	Operation string   `json:"operation"`      // acehub.payment.create
	Name      string   `json:"name"`           // as scenarios write it
	Summary   string   `json:"summary"`        // what the caller sees
	With      []string `json:"with,omitempty"` // parameters it takes
	Source    string   `json:"source"`         // seed, or section of the reference
	Mark      string   `json:"mark"`           // documented, observed, inferred or ours
}
