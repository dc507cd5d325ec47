package scheme

import (
	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// findClaimed finds the authentication that a claim's CAVV came from. The
// constant CAVV of cardinal.fixedCavv tells nothing: DS transaction id or XID
// then do (decisions 16).
func findClaimed(s sandbox.Scope, c Claim) (Authentication, *core.Refusal, error) {
	if c.CAVV == fixedCAVV {
		return findByID(s, c)
	}
	a, ok, err := byOrigin(s, cavvs, s.World.Digest("cavv", c.CAVV))
	if err != nil || ok {
		return a, nil, err
	}
	return a, core.Refusef(CAVVUnknown, "no authentication produced this CAVV"), nil
}

func findByID(s sandbox.Scope, c Claim) (Authentication, *core.Refusal, error) {
	find, id, refusal := byDSID, c.DSTransactionID, core.Refusef(DSMismatch, "no authentication has this DS transaction id")
	switch {
	case !s.World.Settings.Bool("cardinal.fixedCavv"):
		return Authentication{}, core.Refusef(CAVVUnknown, "the constant CAVV is good only with setting cardinal.fixedCavv"), nil
	case c.DSTransactionID == "" && c.XID == "":
		return Authentication{}, core.Refusef(DSMissing, "with the constant CAVV a DS transaction id or an XID must tell the authentication"), nil
	case c.DSTransactionID == "":
		find, id, refusal = byXID, c.XID, core.Refusef(XIDMismatch, "no authentication has this XID")
	}
	a, ok, err := find(s, id)
	if err != nil || ok {
		return a, nil, err
	}
	return Authentication{}, refusal, nil
}

// byOrigin follows an index to its authentication. The keys are digests, so that
// whatever a caller sends can be looked for.
func byOrigin(s sandbox.Scope, index store.Table[origin], key string) (Authentication, bool, error) {
	at, ok, err := index.Get(s.Tx, s.World.ID, key)
	if err != nil || !ok {
		return Authentication{}, false, err
	}
	return authentications.Get(s.Tx, s.World.ID, at.Transaction)
}

// judge holds a claim against the authentication its CAVV came from: whose it
// is, how it ended, which ids it has, what it covers, whether it is used up.
func judge(s sandbox.Scope, c Claim, a Authentication, m meaning) *core.Refusal {
	for _, check := range []func() *core.Refusal{
		func() *core.Refusal { return compareOwner(c, a) },
		func() *core.Refusal { return compareResult(c, a, m) },
		func() *core.Refusal { return compareIDs(c, a) },
		func() *core.Refusal { return compareAmount(s, c, a) },
	} {
		if r := check(); r != nil {
			return r
		}
	}
	if a.Used {
		return core.Refusef(CAVVUsed, "an approved payment used up the CAVV of transaction %s", a.TransactionID)
	}
	return nil
}

func compareOwner(c Claim, a Authentication) *core.Refusal {
	switch {
	case a.Merchant != c.Merchant:
		return core.Refusef(CAVVOtherMerchant, "transaction %s was merchant %s's, the payment is %s's", a.TransactionID, a.Merchant, c.Merchant)
	case a.Card.Fingerprint != c.Card.Fingerprint:
		return core.Refusef(CAVVOtherCard, "transaction %s was for card %s, the payment is for %s", a.TransactionID, a.Card.Masked("*"), c.Card.Masked("*"))
	case a.Money.Currency != c.Money.Currency:
		return core.Refusef(CAVVOtherCurrency, "transaction %s was in %s, the payment is in %s", a.TransactionID, a.Money.Currency, c.Money.Currency)
	}
	return nil
}

func compareResult(c Claim, a Authentication, m meaning) *core.Refusal {
	switch {
	case a.BadSignature:
		return core.Refusef(SignatureNotVerified, "the signature of transaction %s did not verify", a.TransactionID)
	case a.LookupError || a.AuthenticateError || !a.Status.CarriesCAVV():
		return core.Refusef(NotAuthenticated, "transaction %s did not end in an authentication", a.TransactionID)
	case a.Status != m.wants():
		return core.Refusef(ECIMismatch, "ECI %s goes with result %s, transaction %s ended with %s", c.ECI, m.wants(), a.TransactionID, a.Status)
	}
	return nil
}

// compareIDs holds the ids of a claim to those of the transaction: Mastercard
// needs the DS transaction id of 3-D Secure 2, every brand's must match when
// given, and so must the XID of 3-D Secure 1.0.
func compareIDs(c Claim, a Authentication) *core.Refusal {
	switch {
	case c.DSTransactionID == "" && a.Version.EMV() && c.Card.Brand.MastercardGroup():
		return core.Refusef(DSMissing, "Mastercard needs the DS transaction id of 3-D Secure 2")
	case c.DSTransactionID != "" && c.DSTransactionID != a.DSTransactionID:
		return core.Refusef(DSMismatch, "the DS transaction id is not that of transaction %s", a.TransactionID)
	case c.XID != "" && !a.Version.EMV() && c.XID != a.XID:
		return core.Refusef(XIDMismatch, "the XID is not that of transaction %s", a.TransactionID)
	}
	return nil
}

// compareAmount holds the amount to the authenticated one (decisions 18).
func compareAmount(s sandbox.Scope, c Claim, a Authentication) *core.Refusal {
	if c.Money.Minor > a.Money.Minor {
		return core.Refusef(CAVVAmountExceeded, "transaction %s covers %s, the payment is for %s", a.TransactionID, a.Money, c.Money)
	}
	if c.Money.Minor != a.Money.Minor && s.World.Settings.Text("acehub.cavvAmount") == "exact" {
		return core.Refusef(CAVVAmountDiffers, "transaction %s is for exactly %s, the payment is for %s", a.TransactionID, a.Money, c.Money)
	}
	return nil
}
