// Package core is the trade's vocabulary: card numbers, brands, expiry, money,
// ECI, 3-D Secure results, decline reasons, plans and errors. It is pure: it
// owns no state, reads no clock, draws no chance, and imports only the standard
// library. It never knows how any provider spells a thing on the wire.
package core
