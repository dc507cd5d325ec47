package scheme

import "cardsim/simulator/sandbox"

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
	id, ok := TransactionOf(xid)
	if !ok {
		return Authentication{}, false, nil
	}
	a, ok, err := authentications.Get(s.Tx, s.World.ID, id)
	return a, ok && a.XID == xid, err
}
