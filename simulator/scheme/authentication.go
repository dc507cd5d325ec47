package scheme

import (
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// Authentication is what 3-D Secure decided about one transaction, as the scheme
// remembers it.
type Authentication struct {
	TransactionID string              `json:"transactionId"`
	Merchant      string              `json:"merchant"` // the sandbox's own id
	Card          core.CardRef        `json:"card"`     // the underlying card
	Money         core.Money          `json:"money"`
	Version       core.ThreeDSVersion `json:"version"`
	Enrolled      core.Enrolled       `json:"enrolled"`
	Status        core.TransStatus    `json:"status"`
	ECI           core.ECI            `json:"eci"`
	// XID is that of [XID], DSTransactionID the transaction's link of kind
	// [sandbox.LinkDS]: both lead back to it. Empty where it has none.
	XID             string `json:"xid,omitempty"`
	DSTransactionID string `json:"dsTransactionId,omitempty"`
	BadSignature    bool   `json:"badSignature,omitempty"`
	// LookupError and AuthenticateError say which call ended in an error.
	LookupError       bool `json:"lookupError,omitempty"`
	AuthenticateError bool `json:"authenticateError,omitempty"`
	// At is the sandbox's instant of the last record.
	At time.Time `json:"at"`
	// Used says that an approved payment used the CAVV up. Record keeps it.
	Used bool `json:"used,omitempty"`
}

// Begin remembers the authentication of a new transaction, the newest of its merchant
// and card from then on. Where the status carries a CAVV, its digest leads to the
// transaction.
func Begin(s sandbox.Scope, a Authentication) error {
	if err := authentications.Add(s.Tx, s.World.ID, a.TransactionID, a); err != nil {
		return err
	}
	if err := latest.Put(s.Tx, s.World.ID, latestKey(a.Merchant, a.Card.Fingerprint), origin{a.TransactionID}); err != nil {
		return err
	}
	return a.index(s)
}

// Record remembers what has become of an authentication since Begin, in place of what
// was known of the same transaction.
func Record(s sandbox.Scope, a Authentication) error {
	old, _, err := authentications.Get(s.Tx, s.World.ID, a.TransactionID)
	if err != nil {
		return err
	}
	a.Used = old.Used
	if err := authentications.Put(s.Tx, s.World.ID, a.TransactionID, a); err != nil {
		return err
	}
	return a.index(s)
}

// index makes the transaction found by its CAVV; its ids lead to it by themselves. The
// constant CAVV of cardinal.fixedCavv leads to no transaction.
func (a Authentication) index(s sandbox.Scope) error {
	value := CAVV(s.World, a.TransactionID, a.Card.Brand, a.Version, a.Status)
	if value == "" || value == fixedCAVV {
		return nil
	}
	return cavvs.Put(s.Tx, s.World.ID, s.World.Digest("cavv", value), origin{a.TransactionID})
}

// Last is the authentication of the newest lookup by a merchant for a card; ok is
// false when there was none.
func Last(s sandbox.Scope, merchant, cardFingerprint string) (a Authentication, ok bool, err error) {
	at, ok, err := latest.Get(s.Tx, s.World.ID, latestKey(merchant, cardFingerprint))
	if err != nil || !ok {
		return Authentication{}, false, err
	}
	return authentications.Get(s.Tx, s.World.ID, at.Transaction)
}

// SpendCAVV uses up a transaction's CAVV: an approval does (decisions 18). The
// empty id, that of a claim without authentication, is no error.
func SpendCAVV(s sandbox.Scope, transactionID string) error {
	if transactionID == "" {
		return nil
	}
	a, ok, err := authentications.Get(s.Tx, s.World.ID, transactionID)
	if err != nil {
		return err
	}
	if !ok {
		return core.Errf(core.CodeNotFound, "", "no authentication has transaction id %s", transactionID)
	}
	a.Used = true
	return authentications.Put(s.Tx, s.World.ID, transactionID, a)
}

func latestKey(merchant, card string) string { return merchant + "/" + card }
