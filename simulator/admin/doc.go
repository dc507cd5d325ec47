// Package admin owns the admin API: health, sandboxes, clock, journal, outbox
// and challenges, as JSON for tests and tools, with errors as problem+json. It
// never serves a provider's path, and decides nothing about a payment: it shows
// what is and calls the same use cases the providers call.
package admin
