package threeds

import (
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
)

// record tells the schemes where a transaction stands now.
func record(s sandbox.Scope, t Transaction) error { return scheme.Record(s, standing(s, t)) }

// standing is where a transaction stands for the schemes: what its CAVV is good for, and
// that the values of a bad signature or an error are good for nothing.
func standing(s sandbox.Scope, t Transaction) scheme.Authentication {
	return scheme.Authentication{
		TransactionID: t.ID, Merchant: t.Merchant, Card: t.Card, Money: t.Money, Version: t.Version,
		Enrolled: t.Enrolled, Status: t.Status, ECI: t.ECI(), XID: t.XID(), DSTransactionID: t.DSTransID,
		BadSignature: t.BadSignature, LookupError: t.LookupError != "" || t.LookupTimeout,
		AuthenticateError: t.AuthenticateError != "" || t.AuthenticateTimeout, At: s.Now,
	}
}

// admit keeps a new transaction, as settle does one that is known.
func admit(s sandbox.Scope, t Transaction) error {
	if err := index(s, t); err != nil {
		return err
	}
	if err := t.write(s, transactions.Add); err != nil {
		return err
	}
	if err := remind(s, t); err != nil {
		return err
	}
	return wrap(scheme.Begin(s, standing(s, t)), "tell the schemes of a 3-D Secure transaction")
}

// settle keeps a transaction and when it expires, and tells the schemes.
func settle(s sandbox.Scope, t Transaction) error {
	if err := keep(s, t); err != nil {
		return err
	}
	if err := remind(s, t); err != nil {
		return err
	}
	return record(s, t)
}
