package web

// Connect is what other programs need to use a sandbox, and what can be done to it.
type Connect struct {
	Sandbox string
	// Secrets are the credentials by provider: made up, and a sandbox's own.
	Providers []Account
	// Snippets are the same for each way to write it.
	Snippets []Part
	// KeyHref is the RSA public key as PEM.
	KeyHref string
	CreateTo,
	ResetTo,
	DeleteTo string // DeleteTo is empty for the default sandbox
}

// Account is a sandbox's account at one provider.
type Account struct {
	Name  string
	Facts []Fact
}

// Reset is the button that empties the sandbox.
func (v Connect) Reset() Action {
	return Action{Label: "Empty this sandbox", To: v.ResetTo, Name: "action", Value: "reset", Danger: true}
}

// Delete is the button that removes it.
func (v Connect) Delete() Action {
	return Action{Label: "Delete this sandbox", To: v.DeleteTo, Name: "action", Value: "delete", Danger: true}
}
