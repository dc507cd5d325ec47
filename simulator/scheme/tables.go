package scheme

import "cardsim/simulator/store"

// The tables of this package. Every value that could be used to pay is kept as a
// digest only.
var (
	tokens   = store.NewTable[Token]("scheme.tokens")             // by tokenid
	numbers  = store.NewTable[holder]("scheme.numbers")           // by the number's fingerprint
	living   = store.NewTable[holder]("scheme.living")            // by merchant, card, scheme, order: not deactivated
	arrivals = store.NewTable[holder]("scheme.arrivals").Rising() // by order of arrival, for lists
	issued   = store.NewTable[cryptogram]("scheme.cryptograms")   // by digest of the value

	authentications = store.NewTable[Authentication]("scheme.authentications") // by transaction id
	cavvs           = store.NewTable[origin]("scheme.cavvs")                   // by digest of the value
	dsIDs           = store.NewTable[origin]("scheme.dsids")                   // by digest of a DS transaction id of before those were links
	latest          = store.NewTable[origin]("scheme.latest")                  // by merchant and card
)

// holder points at a token.
type holder struct {
	Token string `json:"token"`
}

// origin points at the transaction that a value came from.
type origin struct {
	Transaction string `json:"tx"`
}
