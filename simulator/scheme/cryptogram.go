package scheme

import (
	"encoding/base64"
	"strconv"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// Cryptogram is one fresh cryptogram. It goes to the caller and is not kept.
type Cryptogram struct {
	Value         string
	PaymentDataID string // 32 lower-case hex digits
	Ordinal       uint64 // within the token
}

// cryptogram is what is remembered of one, under the digest of its value.
type cryptogram struct {
	Token  string    `json:"token"`
	Issued time.Time `json:"issued"`
	Used   bool      `json:"used,omitempty"`
	// Expired says that a clock was moved past its time while it was unused: it
	// stays so, whatever the clock shows later.
	Expired bool       `json:"expired,omitempty"`
	Ordinal uint64     `json:"ordinal,omitempty"` // within the token
	Flow    string     `json:"flow,omitempty"`    // the journey it was asked for in
	Noted   *time.Time `json:"noted,omitempty"`   // where it stands in the agenda
}

// IssueCryptogram gives a cryptogram for one authorisation with a token.
// unpredictable is the merchant's number of eight digits; without one the scheme
// draws its own. The error is a *core.Refusal when the token is not usable.
func IssueCryptogram(s sandbox.Scope, t Token, unpredictable string) (Cryptogram, error) {
	if r := t.refusal(s.Now); r != nil {
		return Cryptogram{}, r
	}
	ordinal, err := s.Next(issuedCounter(t.ID))
	if err != nil {
		return Cryptogram{}, err
	}
	n := strconv.FormatUint(ordinal, 10)
	c := Cryptogram{
		Value:         cryptogramValue(s.World, t, n, unpredictable),
		PaymentDataID: paymentDataID(s.World, t.ID, ordinal),
		Ordinal:       ordinal,
	}
	digest := s.World.Digest("cryptogram", c.Value)
	record := cryptogram{Token: t.ID, Issued: s.Now, Ordinal: ordinal, Flow: s.Flow}
	if err := record.remind(s, digest); err != nil {
		return Cryptogram{}, err
	}
	return c, issued.Put(s.Tx, s.World.ID, digest, record)
}

// cryptogramValue is the value in the scheme's own form (reference cardtokens.md
// §6.3): Visa's TAVV of 20 bytes (documented length, observed head); Mastercard's
// 19 bytes whose first base64 character is A to P (by analogy), which depend on
// the unpredictable number; testscheme the text of a UUID (documented).
func cryptogramValue(w *sandbox.World, t Token, ordinal, unpredictable string) string {
	draw := w.Draw("cryptogram", t.ID, ordinal)
	switch t.Scheme {
	case Visa:
		b := append([]byte{0x02, 0x00, 0x00}, draw.Bytes(17)...)
		return base64.StdEncoding.EncodeToString(b)
	case Mastercard:
		if unpredictable == "" {
			unpredictable = draw.Digits(8)
		}
		b := w.Draw("cryptogram", t.ID, ordinal, unpredictable).Bytes(19)
		b[0] &= 0x3f
		return base64.StdEncoding.EncodeToString(b)
	default:
		return base64.StdEncoding.EncodeToString([]byte(draw.Hex32()))
	}
}

// refusal says why a token cannot be used now, nil when it can.
func (t Token) refusal(now time.Time) *core.Refusal {
	switch {
	case t.State != Active:
		return core.Refusef(TokenNotActive, "token %s is %s", t.ID, t.State)
	case t.Expiry.Expired(now):
		return core.Refusef(TokenExpired, "token %s expired at the end of %s", t.ID, t.Expiry)
	default:
		return nil
	}
}
