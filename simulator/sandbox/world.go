package sandbox

import (
	"crypto/rsa"
	"sync/atomic"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/core"
	"cardsim/simulator/store"
)

// World is one sandbox: a closed world whose parties share the truth about its
// cards. Its fields are fixed when it is made; the clock and the settings move
// by their own methods. Safe for concurrent use.
type World struct {
	// ID names the sandbox now; Origin is the id it was created under, which
	// the draws use, so that an imported journey goes on under any name.
	ID     string
	Origin string
	Seed   uint64

	Clock     *clock.Clock
	Settings  *Settings
	Merchants []*Merchant
	Tenants   []*Tenant

	// Key decrypts enccard (decisions 10).
	Key *rsa.PrivateKey

	*Sealer
	catalogue catalogue
	extra     atomic.Pointer[map[string]CardProfile] // of the active scenarios
	draws     drawKey
	enrolled  []Enrolment
	kept      Kept
	life      life
}

// New makes a world from its specification.
func New(spec Spec) (*World, error) {
	settings, err := newSettings(spec.Settings, spec.Patched)
	if err != nil {
		return nil, err
	}
	origin := spec.Origin
	if origin == "" {
		origin = spec.ID
	}
	w := &World{
		ID: spec.ID, Origin: origin, Seed: spec.Seed,
		Clock: clock.New(), Settings: settings,
		Merchants: spec.Merchants, Tenants: spec.Tenants, Key: spec.Key,
		draws: newDrawKey(spec.Seed, origin), enrolled: spec.Enrolments, kept: spec.Kept,
		catalogue: catalogue{cards: spec.Cards},
	}
	if spec.Clock != nil {
		w.Clock.Set(clock.Frozen, *spec.Clock)
	}
	if w.Sealer, err = NewSealer(spec.Seed, origin); err != nil {
		return nil, err
	}
	w.life.since = clock.StartStopwatch()
	return w, nil
}

// Ref is the reference under which this world keeps a card number. The brand
// is the catalogue's where the number is in it, else told by the leading digits.
func (w *World) Ref(pan core.PAN) core.CardRef {
	ref := pan.Ref(w.fpKey)
	if p, ok := w.catalogue.find(w.fpKey, ref.Fingerprint); ok && p.Brand != "" {
		ref.Brand = p.Brand
	}
	return ref
}

// RefOfDigest is the reference of a card known by the SHA-256 of its number.
func (w *World) RefOfDigest(digest [32]byte) core.CardRef {
	ref := core.RefFromDigest(w.fpKey, digest)
	if p, ok := w.Profile(ref.Fingerprint); ok {
		return p.Ref
	}
	return ref
}

// Enrolments are the cards that fixtures enrol at a tenant when the world is
// empty.
func (w *World) Enrolments() []Enrolment { return w.enrolled }

// Own is the sandbox's own merchant: the first, which unseen identities act as.
func (w *World) Own() *Merchant { return w.Merchants[0] }

// Merchant finds a merchant of this world by its id.
func (w *World) Merchant(id string) (*Merchant, bool) {
	for _, m := range w.Merchants {
		if m.ID == id {
			return m, true
		}
	}
	return nil, false
}

// Tenant finds a tenant of this world by its id.
func (w *World) Tenant(id string) (*Tenant, bool) {
	for _, t := range w.Tenants {
		if t.ID == id {
			return t, true
		}
	}
	return nil, false
}

// Scope is one instant of one world inside one store transaction: what every
// use case works in.
type Scope struct {
	World *World
	Now   time.Time
	Tx    *store.Tx
	// Flow is the journey that the request belongs to, for what is made to
	// remember; empty for none. Nothing is decided by it.
	Flow string
}

// At makes a scope.
func (w *World) At(now time.Time, tx *store.Tx) Scope { return Scope{World: w, Now: now, Tx: tx} }

// Next moves an ordinal of this world: 1, 2, 3 … within the named entity.
func (s Scope) Next(counter string) (uint64, error) { return store.Next(s.Tx, s.World.ID, counter) }
