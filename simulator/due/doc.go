// Package due moves the clocks of sandboxes and lets happen what falls due on the
// way: once, in order of time, each at its own instant (interface §3).
//
// It owns the order of these things and the transactions they are committed in. It
// never decides what expiring means, that is the owner's: see kinds for who is
// asked. Nor does anything here wait or run by itself: in real time expiry is
// judged at each look, and noted down when the clock is next moved.
package due
