package scheme

import "cardsim/simulator/store"

// Audit reads everything that this package keeps of a sandbox and tells found what
// does not fit together: tokens in no state that there is, pointers that lead to no
// token or transaction, an order of arrival beyond its counter. It changes nothing.
func Audit(tx *store.Tx, sandbox string, found func(store.Finding)) error {
	a := audit{tx: tx, sandbox: sandbox, found: found}
	for _, step := range []func() error{a.tokens, a.toTokens, a.cryptograms, a.toTransactions} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

type audit struct {
	tx      *store.Tx
	sandbox string
	found   func(store.Finding)
}

func (a audit) tokens() error {
	return tokens.Audit(a.tx, a.sandbox, a.found, func(key string, t Token) string {
		switch {
		case t.ID != key:
			return "calls itself " + t.ID
		case t.State != Inactive && t.State != Active && t.State != Suspended && t.State != Deactivated:
			return "is in no state that there is"
		case !numbers.Has(a.tx, a.sandbox, t.Number.Fingerprint):
			return "is not found by its number"
		case (t.State != Deactivated) != living.Has(a.tx, a.sandbox, t.lifeKey()):
			return "is among the living tokens of its card and deactivated, or the other way round"
		}
		return ""
	})
}

// toTokens are the pointers to tokens.
func (a audit) toTokens() error {
	dangling := func(_ string, h holder) string {
		if !tokens.Has(a.tx, a.sandbox, h.Token) {
			return "points to token " + h.Token + ", which is not there"
		}
		return ""
	}
	for _, table := range []store.Table[holder]{numbers, living} {
		if err := table.Audit(a.tx, a.sandbox, a.found, dangling); err != nil {
			return err
		}
	}
	return arrivals.Audit(a.tx, a.sandbox, a.found, func(key string, h holder) string {
		if problem := dangling(key, h); problem != "" {
			return problem
		}
		return store.Behind(a.tx, a.sandbox, "scheme.tokens", key)
	})
}

func (a audit) cryptograms() error {
	return issued.Audit(a.tx, a.sandbox, a.found, func(_ string, c cryptogram) string {
		if !tokens.Has(a.tx, a.sandbox, c.Token) {
			return "was issued for token " + c.Token + ", which is not there"
		}
		return ""
	})
}

// toTransactions are the authentications and the pointers to them.
func (a audit) toTransactions() error {
	err := authentications.Audit(a.tx, a.sandbox, a.found, func(key string, auth Authentication) string {
		if auth.TransactionID != key {
			return "calls itself " + auth.TransactionID
		}
		return ""
	})
	if err != nil {
		return err
	}
	for _, table := range []store.Table[origin]{cavvs, dsIDs, latest} {
		err := table.Audit(a.tx, a.sandbox, a.found, func(_ string, o origin) string {
			if !authentications.Has(a.tx, a.sandbox, o.Transaction) {
				return "points to authentication " + o.Transaction + ", which is not there"
			}
			return ""
		})
		if err != nil {
			return err
		}
	}
	return nil
}
