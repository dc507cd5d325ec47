// Package issuer owns what a card's bank knows: which cards are enrolled at
// which tenant, whose they are, where a one-time password goes, which password
// is right, and whether a payment is authorised. It answers Cipher (enrolment),
// 3-D Secure (whom to challenge) and the acquirer (may this card pay).
//
// It never sees a card number in clear: a card is its fingerprint. It knows no
// provider's JSON, runs no challenge, and sends nothing anywhere.
package issuer
