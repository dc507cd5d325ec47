// Package shop is a small merchant to show a payment with: one product, one
// checkout, an honest integrator of the four companies.
//
// It owns its pages and its orders, which it forgets when it ends. It knows the
// companies by their public interfaces and its credentials alone, as any shop
// does, and is written to be copied: pay.go is the way of an order, and each
// company has a file. Only the list of test cards is asked of the simulator.
package shop
