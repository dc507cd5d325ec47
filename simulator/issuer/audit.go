package issuer

import (
	"slices"
	"strings"

	"cardsim/simulator/store"
)

// Audit reads everything that this package keeps of a sandbox and tells found what
// does not fit together: a card without its holder or a holder without a card, and
// pointers that lead to no card. It changes nothing.
func Audit(tx *store.Tx, sandbox string, found func(store.Finding)) error {
	a := audit{tx: tx, sandbox: sandbox, found: found}
	for _, step := range []func() error{a.cards, a.holders, a.pointers} {
		if err := step(); err != nil {
			return wrap(err, "check the enrolments")
		}
	}
	return nil
}

type audit struct {
	tx      *store.Tx
	sandbox string
	found   func(store.Finding)
}

func (a audit) cards() error {
	return cards.Audit(a.tx, a.sandbox, a.found, func(key string, c Card) string {
		holder, ok, err := holders.Get(a.tx, a.sandbox, tenantKey(c.Tenant, c.HolderID))
		switch {
		case key != tenantKey(c.Tenant, c.ID):
			return "calls itself " + c.ID + " of tenant " + c.Tenant
		case c.State != Enabled && c.State != Disabled:
			return "is in no state that there is"
		case err == nil && (!ok || !slices.Contains(holder.Cards, c.ID)):
			return "is none of the cards of its holder " + c.HolderID
		case !cardIndex.Has(a.tx, a.sandbox, tenantKey(c.Tenant, c.Ref.Fingerprint)):
			return "is not found by its number"
		}
		return ""
	})
}

func (a audit) holders() error {
	return holders.Audit(a.tx, a.sandbox, a.found, func(key string, h Holder) string {
		if key != tenantKey(h.Tenant, h.ID) {
			return "calls itself " + h.ID + " of tenant " + h.Tenant
		}
		for _, id := range h.Cards {
			if !cards.Has(a.tx, a.sandbox, tenantKey(h.Tenant, id)) {
				return "has a card " + id + ", which is not there"
			}
		}
		return ""
	})
}

func (a audit) pointers() error {
	err := cardIndex.Audit(a.tx, a.sandbox, a.found, func(key, id string) string {
		tenant := key[:max(0, strings.LastIndexByte(key, '/'))]
		if !cards.Has(a.tx, a.sandbox, tenantKey(tenant, id)) {
			return "points to card " + id + ", which is not there"
		}
		return ""
	})
	if err != nil {
		return err
	}
	return arrivals.Audit(a.tx, a.sandbox, a.found, func(ordinal, key string) string {
		if !cards.Has(a.tx, a.sandbox, key) {
			return "points to card " + key + ", which is not there"
		}
		return store.Behind(a.tx, a.sandbox, "issuer.arrivals", ordinal)
	})
}
