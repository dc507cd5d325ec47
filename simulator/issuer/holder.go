package issuer

import (
	"cardsim/simulator/store"
)

// The identity types, as Cipher's samples spell them (reference cipher-acs.md
// A9.8, documented).
const (
	PhoneNumber = "phoneNumber"        // where an SMS goes
	Email       = "email"              // where an e-mail goes
	Vector      = "tenantUniqueVector" // the tenant's own name for the cardholder
	CardGUID    = "cardGuid"           // set by the server only
)

// Holder is one cardholder of a tenant: everything enrolled under one
// tenantUniqueVector. The JSON is a format that users keep.
type Holder struct {
	// ID is authProfileId and cardHolderId: base64url with padding of 16 bytes.
	ID     string `json:"id"`
	Tenant string `json:"tenant"`
	Name   string `json:"name"` // as the first enrolment gave it
	// Identities stand in the order phoneNumber, email, tenantUniqueVector.
	Identities []Identity `json:"identities"`
	// Cards are the cardIds, in the order of enrolment.
	Cards []string `json:"cards"`
}

// Identity is one way to reach or name a cardholder.
type Identity struct {
	Type  string `json:"type"` // PhoneNumber, Email or Vector
	Value string `json:"value"`
	State string `json:"state,omitempty"` // Enabled; empty means the same
}

// Identity finds the holder's identity of a type.
func (h Holder) Identity(kind string) (Identity, bool) { return identityOf(h.Identities, kind) }

func identityOf(list []Identity, kind string) (Identity, bool) {
	for _, id := range list {
		if id.Type == kind {
			return id, true
		}
	}
	return Identity{}, false
}

// ordered puts identities into the order in which Get CardHolder prints them
// (seed 004) and enables them.
func ordered(list []Identity) []Identity {
	out := make([]Identity, 0, len(list))
	for _, kind := range []string{PhoneNumber, Email, Vector} {
		if id, ok := identityOf(list, kind); ok {
			id.State = Enabled
			out = append(out, id)
		}
	}
	return out
}

// holders holds every cardholder under tenant/cardHolderId.
var holders = store.NewTable[Holder]("issuer.holders")
