// Package pares reads and writes the two messages of 3-D Secure 1.0.2 that
// travel through the browser: PAReq and PARes (reference cipher-acs.md B3). It
// owns their elements and rules, the zlib and base64 envelope, the XML
// signature of a PARes and its verification. It is pure: it keeps no state,
// reads no clock, makes no CAVV and decides no outcome; it only carries values.
package pares
