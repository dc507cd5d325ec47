package threeds

import (
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
)

// record tells the schemes where a transaction stands: what its CAVV is good
// for, and that the values of a bad signature or an error are good for nothing.
func record(s sandbox.Scope, t Transaction) error {
	return scheme.Record(s, scheme.Authentication{
		TransactionID: t.ID, Merchant: t.Merchant, Card: t.Card, Money: t.Money, Version: t.Version,
		Enrolled: t.Enrolled, Status: t.Status, ECI: t.ECI(), XID: t.XID(), DSTransactionID: t.DSTransID,
		BadSignature: t.BadSignature, LookupError: t.LookupError != "" || t.LookupTimeout,
		AuthenticateError: t.AuthenticateError != "" || t.AuthenticateTimeout, At: s.Now,
	})
}

// settle keeps a transaction and when it expires, and tells the schemes.
func settle(s sandbox.Scope, t Transaction) error {
	if err := keep(s, t); err != nil {
		return err
	}
	return follow(s, t)
}

// follow is what comes of a transaction once it was kept.
func follow(s sandbox.Scope, t Transaction) error {
	if err := remind(s, t); err != nil {
		return err
	}
	return record(s, t)
}
