// Package acehub is AceHub's gateway on the wire (reference acehub.md): the
// paths in any case, the JSON envelope with its tolerance, Basic authentication
// against the business, the result codes and their HTTP statuses, the error
// object, and the redirects of brands and of the gateway's own 3-D Secure.
//
// It owns no state: payments, tokens and the ledger are package pay's, 3-D
// Secure transactions package threeds'. It never decides whether a payment is
// good, and the true reason of a decline never reaches its answers.
package acehub
