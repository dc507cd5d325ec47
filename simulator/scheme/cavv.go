package scheme

import (
	"encoding/base64"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// fixedCAVV is what Cardinal's sandbox answers for every EMV success: the base64
// of "cardinalcommerceauth" (reference cardinal.md §4, observed).
const fixedCAVV = "Y2FyZGluYWxjb21tZXJjZWF1dGg="

// cavvLength is the bytes behind the 28 characters (reference cardinal.md §4,
// documented).
const cavvLength = 20

// CAVV is the authentication value of a transaction: 28 base64 characters of 20
// bytes, drawn from its id; empty when the status carries none. The first bytes
// look like the scheme's own (reference cipher-acs.md B6, inferred). With setting
// cardinal.fixedCavv every EMV authentication has the sandbox's constant.
func CAVV(w *sandbox.World, transactionID string, b core.Brand, v core.ThreeDSVersion, st core.TransStatus) string {
	if !st.CarriesCAVV() {
		return ""
	}
	if v.EMV() && w.Settings.Bool("cardinal.fixedCavv") {
		return fixedCAVV
	}
	head := cavvHead(b, st)
	drawn := w.Draw("cavv", transactionID).Bytes(cavvLength)
	copy(drawn, head)
	return base64.StdEncoding.EncodeToString(drawn)
}

func cavvHead(b core.Brand, st core.TransStatus) []byte {
	switch {
	case b == core.Visa:
		return []byte{0x00, 0x00, 0x01}
	case b.MastercardGroup() && st == core.StatusAttempted:
		return []byte{0x86}
	case b.MastercardGroup():
		return []byte{0x8c}
	default:
		return nil
	}
}

// XID is the 3-D Secure 1.0 identifier of a transaction: the base64 of the
// characters of its id (reference cardinal.md §4, inferred).
func XID(transactionID string) string {
	return base64.StdEncoding.EncodeToString([]byte(transactionID))
}

// TransactionOf is the id that an XID was made of; ok is false where it was made of none.
func TransactionOf(xid string) (transactionID string, ok bool) {
	id, err := base64.StdEncoding.DecodeString(xid)
	if err != nil || len(id) == 0 || len(id) > maxTransactionID {
		return "", false
	}
	for _, c := range id {
		if c < ' ' || c > '~' {
			return "", false
		}
	}
	return string(id), true
}

// maxTransactionID is longer than any id of a transaction.
const maxTransactionID = 64
