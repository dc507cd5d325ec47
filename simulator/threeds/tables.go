package threeds

import (
	"encoding/json"
	"fmt"

	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
	"cardsim/simulator/store"
)

// transactions holds every transaction under its id.
var transactions = store.NewTable[Transaction]("threeds.transactions")

// finders lead from another id, "kind/value", to a transaction's.
var finders = store.NewTable[string]("threeds.finders")

// arrivals leads from the order of arrival to a transaction's id, for lists.
var arrivals = store.NewTable[string]("threeds.arrivals").Rising()

// The kinds of finder. Files of before the latter two ids were links have them all.
const (
	byOrder     = "order/"
	byACS       = "acs/"
	byChallenge = "challenge/"
)

// ByID finds a transaction by its TransactionId, as it stands at the scope's
// instant.
func ByID(s sandbox.Scope, id string) (Transaction, bool, error) {
	if len(id) != idLength || !printable(id) {
		return Transaction{}, false, nil
	}
	t, ok, err := transactions.Get(s.Tx, s.World.ID, id)
	if err != nil || !ok {
		return Transaction{}, false, wrap(err, "read a 3-D Secure transaction")
	}
	if err := unseal(s, &t); err != nil {
		return t, false, err
	}
	expire(s, &t)
	return t, true, nil
}

// ByOrderID finds a transaction by Cardinal's 16-digit OrderId.
func ByOrderID(s sandbox.Scope, orderID string) (Transaction, bool, error) {
	return find(s, byOrder, orderID)
}

// ByACSTransID finds an EMV transaction by the id its CReq and CRes carry.
func ByACSTransID(s sandbox.Scope, id string) (Transaction, bool, error) {
	link, ok := sandbox.ParseUUID(id)
	if !ok {
		return Transaction{}, false, nil
	}
	t, ok, err := linked(s, sandbox.LinkACS, link)
	if err != nil || ok && t.ACSTransID == id {
		return t, ok, err
	}
	return find(s, byACS, id)
}

// ByChallenge finds the transaction of a challenge.
func ByChallenge(s sandbox.Scope, id string) (Transaction, bool, error) {
	link, ok := sandbox.ParseHex32(id)
	if !ok {
		return Transaction{}, false, nil
	}
	t, ok, err := linked(s, sandbox.LinkChallenge, link)
	if err != nil || ok && t.Challenge != nil && t.Challenge.ID == id {
		return t, ok, err
	}
	return find(s, byChallenge, id)
}

// linked finds the transaction that a link leads to.
func linked(s sandbox.Scope, kind sandbox.LinkKind, link sandbox.UUID) (Transaction, bool, error) {
	id, ok := s.World.Unlink(kind, link)
	if !ok {
		return Transaction{}, false, nil
	}
	return ByID(s, id)
}

// ByXID finds a 3-D Secure 1.0 transaction by the xid of its PAReq.
func ByXID(s sandbox.Scope, xid string) (Transaction, bool, error) {
	id, ok := scheme.TransactionOf(xid)
	if !ok {
		return Transaction{}, false, nil
	}
	return ByID(s, id)
}

// ByDSTransID finds an EMV transaction by the id that its directory server gave it.
func ByDSTransID(s sandbox.Scope, id string) (Transaction, bool, error) {
	own, err := scheme.ByDSTransactionID(s, id)
	if err != nil || own == "" {
		return Transaction{}, false, err
	}
	return ByID(s, own)
}

// BrowserIDs are those ids of a transaction by which alone a browser comes, a CRes or
// the page of a challenge: none when nothing is asked of the cardholder.
func (t Transaction) BrowserIDs() []string {
	switch {
	case t.Challenge == nil:
		return nil
	case t.Version.EMV():
		return []string{t.Challenge.ID, t.ACSTransID}
	default:
		return []string{t.Challenge.ID, t.XID()}
	}
}

// maxFinder is longer than any id of ours.
const maxFinder = 64

func find(s sandbox.Scope, kind, value string) (Transaction, bool, error) {
	if value == "" || len(value) > maxFinder || !printable(value) {
		return Transaction{}, false, nil
	}
	id, ok, err := finders.Get(s.Tx, s.World.ID, kind+value)
	if err != nil || !ok {
		return Transaction{}, false, wrap(err, "look for a 3-D Secure transaction")
	}
	return ByID(s, id)
}

// printable keeps bytes out of a key that the store would refuse.
func printable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// keep writes a transaction in place of what was known of it.
func keep(s sandbox.Scope, t Transaction) error { return t.write(s, transactions.Put) }

// write seals what must not be read in the file, and has put keep the rest.
func (t Transaction) write(s sandbox.Scope, put func(tx *store.Tx, sandbox, id string, t Transaction) error) error {
	if c := t.Challenge; c != nil {
		var err error
		if c.SealedAddresses, err = c.Addresses.seal(s.World); err != nil {
			return wrap(err, "encode the addresses of a challenge")
		}
	}
	return wrap(put(s.Tx, s.World.ID, t.ID, t), "keep a 3-D Secure transaction")
}

// seal is empty where there are none yet.
func (a Addresses) seal(w *sandbox.World) (string, error) {
	if a == (Addresses{}) {
		return "", nil
	}
	plain, err := json.Marshal(a)
	return w.Seal(string(plain)), err
}

func unseal(s sandbox.Scope, t *Transaction) error {
	if t.Challenge == nil || t.Challenge.SealedAddresses == "" {
		return nil
	}
	plain := s.World.Unseal(t.Challenge.SealedAddresses)
	return wrap(json.Unmarshal([]byte(plain), &t.Challenge.Addresses), "read the addresses of a challenge")
}

func wrap(err error, doing string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}
