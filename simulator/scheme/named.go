package scheme

import (
	"encoding/base64"

	"cardsim/simulator/sandbox"
)

// ByDSTransactionID is the 3-D Secure transaction that has an id of the directory
// server; empty when none has.
func ByDSTransactionID(s sandbox.Scope, id string) (transaction string, err error) {
	a, _, err := byDSID(s, id)
	return a.TransactionID, err
}

// byDSID finds the authentication of a transaction by the directory server's id of it.
func byDSID(s sandbox.Scope, id string) (Authentication, bool, error) {
	link, ok := sandbox.ParseUUID(id)
	if !ok {
		return Authentication{}, false, nil
	}
	if own, ok := s.World.Unlink(sandbox.LinkDS, link); ok {
		a, ok, err := authentications.Get(s.Tx, s.World.ID, own)
		if err != nil || ok && a.DSTransactionID == id {
			return a, ok, err
		}
	}
	return byOrigin(s, dsIDs, s.World.Digest("dsid", id))
}

// byXID finds it by its XID.
func byXID(s sandbox.Scope, xid string) (Authentication, bool, error) {
	id, err := base64.StdEncoding.DecodeString(xid)
	if err != nil || !printable(id) {
		return Authentication{}, false, nil // none of ours
	}
	a, ok, err := authentications.Get(s.Tx, s.World.ID, string(id))
	return a, ok && a.XID == xid, err
}

// maxID is longer than any id of a transaction.
const maxID = 64

// printable keeps out what the store would refuse as a key.
func printable(id []byte) bool {
	for _, c := range id {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return len(id) > 0 && len(id) <= maxID
}
