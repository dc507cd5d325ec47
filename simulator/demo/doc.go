// Package demo owns the walk through one cardholder-initiated payment: the eight
// steps of seed 000 against a running simulator, over the providers' own wire
// formats, as an integrator's code would take them; and the failure stories of the
// scenarios, each a play of such steps by the shop, the bank and the cardholder. It
// knows the simulator by its public interface only, and never reaches into it.
package demo
