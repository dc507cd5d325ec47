package sandbox

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"cardsim/simulator/core"
)

// DefaultID names the sandbox that exists without being made.
const DefaultID = "default"

// ErrTaken is wrapped when an identity or id already belongs to a sandbox.
var ErrTaken = errors.New("already taken")

// Identity is who a credential speaks for.
type Identity struct {
	World    *World
	Merchant *Merchant
	// Name is the provider's identity that counts: the merchant's own where an
	// unseen one was sent.
	Name string
	// Known is false for an unseen identity, which open mode takes as the
	// default sandbox's own merchant, unverified.
	Known bool
	// Example marks an identity printed on the vendor's pages.
	Example bool
	// Kind is the kind of a Cardtokens key.
	Kind KeyKind
}

// Registry finds the world that a credential belongs to. Readers never wait.
type Registry struct {
	strict bool
	mu     sync.Mutex
	index  atomic.Pointer[index]
}

// index is an immutable picture of all worlds and their identities.
type index struct {
	worlds   []*World
	byID     map[string]*World
	identity map[string]Identity // "kind\x00name"
	tenant   map[string]*World
}

// The kinds of identity; two of Cardinal's, one for each credential style.
const (
	kindKey      = "cardtokens"
	kindBusiness = "acehub"
	kindAPIKey   = "cardinal-key"
	kindLegacy   = "cardinal-legacy"
)

// NewRegistry is an empty registry; strict refuses identities no world knows.
func NewRegistry(strict bool) *Registry {
	r := &Registry{strict: strict}
	r.index.Store(&index{byID: map[string]*World{}, identity: map[string]Identity{}, tenant: map[string]*World{}})
	return r
}

// Strict says whether unseen identities are refused.
func (r *Registry) Strict() bool { return r.strict }

// Default is the sandbox that exists without being made.
func (r *Registry) Default() *World { return r.index.Load().byID[DefaultID] }

// Worlds lists every sandbox in the order they were added.
func (r *Registry) Worlds() []*World { return r.index.Load().worlds }

// ByID finds a sandbox by its id.
func (r *Registry) ByID(id string) (*World, bool) {
	w, ok := r.index.Load().byID[id]
	return w, ok
}

// Add makes a world's identities known. Nothing changes when one of them, or
// the id, is taken.
func (r *Registry) Add(w *World) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	next, err := r.index.Load().with(w)
	if err != nil {
		return err
	}
	r.index.Store(next)
	return nil
}

func (x *index) with(w *World) (*index, error) {
	next := &index{byID: map[string]*World{}, identity: map[string]Identity{}, tenant: map[string]*World{}}
	for _, old := range append(append([]*World{}, x.worlds...), w) {
		if err := next.add(old); err != nil {
			return nil, err
		}
	}
	return next, nil
}

func (x *index) add(w *World) error {
	if _, taken := x.byID[w.ID]; taken {
		return fmt.Errorf("sandbox %s: %w", w.ID, ErrTaken)
	}
	x.byID[w.ID] = w
	x.worlds = append(x.worlds, w)
	for _, t := range w.Tenants {
		if other, taken := x.tenant[t.ID]; taken {
			return fmt.Errorf("tenant %s of sandbox %s belongs to sandbox %s: %w", t.ID, w.ID, other.ID, ErrTaken)
		}
		x.tenant[t.ID] = w
	}
	for _, m := range w.Merchants {
		if err := x.addMerchant(w, m); err != nil {
			return err
		}
	}
	return nil
}

func (x *index) addMerchant(w *World, m *Merchant) error {
	at := func(name string) Identity { return Identity{World: w, Merchant: m, Name: name, Known: true} }
	put := func(kind string, id Identity) error {
		key := kind + "\x00" + id.Name
		if id.Name == "" {
			return nil
		}
		if other, taken := x.identity[key]; taken {
			return fmt.Errorf("%s identity of merchant %s in sandbox %s belongs to sandbox %s: %w", kind, m.ID, w.ID, other.World.ID, ErrTaken)
		}
		x.identity[key] = id
		return nil
	}
	var errs []error
	for _, k := range m.Cardtokens.Keys {
		id := at(k.Key)
		id.Kind = k.Kind
		errs = append(errs, put(kindKey, id))
	}
	errs = append(errs, put(kindBusiness, at(m.AceHub.BusinessID)))
	for _, e := range m.AceHub.Examples {
		id := at(e)
		id.Example = true
		errs = append(errs, put(kindBusiness, id))
	}
	errs = append(errs, put(kindAPIKey, at(m.Cardinal.Identifier)))
	if m.Cardinal.ProcessorID != "" || m.Cardinal.MerchantID != "" {
		errs = append(errs, put(kindLegacy, at(legacyName(m.Cardinal.ProcessorID, m.Cardinal.MerchantID))))
	}
	return errors.Join(errs...)
}

func legacyName(processorID, merchantID string) string { return processorID + "\x00" + merchantID }

// find resolves an identity; an unseen one is the default sandbox's own
// merchant in open mode (decisions 7) and refused in strict mode.
func (r *Registry) find(kind, name string, own func(*Merchant) string) (Identity, error) {
	x := r.index.Load()
	if id, ok := x.identity[kind+"\x00"+name]; ok {
		return id, nil
	}
	if r.strict {
		return Identity{}, core.Errf(core.CodeUnauthorized, "", "no sandbox knows this %s identity, and credentials are strict", kind)
	}
	w := x.byID[DefaultID]
	return Identity{World: w, Merchant: w.Own(), Name: own(w.Own()), Kind: TestKey}, nil
}

// ByAPIKey resolves Cardtokens' X-Api-Key.
func (r *Registry) ByAPIKey(key string) (Identity, error) {
	return r.find(kindKey, key, func(m *Merchant) string { return m.Cardtokens.Key(TestKey) })
}

// ByBusiness resolves AceHub's businessId.
func (r *Registry) ByBusiness(id string) (Identity, error) {
	return r.find(kindBusiness, id, func(m *Merchant) string { return m.AceHub.BusinessID })
}

// ByIdentifier resolves the Identifier of a Cardinal API key.
func (r *Registry) ByIdentifier(identifier string) (Identity, error) {
	return r.find(kindAPIKey, identifier, func(m *Merchant) string { return m.Cardinal.Identifier })
}

// ByProcessor resolves Cardinal's legacy ProcessorId and MerchantId.
func (r *Registry) ByProcessor(processorID, merchantID string) (Identity, error) {
	return r.find(kindLegacy, legacyName(processorID, merchantID), func(m *Merchant) string {
		return legacyName(m.Cardinal.ProcessorID, m.Cardinal.MerchantID)
	})
}

// ByTenant finds the world of a Cipher tenant; an unknown one is unknown in
// both modes, because a tenant is a resource.
func (r *Registry) ByTenant(id string) (*World, *Tenant, bool) {
	w, ok := r.index.Load().tenant[id]
	if !ok {
		return nil, nil, false
	}
	t, ok := w.Tenant(id)
	return w, t, ok
}
