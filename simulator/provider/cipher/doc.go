// Package cipher imitates the REST API of Zeta Cipher, an access control server
// at which issuers enrol cards: its five documented calls, its validation, its
// error document and its credentials (seed 004; reference cipher-acs.md part A).
//
// It owns Cipher's wire format and nothing else: what is enrolled belongs to
// package issuer, the challenge to packages threeds and acs. Card numbers pass
// through it and stay nowhere.
package cipher
