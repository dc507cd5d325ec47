package sandbox

import (
	"crypto/cipher"
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

	cards    map[string]CardProfile
	extra    atomic.Pointer[map[string]CardProfile] // of the active scenarios
	draws    drawKey
	fpKey    []byte
	box      cipher.AEAD
	enrolled []Enrolment
}

// New makes a world from its specification.
func New(spec Spec) (*World, error) {
	settings, err := newSettings(spec.Settings)
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
		draws: newDrawKey(spec.Seed, origin), enrolled: spec.Enrolments,
	}
	if spec.Clock != nil {
		w.Clock.Set(clock.Frozen, *spec.Clock)
	}
	w.fpKey = w.draws.derive("fingerprint")
	if w.box, err = newBox(w.draws.derive("seal")); err != nil {
		return nil, err
	}
	w.cards = make(map[string]CardProfile, len(spec.Cards))
	for _, c := range spec.Cards {
		ref := w.Ref(c.Number)
		if c.Brand != "" {
			ref.Brand = c.Brand
		}
		c.Ref = ref
		w.cards[ref.Fingerprint] = c
	}
	return w, nil
}

// Ref is the reference under which this world keeps a card number. The brand
// is the catalogue's where the number is in it, else told by the leading digits.
func (w *World) Ref(pan core.PAN) core.CardRef {
	ref := pan.Ref(w.fpKey)
	if p, ok := w.Profile(ref.Fingerprint); ok {
		ref.Brand = p.Ref.Brand
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

// Digest is the keyed digest under which a secret value (a cryptogram, a CAVV)
// is found again without being kept.
func (w *World) Digest(kind, value string) string {
	return core.Fingerprint(w.fpKey, []byte(kind+"\x00"+value))
}

// Profile is the catalogue's entry of a card; ok is false for a card that no
// provider published and no fixture added.
func (w *World) Profile(fingerprint string) (p CardProfile, ok bool) {
	if p, ok = w.cards[fingerprint]; ok {
		return p, ok
	}
	if extra := w.extra.Load(); extra != nil {
		p, ok = (*extra)[fingerprint]
	}
	return p, ok
}

// AddCards makes the cards of the active scenarios test cards of this world, in
// place of those added before (decisions 12). The catalogue's own stay as they
// are. A card whose number is not known comes with its reference.
func (w *World) AddCards(cards []CardProfile) {
	extra := make(map[string]CardProfile, len(cards))
	for _, c := range cards {
		if !c.Number.IsZero() {
			c.Ref = c.Number.Ref(w.fpKey)
		}
		extra[c.Ref.Fingerprint] = c
	}
	w.extra.Store(&extra)
}

// Profiles lists the catalogue, in no order.
func (w *World) Profiles() []CardProfile {
	list := make([]CardProfile, 0, len(w.cards))
	for _, p := range w.cards {
		list = append(list, p)
	}
	return list
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
