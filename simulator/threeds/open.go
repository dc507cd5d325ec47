package threeds

import "cardsim/simulator/sandbox"

// OpenRequest is what the browser brings to the issuer. Addresses that are empty
// leave what is known.
type OpenRequest struct {
	Addresses
	WindowSize string
}

// OpenChallenge shows the challenge to the cardholder. Addresses are taken also
// when it has ended already, so that its stored result finds the way back
// (reference cipher-acs.md B2). An unknown id is core.CodeNotFound.
func OpenChallenge(s sandbox.Scope, id string, r OpenRequest) (Transaction, error) {
	t, err := load(s, id)
	if err != nil {
		return t, err
	}
	c := t.Challenge
	c.Addresses = c.Addresses.with(r.Addresses)
	if r.WindowSize != "" {
		t.WindowSize = r.WindowSize
	}
	if c.State == Pending {
		now := s.Now
		c.State, c.Opened = Open, &now
	}
	return t, settle(s, t)
}

// StepUp remembers where Cardinal's step-up page brings the browser back to.
func StepUp(s sandbox.Scope, id, returnURL, md string) (Transaction, error) {
	t, err := load(s, id)
	if err != nil {
		return t, err
	}
	t.Challenge.Addresses.ReturnURL, t.Challenge.Addresses.MD = returnURL, md
	return t, settle(s, t)
}

// with replaces what the other names.
func (a Addresses) with(b Addresses) Addresses {
	if b.TermURL != "" { // MD belongs to it, also an empty one
		a.TermURL, a.MD = b.TermURL, b.MD
	}
	if b.ReturnURL != "" {
		a.ReturnURL, a.MD = b.ReturnURL, b.MD
	}
	if b.TermURL == "" && b.ReturnURL == "" && b.MD != "" {
		a.MD = b.MD
	}
	if b.NotificationURL != "" {
		a.NotificationURL = b.NotificationURL
	}
	if b.HasSessionData {
		a.SessionData, a.HasSessionData = b.SessionData, true
	}
	return a
}
