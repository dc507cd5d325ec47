package issuer

import (
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/store"
)

// The states of a card, an identity and a tenant (seed 004, documented).
const (
	// Enabled can be used for authentications.
	Enabled = "ENABLED"
	// Disabled stays enrolled; an authentication of it ends as CARD_NOT_FOUND.
	Disabled = "DISABLED"
)

// The ways a card can have been enrolled, createdBy/mode (seed 004, documented).
const (
	ModeAPI  = "API"
	ModeFile = "FILE"
	ModeUI   = "UI"
)

// Card is one card enrolled at one tenant. The JSON is a format that users keep.
type Card struct {
	ID       string `json:"id"`     // CRN and 10 digits, unique within the tenant
	GUID     string `json:"guid"`   // cardGuid, a UUID: the card's alias
	Tenant   string `json:"tenant"` // sandbox.Tenant.ID
	HolderID string `json:"holder"` // authProfileId, the same as cardHolderId (reference cipher-acs.md A9.4)
	Name     string `json:"name"`   // the cardholder's name as this enrolment gave it

	Ref          core.CardRef `json:"card"`
	MaskedNumber string       `json:"masked"` // first six, lower-case x, last four

	ProductID   string `json:"productId"`
	ProductName string `json:"productName"`
	Network     string `json:"network"` // lower case: visa, mastercard, amex, rupay

	State string `json:"state"` // Enabled or Disabled
	// DisabledReason is empty: no documented call sets it (reference
	// cipher-acs.md A6, inferred).
	DisabledReason string            `json:"disabledReason,omitempty"`
	Config         map[string]string `json:"config,omitempty"` // attributes attached to the card
	CreatedBy      Actor             `json:"createdBy"`
	Created        time.Time         `json:"created"`
}

// Actor is who enrolled a card, for auditing.
type Actor struct {
	// JID has the form <authProfileID>@authProfile.<domainID>/<resourceID>
	// (seed 004, documented).
	JID  string `json:"jid"`
	Mode string `json:"mode"` // ModeAPI, ModeFile or ModeUI
}

// cards holds every enrolment under tenant/cardId.
var cards = store.NewTable[Card]("issuer.cards")

// cardIndex finds a cardId by tenant/fingerprint.
var cardIndex = store.NewTable[string]("issuer.cardIndex")

// arrivals leads from the order of arrival to a card's key, for lists.
var arrivals = store.NewTable[string]("issuer.arrivals").Rising()

// tenantKey is a key within one tenant. Ids and fingerprints hold no slash, so
// the last one always divides.
func tenantKey(tenant, id string) string { return tenant + "/" + id }
