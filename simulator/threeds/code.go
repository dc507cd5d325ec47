package threeds

import (
	"crypto/subtle"

	"cardsim/simulator/issuer"
	"cardsim/simulator/sandbox"
)

// SandboxCode is the right code of every card that no tenant enrolled (reference
// cardinal.md §11, documented).
const SandboxCode = "1234"

// Code is the code that is right now; ok is false when no challenge runs. It is
// for the outbox, the sandbox line of the page and tests, never for storing.
func Code(s sandbox.Scope, t Transaction) (code string, ok bool) {
	expire(s, &t)
	if !t.Running() {
		return "", false
	}
	return rightCode(s.World, *t.Challenge), true
}

func rightCode(w *sandbox.World, c Challenge) string {
	switch {
	case c.SealedCode != "":
		return w.Unseal(c.SealedCode)
	case c.Tenant == "":
		return SandboxCode
	default:
		return issuer.OTP(w, c.ID, c.Sendings)
	}
}

func sameCode(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
