// Package cardtokens is Cardtokens' tokenization API on the wire (reference
// cardtokens.md): the paths, the field names and their tolerances, the encrypted
// card object, the order of the checks, and the three classes of error.
//
// It owns no state: tokens and cryptograms are the scheme package's. It never
// keeps a card number, and never decides what a token is good for.
package cardtokens
