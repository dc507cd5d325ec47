// Package wire owns the bytes of HTTP: requests and responses as values, codecs
// with limits, routing, and the faults that need the raw connection. It is the
// only door to gorilla/mux. It never knows a provider, a card or a sandbox.
package wire
