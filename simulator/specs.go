package simulator

import (
	"fmt"
	"strings"

	"cardsim/fixtures"
	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// specOf turns a fixture's sandbox into a specification. What a sandbox needs
// and the file leaves out (merchant, tenant, accounts) is derived from its seed
// and origin, of which the stored ones win over the file's.
func specOf(f fixtures.Sandbox, seed uint64, origin string, catalogue []sandbox.CardProfile) (sandbox.Spec, error) {
	spec := sandbox.Spec{ID: f.ID, Seed: seed, Origin: origin, Clock: f.Clock, Settings: f.Settings, Key: f.Key, Cards: catalogue}
	derived := sandbox.DerivedMerchant(seed, origin)
	for i, m := range f.Merchants {
		merchant := merchantOf(m)
		merchant.ID = merchantID(spec.Merchants, m.Name)
		if i == 0 {
			fillAccounts(merchant, derived)
		}
		spec.Merchants = append(spec.Merchants, merchant)
	}
	if len(spec.Merchants) == 0 {
		spec.Merchants = []*sandbox.Merchant{derived}
	}
	for _, t := range f.Tenants {
		spec.Tenants = append(spec.Tenants, tenantOf(t))
	}
	if len(spec.Tenants) == 0 {
		spec.Tenants = []*sandbox.Tenant{sandbox.DerivedTenant(seed, origin)}
	}
	return withCards(spec, f.Cards)
}

// withCards adds the file's own numbers and its enrolments.
func withCards(spec sandbox.Spec, cards []fixtures.Card) (sandbox.Spec, error) {
	for _, c := range cards {
		pan, ok := core.ParsePAN(c.PAN)
		if !ok {
			return spec, fmt.Errorf("sandbox %s: a card number has 12 to 19 digits", spec.ID)
		}
		if !listed(spec.Cards, pan) {
			profile := sandbox.CardProfile{Number: pan, Provider: "fixture", Summary: "a card of the fixture files", Source: "fixture file"}
			spec.Cards = append(spec.Cards[:len(spec.Cards):len(spec.Cards)], profile)
		}
		if e := c.Enrolled; e != nil {
			spec.Enrolments = append(spec.Enrolments, sandbox.Enrolment{Card: pan, Tenant: e.Tenant, Name: holderName(spec, e, pan), Identities: identities(e.Identities)})
		}
	}
	return spec, nil
}

func listed(cards []sandbox.CardProfile, pan core.PAN) bool {
	for _, c := range cards {
		if c.Number == pan {
			return true
		}
	}
	return false
}

// holderName is the file's, else one that people can read.
func holderName(spec sandbox.Spec, e *fixtures.Enrolled, pan core.PAN) string {
	if e.Name != "" {
		return e.Name
	}
	digest := pan.SHA256()
	return fixtures.NewPeople(spec.Seed).Name(e.Tenant + string(digest[:]))
}

func identities(i fixtures.Identities) map[string]string {
	out := map[string]string{"tenantUniqueVector": i.TenantUniqueVector}
	if i.PhoneNumber != "" {
		out["phoneNumber"] = i.PhoneNumber
	}
	if i.Email != "" {
		out["email"] = i.Email
	}
	return out
}

// merchantID is the name in lower case with hyphens, made unique.
func merchantID(before []*sandbox.Merchant, name string) string {
	slug := strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(name)), "-")
	id := slug
	for n := 2; ; n++ {
		taken := id == ""
		for _, m := range before {
			taken = taken || m.ID == id
		}
		if !taken {
			return id
		}
		id = fmt.Sprintf("%s-%d", slug, n)
	}
}

func merchantOf(f fixtures.Merchant) *sandbox.Merchant {
	m := &sandbox.Merchant{Name: f.Name}
	if c := f.Cardtokens; c != nil {
		m.Cardtokens.MerchantID = c.MerchantID
		for _, k := range c.APIKeys {
			m.Cardtokens.Keys = append(m.Cardtokens.Keys, sandbox.APIKey{Key: k.Key, Kind: sandbox.KeyKind(k.Kind)})
		}
	}
	if a := f.AceHub; a != nil {
		m.AceHub = sandbox.AceHubAccount{BusinessID: a.BusinessID, Username: a.Username, Password: a.Password}
	}
	if c := f.Cardinal; c != nil {
		m.Cardinal = sandbox.CardinalAccount{
			Identifier: c.Identifier, OrgUnit: c.OrgUnit, APIKey: c.APIKey,
			ProcessorID: c.ProcessorID, MerchantID: c.MerchantID, TransactionPwd: c.TransactionPwd,
		}
	}
	if f.Aliases != nil {
		if a := f.Aliases.AceHub; a != nil {
			m.AceHub.Examples = a.BusinessIDs
		}
		if c := f.Aliases.Cardtokens; c != nil {
			m.Cardtokens.Examples = c.MerchantIDs
		}
	}
	return m
}

// fillAccounts gives the sandbox's own merchant the accounts that its file
// leaves out: it is known to every provider (interface §2).
func fillAccounts(m, derived *sandbox.Merchant) {
	if m.Cardtokens.MerchantID == "" {
		derived.Cardtokens.Examples = m.Cardtokens.Examples
		m.Cardtokens = derived.Cardtokens
	}
	for _, k := range derived.Cardtokens.Keys {
		if m.Cardtokens.Key(k.Kind) == "" {
			m.Cardtokens.Keys = append(m.Cardtokens.Keys, k)
		}
	}
	if m.AceHub.BusinessID == "" {
		derived.AceHub.Examples = m.AceHub.Examples
		m.AceHub = derived.AceHub
	}
	c, d := &m.Cardinal, derived.Cardinal
	if c.Identifier == "" {
		c.Identifier, c.OrgUnit, c.APIKey = d.Identifier, d.OrgUnit, d.APIKey
	}
	if c.ProcessorID == "" {
		c.ProcessorID, c.MerchantID, c.TransactionPwd = d.ProcessorID, d.MerchantID, d.TransactionPwd
	}
}
