package cardinal

import (
	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/threeds"
)

// maxPaRes is AN(10240) of seed 003.
const maxPaRes = 10240

// check holds the message to the field table of seed 003.
func (q authRequest) check(c *provider.Call) *core.Error {
	m := q.message
	switch {
	case m["TransactionType"] != "C":
		return numbered(core.CodeInvalid, errInitiative, "TransactionType", "only C, cards, is served")
	case m["TransactionId"] == "" && m["OrderId"] == "" && m["PAResPayload"] == "":
		return fieldError(errAuthenticate, errTransactionID, "TransactionId", "neither TransactionId nor PAResPayload was sent")
	case len(m["PAResPayload"]) > maxPaRes:
		return fieldError(errAuthenticate, errField, "PAResPayload", "it is longer than 10240 characters")
	case c.Setting().Bool("cardinal.strict") && len(m["MerchantReferenceNumber"]) > 20:
		return fieldError(errAuthenticate, errField, "MerchantReferenceNumber", "it is longer than 20 characters")
	}
	return nil
}

// link finds the lookup: by TransactionId, the preferred one; by OrderId, as the
// vendor's own samples do (observed); else by the PaRes (seed 003, documented).
func (q authRequest) link(c *provider.Call, s sandbox.Scope) (threeds.Transaction, *core.Error) {
	t, ok, err := q.find(s)
	switch {
	case err != nil:
		return t, core.Errf(core.CodeInternal, "", "%v", err)
	case !ok && q.message["TransactionId"] == "" && q.message["OrderId"] == "" && q.pares.Unparsed:
		return t, numbered(core.CodeInvalid, "1055", "PAResPayload", "it inflates but is no PARes")
	case !ok && q.message["TransactionId"] == "" && q.message["OrderId"] == "" && q.pares.Unreadable:
		return t, numbered(core.CodeInvalid, "1060", "PAResPayload", "it does not inflate")
	case !ok:
		return t, numbered(core.CodeNotFound, errNotFound, "TransactionId", "no lookup of this sandbox has it")
	case t.Merchant != c.Merchant.ID:
		return t, numbered(core.CodeNotFound, errNotFound, "TransactionId", "the lookup is another merchant's")
	case !c.Now.Before(t.Created.Add(c.Setting().Duration("cardinal.transactionAge"))):
		return t, numbered(core.CodeNotFound, errNotFound, "TransactionId", "the lookup is older than setting cardinal.transactionAge")
	case q.message["OrderId"] != "" && q.message["OrderId"] != t.OrderID:
		return t, numbered(core.CodeInvalid, errOtherLookup, "OrderId", "TransactionId and OrderId belong to different lookups")
	}
	return t, nil
}

func (q authRequest) find(s sandbox.Scope) (threeds.Transaction, bool, error) {
	switch m := q.message; {
	case m["TransactionId"] != "":
		return threeds.ByID(s, m["TransactionId"])
	case m["OrderId"] != "":
		return threeds.ByOrderID(s, m["OrderId"])
	default:
		return threeds.ByXID(s, q.pares.PARes.Purchase.XID)
	}
}
