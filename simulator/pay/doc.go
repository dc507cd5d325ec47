// Package pay is the acquirer: payments and what follows them (capture, cancel,
// refund), the vault of AceHub's card tokens, and the ledger that says where the
// money of each payment stands.
//
// It owns the tables whose names begin with "pay.". It asks the scheme whether
// the values that came with a payment hold, and the issuer whether the card may
// pay. It never runs 3-D Secure, keeps no card number, security code,
// cryptogram or authentication value, and knows no JSON of the wire; the paths
// in its errors are those of AceHub's requests, because no other provider takes
// payments.
package pay
