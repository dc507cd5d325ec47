package issuer

import (
	"fmt"

	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// Newest walks the sandbox's enrolments with their holders, the newest first, or
// from behind a cursor that it gave before, until fn wants no more. It reads
// nothing beyond that.
func Newest(s sandbox.Scope, after string, fn func(cursor string, c Card, h Holder) (more bool, err error)) error {
	o := store.ScanOptions{After: after, Reverse: true}
	err := arrivals.Scan(s.Tx, s.World.ID, o, func(cursor, key string) (bool, error) {
		card, ok, err := cards.Get(s.Tx, s.World.ID, key)
		if err != nil || !ok {
			return err == nil, err
		}
		holder, _, err := holders.Get(s.Tx, s.World.ID, tenantKey(card.Tenant, card.HolderID))
		if err != nil {
			return false, err
		}
		return fn(cursor, card, holder)
	})
	return wrap(err, "list enrolments")
}

// arrive notes the order in which a card was enrolled; nothing is drawn from it.
func arrive(s sandbox.Scope, c Card) error {
	n, err := s.Next("issuer.arrivals")
	if err != nil {
		return wrap(err, "number an enrolment")
	}
	return wrap(arrivals.Add(s.Tx, s.World.ID, fmt.Sprintf("%020d", n), tenantKey(c.Tenant, c.ID)), "keep the arrival of a card")
}

// Masked is the identity as it may be shown: +91 ********92, a***@zeta.tech. A
// vector is the tenant's own name for its customer and is shown as it is.
func (i Identity) Masked() string {
	switch i.Type {
	case PhoneNumber:
		return maskPhone(i.Value)
	case Email:
		return maskEmail(i.Value)
	default:
		return i.Value
	}
}

// Cards lists every enrolment of the sandbox, by tenant and cardId.
func Cards(s sandbox.Scope) ([]Card, error) { return all(s, cards) }

// Holders lists every cardholder of the sandbox, by tenant and cardHolderId.
func Holders(s sandbox.Scope) ([]Holder, error) { return all(s, holders) }

func all[T any](s sandbox.Scope, table store.Table[T]) ([]T, error) {
	var list []T
	err := table.Scan(s.Tx, s.World.ID, store.ScanOptions{}, func(_ string, v T) (bool, error) {
		list = append(list, v)
		return true, nil
	})
	return list, wrap(err, "list "+table.Name())
}
