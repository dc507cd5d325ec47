package sandbox

import (
	"errors"
	"fmt"
	"slices"
	"sync"

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
	// unseen one was sent, and where it has an alias.
	Name string
	// Known is false for an unseen identity, which open mode takes as the
	// default sandbox's own merchant, unverified.
	Known bool
	// Example marks an identity printed on the vendor's pages.
	Example bool
	// Kind is the kind of a Cardtokens key.
	Kind KeyKind
}

// Registry finds the world that a credential belongs to. A world comes and goes
// at a cost that does not grow with the number of the others.
type Registry struct {
	strict bool

	mu       sync.RWMutex
	worlds   []*World // in order of arrival; the part handed out never changes
	byID     map[string]*World
	identity map[key]Identity
	tenant   map[string]tenancy

	deleted func(digest string) (bool, error) // nil: nobody knows; set before the first use
	trails  trails
}

// tenancy is a tenant and whose it is.
type tenancy struct {
	world  *World
	tenant *Tenant
}

// NewRegistry is an empty registry; strict refuses identities no world knows.
func NewRegistry(strict bool) *Registry {
	return &Registry{
		strict: strict, byID: map[string]*World{}, identity: map[key]Identity{},
		tenant: map[string]tenancy{},
	}
}

// Strict says whether unseen identities are refused.
func (r *Registry) Strict() bool { return r.strict }

// Default is the sandbox that exists without being made.
func (r *Registry) Default() *World {
	w, _ := r.ByID(DefaultID)
	return w
}

// Worlds lists every sandbox in the order they were added. The list is the
// caller's to read, not to change.
func (r *Registry) Worlds() []*World {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return slices.Clip(r.worlds)
}

// ByID finds a sandbox by its id.
func (r *Registry) ByID(id string) (*World, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	w, ok := r.byID[id]
	return w, ok
}

// Add makes a world's identities known. Nothing changes when one of them, or
// the id, is taken.
func (r *Registry) Add(w *World) error { return r.Replace(nil, w) }

// Replace puts w in the place of old, or adds it when old is nil, in one step.
// Nothing changes when an identity of w, or its id, belongs to a third.
func (r *Registry) Replace(old, w *World) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.check(w, old); err != nil {
		return err
	}
	if old == nil {
		r.worlds = append(r.worlds, w)
	} else {
		r.forget(old)
		r.worlds = slices.Clone(r.worlds)
		r.worlds[slices.Index(r.worlds, old)] = w
	}
	r.byID[w.ID] = w
	for _, c := range identitiesOf(w) {
		r.identity[c.key] = c.identity
	}
	for _, t := range w.Tenants {
		r.tenant[t.Outward()] = tenancy{w, t}
	}
	return nil
}

// Check says whether Replace would do, without doing it.
func (r *Registry) Check(w, instead *World) error {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.check(w, instead)
}

// Remove takes a world and its identities out. They are refused from now on,
// in both modes, until a world has them again (decisions 7).
func (r *Registry) Remove(w *World) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.byID[w.ID] != w {
		return
	}
	r.forget(w)
	r.worlds = slices.DeleteFunc(slices.Clone(r.worlds), func(x *World) bool { return x == w })
	delete(r.byID, w.ID)
}

// forget takes a world's identities out; mu is held.
func (r *Registry) forget(w *World) {
	for _, c := range identitiesOf(w) {
		delete(r.identity, c.key)
	}
	for _, t := range w.Tenants {
		delete(r.tenant, t.Outward())
	}
}

// AskOfDeleted names who knows the identities of deleted sandboxes, by their digests
// ([World.Digests]): those are refused in both modes. It is for the time before the first
// request, and deleted is asked outside of every transaction.
func (r *Registry) AskOfDeleted(deleted func(digest string) (bool, error)) { r.deleted = deleted }

// check says what stands in the way of w in the place of instead; mu is held.
func (r *Registry) check(w, instead *World) error {
	if other, taken := r.byID[w.ID]; taken && other != instead {
		return fmt.Errorf("sandbox %s: %w", w.ID, ErrTaken)
	}
	tenants := map[string]bool{}
	for _, t := range w.Tenants {
		if other, taken := r.tenant[t.Outward()]; taken && other.world != instead {
			return fmt.Errorf("tenant %s of sandbox %s belongs to sandbox %s: %w", t.Outward(), w.ID, other.world.ID, ErrTaken)
		}
		if tenants[t.Outward()] {
			return fmt.Errorf("tenant %s is twice in sandbox %s: %w", t.Outward(), w.ID, ErrTaken)
		}
		tenants[t.Outward()] = true
	}
	own := map[key]bool{}
	for _, c := range identitiesOf(w) {
		if other, taken := r.identity[c.key]; taken && other.World != instead {
			return fmt.Errorf("%s identity of merchant %s in sandbox %s belongs to sandbox %s: %w", c.key.kind, c.identity.Merchant.ID, w.ID, other.World.ID, ErrTaken)
		}
		if own[c.key] {
			return fmt.Errorf("%s identity of merchant %s is twice in sandbox %s: %w", c.key.kind, c.identity.Merchant.ID, w.ID, ErrTaken)
		}
		own[c.key] = true
	}
	return nil
}

// find resolves an identity; an unseen one is the default sandbox's own
// merchant in open mode (decisions 7) and refused in strict mode. That of a
// deleted sandbox is refused in both.
func (r *Registry) find(k key, own func(*Merchant) string) (Identity, error) {
	if id, ok := r.known(k); ok {
		return id, nil
	}
	if r.deleted != nil {
		gone, err := r.deleted(k.digest())
		if err != nil {
			return Identity{}, err
		}
		if gone {
			return Identity{}, core.Errf(core.CodeUnauthorized, "", "the sandbox of this %s identity was deleted", k.kind)
		}
	}
	if r.strict {
		return Identity{}, core.Errf(core.CodeUnauthorized, "", "no sandbox knows this %s identity, and credentials are strict", k.kind)
	}
	w := r.Default()
	return Identity{World: w, Merchant: w.Own(), Name: own(w.Own()), Kind: TestKey}, nil
}

func (r *Registry) known(k key) (Identity, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	id, ok := r.identity[k]
	return id, ok
}
