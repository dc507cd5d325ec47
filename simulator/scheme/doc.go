// Package scheme is the card networks' memory: network tokens, payment account
// references, cryptograms, and what 3-D Secure decided about each transaction
// (CAVV, ECI, XID). It issues these values and tells an acquirer whether a claim
// built on them holds, and if not, why.
//
// It owns the tables whose names begin with "scheme.". Token numbers,
// cryptograms and CAVVs are never in them: they are drawn again from what names
// them when they are needed, and found by a keyed digest. It never knows how a
// provider spells anything on the wire, and never decides about money.
package scheme
