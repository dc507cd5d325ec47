package scheme

import (
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// Newest walks the sandbox's tokens, the newest first, or from behind a cursor
// that it gave before, until fn wants no more. It reads nothing beyond that.
func Newest(s sandbox.Scope, after string, fn func(cursor string, t Token) (more bool, err error)) error {
	o := store.ScanOptions{After: after, Reverse: true}
	return arrivals.Scan(s.Tx, s.World.ID, o, func(cursor string, h holder) (bool, error) {
		t, ok, err := tokens.Get(s.Tx, s.World.ID, h.Token)
		if err != nil || !ok {
			return err == nil, err
		}
		return fn(cursor, t)
	})
}

// Tokens lists every token of the sandbox, newest first.
func Tokens(s sandbox.Scope) ([]Token, error) {
	var list []Token
	err := Newest(s, "", func(_ string, t Token) (bool, error) {
		list = append(list, t)
		return true, nil
	})
	return list, err
}

// CryptogramCount says how many cryptograms a token got and how many of them an
// attempt to pay has used up.
type CryptogramCount struct{ Issued, Used uint64 }

// CountCryptograms counts those of one tokenid.
func CountCryptograms(s sandbox.Scope, tokenID string) (n CryptogramCount, err error) {
	if n.Issued, err = store.Count(s.Tx, s.World.ID, issuedCounter(tokenID)); err != nil {
		return n, err
	}
	n.Used, err = store.Count(s.Tx, s.World.ID, spentCounter(tokenID))
	return n, err
}

// The counters of a token's cryptograms; the first is also their ordinal.
func issuedCounter(tokenID string) string { return "scheme.cryptogram/" + tokenID }

func spentCounter(tokenID string) string { return "scheme.cryptogram.spent/" + tokenID }

// Spent says whether a transaction's CAVV has been used up by an approval; an
// unknown transaction has none.
func Spent(s sandbox.Scope, transactionID string) (bool, error) {
	a, _, err := authentications.Get(s.Tx, s.World.ID, transactionID)
	return a.Used, err
}
