package scheme

import "cardsim/simulator/sandbox"

// ByDSTransactionID is the 3-D Secure transaction that has an id of the directory
// server; empty when none has.
func ByDSTransactionID(s sandbox.Scope, id string) (transaction string, err error) {
	if id == "" {
		return "", nil
	}
	a, _, err := byOrigin(s, dsIDs, s.World.Digest("dsid", id))
	return a.TransactionID, err
}
