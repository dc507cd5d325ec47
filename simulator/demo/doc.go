// Package demo owns the walk through one cardholder-initiated payment: the eight
// steps of seed 000 against a running simulator, over the providers' own wire
// formats, as an integrator's code would take them. It knows the simulator by
// its public interface only, and never reaches into it.
package demo
