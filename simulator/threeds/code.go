package threeds

import (
	"crypto/subtle"
	"encoding/base64"

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
		return openCode(w, c.ID, c.SealedCode)
	case c.Tenant == "":
		return SandboxCode
	default:
		return issuer.OTP(w, c.ID, c.Sendings)
	}
}

// sealCode hides a code that a scenario fixed, so that it can be shown again
// without standing in the database: it is added to bytes drawn for the challenge.
func sealCode(w *sandbox.World, challenge, code string) string {
	sealed := w.Draw("acs.code", challenge).Bytes(len(code))
	for i := range sealed {
		sealed[i] ^= code[i]
	}
	return base64.RawStdEncoding.EncodeToString(sealed)
}

func openCode(w *sandbox.World, challenge, sealed string) string {
	b, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil {
		return "" // a damaged record: no entry is right
	}
	for i, k := range w.Draw("acs.code", challenge).Bytes(len(b)) {
		b[i] ^= k
	}
	return string(b)
}

func sameCode(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
