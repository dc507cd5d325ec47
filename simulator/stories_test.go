package simulator_test

import (
	"testing"

	"cardsim/scenarios"
)

// story is the integrator's part in a shipped scenario.
type story struct {
	settings string // of the default sandbox, in YAML
	play     func(tale)
}

// stories are the parts, one for each file of the library.
func stories() map[string]story {
	return map[string]story{
		"authenticate-error-1050":        {play: authenticateError},
		"authentication-attempted":       {play: authenticationAttempted},
		"authentication-failed":          {play: authenticationFailed},
		"authentication-rejected":        {play: authenticationRejected},
		"authentication-unavailable":     {play: authenticationUnavailable},
		"bad-signature":                  {play: badSignature},
		"bypassed":                       {play: bypassed},
		"capture-fails-then-succeeds":    {play: captureFails},
		"challenge-abandoned":            {settings: "{cardinal: {timestampPast: 24h}}", play: challengeAbandoned},
		"challenge-cancelled":            {play: challengeCancelled},
		"challenge-expired":              {play: challengeExpired},
		"cryptogram-reused":              {play: cryptogramReused},
		"decline-then-approve":           {play: declineThenApprove},
		"er000-burst":                    {play: er000Burst},
		"issuer-disables-card":           {play: issuerDisablesCard},
		"lookup-error-1001":              {play: lookupError},
		"lookup-timeout":                 {settings: "{cardinal: {timeoutHold: 5ms}}", play: lookupTimeout},
		"lost-answer-new-tracking-code":  {play: lostAnswerNewCode},
		"lost-answer-same-tracking-code": {play: lostAnswerSameCode},
		"malformed-answers":              {play: malformedAnswers},
		"not-enrolled":                   {play: notEnrolled},
		"otp-wrong-to-the-limit":         {play: otpWrongToTheLimit},
		"partial-refunds":                {play: partialRefunds},
		"provider-down-for-five-calls":   {play: providerDown},
		"provisioning-declined":          {play: provisioningDeclined},
		"resend-to-the-limit":            {play: resendToTheLimit},
		"signature-n-status-y":           {play: signatureN},
		"slow-day":                       {play: slowDay},
		"soft-decline-and-retry":         {play: softDecline},
		"token-deleted":                  {play: tokenDeleted},
		"token-suspended":                {play: tokenSuspended},
		"vector-conflict":                {play: vectorConflict},
	}
}

// TestStories plays every shipped scenario over the wire and holds the journal
// against what the scenario itself expects.
func TestStories(t *testing.T) {
	library, err := scenarios.Library()
	if err != nil {
		t.Fatal(err)
	}
	parts := stories()
	if len(library) != len(parts) {
		t.Errorf("%d scenarios are shipped, %d are played", len(library), len(parts))
	}
	for _, shipped := range library {
		t.Run(shipped.Name, func(t *testing.T) {
			t.Parallel()
			part, ok := parts[shipped.Name]
			if !ok {
				t.Fatal("nobody plays this scenario")
			}
			s := stage(t, part.settings, shipped.Name)
			part.play(s)
			s.verify(shipped)
		})
	}
}
