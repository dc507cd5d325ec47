// Package threeds owns 3-D Secure transactions and their challenges: what a
// lookup decides about a card, how a cardholder's answers change it, what the
// browser carries to the merchant, and what an authenticate call is told. The
// schemes hear of every lookup and every ending.
//
// It speaks no provider's wire format and draws no page: Cardinal, the issuer's
// pages, the acquirer's own lookup and the admin API all call the same functions.
// Card numbers, one-time passwords and CAVVs are never stored; what must be shown
// again is derived again. Its codecs (pares, emv, jws) lie below it and are pure.
package threeds
