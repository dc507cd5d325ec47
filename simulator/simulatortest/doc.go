// Package simulatortest is an integrator's client for tests: it starts a
// simulator, or meets one that runs, and calls the four providers over their
// own wire formats and the admin API. It shares no code with the product's
// providers, so that a mistake there cannot hide here.
package simulatortest
