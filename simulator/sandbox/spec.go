package sandbox

import (
	"cmp"
	"crypto/rsa"
	"time"

	"cardsim/simulator/core"
)

// Spec is what a world is made from. The maker has checked it.
type Spec struct {
	ID       string
	Origin   string // empty: the same as ID
	Seed     uint64
	Clock    *time.Time // frozen at; nil: real time
	Settings map[string]map[string]any
	// Patched are settings made by hand, which win over Settings.
	Patched map[string]map[string]any
	// Merchants has at least one: the sandbox's own.
	Merchants  []*Merchant
	Tenants    []*Tenant
	Cards      []CardProfile
	Enrolments []Enrolment
	Key        *rsa.PrivateKey
	Kept       Kept
}

// Kept is what the store has to keep of a world because no fixture file has it.
// It holds secrets and is sealed at rest.
type Kept struct {
	Key     []byte // the Cardtokens key that came with the create call, PEM
	Content []byte // what an import brought: the maker's own format
}

// Merchant is a shop, known to three providers by its credentials there. What
// one provider issues to it, the others verify.
type Merchant struct {
	ID   string // stable within the sandbox; not a provider's id
	Name string

	Cardtokens CardtokensAccount
	AceHub     AceHubAccount
	Cardinal   CardinalAccount
}

// KeyKind says what a Cardtokens API key yields (reference cardtokens.md §2).
type KeyKind string

// The two kinds of key.
const (
	TestKey KeyKind = "test" // scheme testscheme, the published test cards only
	LiveKey KeyKind = "live" // visa or mastercard by BIN
)

// APIKey is one Cardtokens key: identity and secret in one.
type APIKey struct {
	Key  string
	Kind KeyKind
}

// CardtokensAccount is a merchant's account at Cardtokens.
type CardtokensAccount struct {
	MerchantID string
	Keys       []APIKey
	// Examples are the merchant ids printed on the vendor's pages.
	Examples []string
}

// Key returns the first key of a kind, empty when there is none.
func (a CardtokensAccount) Key(kind KeyKind) string {
	for _, k := range a.Keys {
		if k.Kind == kind {
			return k.Key
		}
	}
	return ""
}

// HasMerchant says whether a merchantid belongs to the account.
func (a CardtokensAccount) HasMerchant(id string) bool {
	if id == a.MerchantID {
		return true
	}
	for _, e := range a.Examples {
		if e == id {
			return true
		}
	}
	return false
}

// AceHubAccount is a merchant's account at AceHub.
type AceHubAccount struct {
	BusinessID string
	Username   string
	Password   string
	Examples   []string // business ids printed on the vendor's pages
	// Alias is the business id that requests carry in place of BusinessID, which
	// another sandbox has: an imported copy beside its original (*ours*).
	Alias string
}

// Outward is the business id that requests carry.
func (a AceHubAccount) Outward() string { return cmp.Or(a.Alias, a.BusinessID) }

// CardinalAccount is a merchant's account at Cardinal, in both credential
// styles (reference cardinal.md §2).
type CardinalAccount struct {
	Identifier string
	OrgUnit    string
	APIKey     string

	ProcessorID    string
	MerchantID     string
	TransactionPwd string
}

// Tenant is an issuer on-boarded with Cipher: its look, limits, products and
// plans (reference cipher-acs.md A5). There is no documented call to change one.
type Tenant struct {
	ID       string
	Name     string
	Token    string // empty: no authentication is asked for
	Example  bool   // printed on the vendor's page: takes any token or none
	Disabled bool
	Alias    string // the id that paths carry, as an AceHub account's
	Config   TenantConfig
	Products []Product
	Plans    []AuthPlan
}

// Outward is the tenant id that paths carry.
func (t *Tenant) Outward() string { return cmp.Or(t.Alias, t.ID) }

// TenantConfig is the tenant's config object, by the names of seed 004.
type TenantConfig struct {
	GAID                string            `json:"gaID"`           // the vendor's id of a web analytics account; nothing is sent there
	LogoURL             string            `json:"logoURL"`        // the logo of the challenge page
	TemplateConfig      map[string]string `json:"templateConfig"` // colours and words of the challenge page, by the vendor's names
	ChallengeConfig     ChallengeConfig   `json:"challengeConfig"`
	AuthExpiryInSeconds int               `json:"authExpiryInSeconds"` // how long a challenge runs
}

// ChallengeConfig holds a tenant's limits.
type ChallengeConfig struct {
	ResendOTPLimit                 int `json:"resendOTPLimit"`                 // how many new codes may be asked for
	IncorrectChallengeAttemptLimit int `json:"incorrectChallengeAttemptLimit"` // the wrong entry that ends a challenge
}

// Product maps a BIN prefix to the tenant's product; an empty BIN is the
// default row.
type Product struct {
	BIN         string
	ProductID   string
	ProductName string
	CardNetwork string
}

// AuthPlan is one way a tenant authenticates a cardholder.
type AuthPlan struct {
	AuthPlanID int          `json:"authPlanId"` // the vendor's number of it
	Factors    []AuthFactor `json:"factors"`    // all are asked for, in order
}

// AuthFactor is one factor of a plan; its identities are alternatives.
type AuthFactor struct {
	FactorNumber int            `json:"factorNumber"` // its place in the plan, from 1
	Identities   []AuthIdentity `json:"identities"`   // any of them will do
}

// AuthIdentity names an identity type: phoneNumber or email.
type AuthIdentity struct {
	IdentityType string `json:"identityType"` // phoneNumber or email
}

// Enrolment is a card that a fixture enrols at a tenant.
type Enrolment struct {
	Card       core.PAN
	Tenant     string
	Name       string
	Identities map[string]string // tenantUniqueVector, phoneNumber, email
}

// CardCase is one row of Cardinal's test-card tables (reference cardinal.md §11).
type CardCase struct {
	Version core.ThreeDSVersion
	Number  int    // 1 to 16; 0 for a variant outside the numbered cases
	Variant string // names an extra behaviour; empty for the numbered ones
}

// Trigger makes Cardtokens' provisioning fail (*ours*, decisions 12).
type Trigger struct {
	Scheme string // visa or mastercard
	Reason string // the scheme's reason code, or "timeout"
}

// CardProfile is a catalogue card and what it does.
type CardProfile struct {
	Number   core.PAN
	Ref      core.CardRef // set when the world is made
	Brand    core.Brand   // overrides the leading digits; empty: as they say
	CardType string       // co-badge, as Cardinal's CardType names it
	Provider string       // who published it
	Cases    []CardCase
	Trigger  *Trigger
	Summary  string
	Source   string
}

// Case picks the row for a forced version, else the first row.
func (p CardProfile) Case(forced core.ThreeDSVersion) (CardCase, bool) {
	for _, c := range p.Cases {
		if forced == "" || c.Version == forced {
			return c, true
		}
	}
	if len(p.Cases) > 0 {
		return p.Cases[0], true
	}
	return CardCase{}, false
}
