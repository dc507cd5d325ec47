package sandbox

import (
	"crypto/sha256"
	"encoding/base64"
)

// The kinds of identity; two of Cardinal's, one for each credential style.
const (
	kindKey      = "cardtokens"
	kindBusiness = "acehub"
	kindAPIKey   = "cardinal-key"
	kindLegacy   = "cardinal-legacy"
)

// key is an identity as a provider's request names it.
type key struct{ kind, name string }

// digest is what is kept of an identity whose sandbox was deleted: an API key
// is a secret, and never reaches the store in clear.
func (k key) digest() string {
	sum := sha256.Sum256([]byte("cardsim identity 1\x00" + k.kind + "\x00" + k.name))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// claim is an identity that a world wants to be known by.
type claim struct {
	key      key
	identity Identity
}

// identitiesOf lists what tells a world from the others; tenants are apart.
func identitiesOf(w *World) []claim {
	var list []claim
	for _, m := range w.Merchants {
		list = append(list, merchantClaims(w, m)...)
	}
	return list
}

func merchantClaims(w *World, m *Merchant) []claim {
	var list []claim
	add := func(kind, outward, name string, change func(*Identity)) {
		if outward == "" {
			return
		}
		id := Identity{World: w, Merchant: m, Name: name, Known: true}
		if change != nil {
			change(&id)
		}
		list = append(list, claim{key{kind, outward}, id})
	}
	for _, k := range m.Cardtokens.Keys {
		add(kindKey, k.Key, k.Key, func(id *Identity) { id.Kind = k.Kind })
	}
	add(kindBusiness, m.AceHub.Outward(), m.AceHub.BusinessID, nil)
	for _, e := range m.AceHub.Examples {
		add(kindBusiness, e, e, func(id *Identity) { id.Example = true })
	}
	add(kindAPIKey, m.Cardinal.Identifier, m.Cardinal.Identifier, nil)
	if m.Cardinal.ProcessorID != "" || m.Cardinal.MerchantID != "" {
		name := legacyName(m.Cardinal.ProcessorID, m.Cardinal.MerchantID)
		add(kindLegacy, name, name, nil)
	}
	return list
}

func legacyName(processorID, merchantID string) string { return processorID + "\x00" + merchantID }

// Digests are those of the world's identities, for [Registry.AskOfDeleted].
func (w *World) Digests() []string {
	var list []string
	for _, c := range identitiesOf(w) {
		list = append(list, c.key.digest())
	}
	return list
}

// Taken says which accounts of a merchant another sandbox is known by.
type Taken struct{ Cardtokens, AceHub, Cardinal bool }

// Taken looks for a merchant's identities in every sandbox but instead.
func (r *Registry) Taken(m *Merchant, instead *World) Taken {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var t Taken
	for _, c := range merchantClaims(nil, m) {
		other, known := r.identity[c.key]
		taken := known && other.World != instead
		switch c.key.kind {
		case kindKey:
			t.Cardtokens = t.Cardtokens || taken
		case kindBusiness:
			t.AceHub = t.AceHub || taken
		default:
			t.Cardinal = t.Cardinal || taken
		}
	}
	return t
}

// TakenTenant says whether a sandbox other than instead has this tenant id.
func (r *Registry) TakenTenant(id string, instead *World) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	other, known := r.tenant[id]
	return known && other.world != instead
}

// ByAPIKey resolves Cardtokens' X-Api-Key.
func (r *Registry) ByAPIKey(name string) (Identity, error) {
	return r.find(key{kindKey, name}, func(m *Merchant) string { return m.Cardtokens.Key(TestKey) })
}

// ByBusiness resolves AceHub's businessId.
func (r *Registry) ByBusiness(id string) (Identity, error) {
	return r.find(key{kindBusiness, id}, func(m *Merchant) string { return m.AceHub.BusinessID })
}

// ByIdentifier resolves the Identifier of a Cardinal API key.
func (r *Registry) ByIdentifier(identifier string) (Identity, error) {
	return r.find(key{kindAPIKey, identifier}, func(m *Merchant) string { return m.Cardinal.Identifier })
}

// ByProcessor resolves Cardinal's legacy ProcessorId and MerchantId.
func (r *Registry) ByProcessor(processorID, merchantID string) (Identity, error) {
	return r.find(key{kindLegacy, legacyName(processorID, merchantID)}, func(m *Merchant) string {
		return legacyName(m.Cardinal.ProcessorID, m.Cardinal.MerchantID)
	})
}

// ByTenant finds the world of a Cipher tenant; an unknown one is unknown in
// both modes, because a tenant is a resource.
func (r *Registry) ByTenant(id string) (*World, *Tenant, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	t, ok := r.tenant[id]
	return t.world, t.tenant, ok
}
