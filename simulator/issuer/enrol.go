package issuer

import (
	"fmt"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// Enrolment is what a card is enrolled with. The caller has checked the form of
// each value.
type Enrolment struct {
	Name string
	// Card is World.Ref of the number, or HashedCard of its digest: both name the
	// same card.
	Card core.CardRef
	// Identities holds a Vector, at most one PhoneNumber and one Email, in any order.
	Identities []Identity
	State      string // empty: Enabled
	Mode       string // empty: ModeAPI
}

// HashedCard is the reference of a card known by the SHA-256 of its number and a
// 6x4 mask (Cipher's SHA256 scheme). Where the sandbox's catalogue has the card,
// the catalogue's digits count; matches says whether the mask agrees with them.
func HashedCard(w *sandbox.World, digest [32]byte, mask core.CardRef) (ref core.CardRef, matches bool) {
	ref = w.RefOfDigest(digest)
	if ref.First6 != "" {
		return ref, ref.First6 == mask.First6 && ref.Last4 == mask.Last4 && ref.Length == mask.Length
	}
	ref.First6, ref.Last4, ref.Length = mask.First6, mask.Last4, mask.Length
	ref.Brand = core.BrandOf(mask.First6)
	return ref, true
}

// Enrol enrols a card at a tenant. Cards of one tenantUniqueVector share one
// holder, and the other identities must agree (seed 004, documented): those that
// differ are a core.CodeConflict, as is a card that is enrolled under another
// vector. Enrolling a card again with what it has returns it as it is
// (reference cipher-acs.md A3, inferred).
func Enrol(s sandbox.Scope, t *sandbox.Tenant, e Enrolment) (Card, Holder, error) {
	vector, ok := identityOf(e.Identities, Vector)
	if !ok || vector.Value == "" {
		return Card{}, Holder{}, core.Errf(core.CodeMissing, "identities", "every enrolment needs a %s", Vector)
	}
	holder, err := holderFor(s, t, vector.Value, e)
	if err != nil {
		return Card{}, Holder{}, err
	}
	card, enrolled, err := CardOf(s, t, e.Card.Fingerprint)
	if err != nil {
		return Card{}, Holder{}, err
	}
	if enrolled && card.HolderID != holder.ID {
		return Card{}, Holder{}, core.Errf(core.CodeConflict, "identities", "the card is enrolled under another %s", Vector)
	}
	if !enrolled {
		if card, err = newCard(s, t, holder.ID, e); err != nil {
			return Card{}, Holder{}, err
		}
		holder.Cards = append(holder.Cards, card.ID)
		if err := arrive(s, card); err != nil {
			return Card{}, Holder{}, err
		}
	}
	return card, holder, keep(s, card, holder)
}

// holderFor is the cardholder behind a vector: the one who is there, after his
// identities were compared, or a new one.
func holderFor(s sandbox.Scope, t *sandbox.Tenant, vector string, e Enrolment) (Holder, error) {
	id := holderID(s.World, t.ID, vector)
	holder, known, err := HolderByID(s, t, id)
	if err != nil {
		return Holder{}, err
	}
	if !known {
		return Holder{ID: id, Tenant: t.ID, Name: e.Name, Identities: ordered(e.Identities)}, nil
	}
	lenient := s.World.Settings.Text("cipher.identityMatch") == "lenient"
	if kind, same := agree(holder.Identities, e.Identities, lenient); !same {
		return Holder{}, core.Errf(core.CodeConflict, "identities", "the %s is in use with another %s", Vector, kind)
	}
	holder.Identities = ordered(append(holder.Identities, e.Identities...))
	return holder, nil
}

// agree compares the identities beside the vector: the whole sets, or when
// lenient only the types on both sides. It names the type that differs.
func agree(stored, given []Identity, lenient bool) (kind string, same bool) {
	for _, kind := range []string{PhoneNumber, Email} {
		a, inStored := identityOf(stored, kind)
		b, inGiven := identityOf(given, kind)
		if inStored && inGiven && a.Value != b.Value || inStored != inGiven && !lenient {
			return kind, false
		}
	}
	return "", true
}

func newCard(s sandbox.Scope, t *sandbox.Tenant, holder string, e Enrolment) (Card, error) {
	id, err := freeCardID(s, t.ID, e.Card.Fingerprint)
	if err != nil {
		return Card{}, err
	}
	product := productOf(t, e.Card)
	return Card{
		ID: id, GUID: cardGUID(s.World, t.ID, e.Card.Fingerprint), Tenant: t.ID, HolderID: holder, Name: e.Name,
		Ref: e.Card, MaskedNumber: e.Card.Masked("x"),
		ProductID: product.ProductID, ProductName: product.ProductName, Network: product.CardNetwork,
		State:     either(e.State, Enabled),
		CreatedBy: Actor{JID: actorJID(s.World, t.ID), Mode: either(e.Mode, ModeAPI)},
		Created:   s.Now,
	}, nil
}

func either(given, otherwise string) string {
	if given == "" {
		return otherwise
	}
	return given
}

// keep stores a card and its holder together.
func keep(s sandbox.Scope, card Card, holder Holder) error {
	if err := cards.Put(s.Tx, s.World.ID, tenantKey(card.Tenant, card.ID), card); err != nil {
		return fmt.Errorf("keep card %s: %w", card.ID, err)
	}
	if err := cardIndex.Put(s.Tx, s.World.ID, tenantKey(card.Tenant, card.Ref.Fingerprint), card.ID); err != nil {
		return fmt.Errorf("index card %s: %w", card.ID, err)
	}
	return keepHolder(s, holder)
}

func keepHolder(s sandbox.Scope, holder Holder) error {
	if err := holders.Put(s.Tx, s.World.ID, tenantKey(holder.Tenant, holder.ID), holder); err != nil {
		return fmt.Errorf("keep cardholder %s: %w", holder.ID, err)
	}
	return nil
}
