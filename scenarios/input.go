package scenarios

import "cardsim/simulator/core"

// Input is what a request is about, as far as scenarios may know it.
type Input struct {
	// Operation is the operation id, such as acehub.payment.create.
	Operation string
	Sandbox   string
	// Merchant is the sandbox's name of the merchant, Order the merchant's own
	// reference (order number, tracking code).
	Merchant, Order string
	// Card is the underlying card, Issuer the name of its bank.
	Card   core.CardRef
	Issuer string
	// Money is the amount; without one its currency is empty.
	Money core.Money
	// Open makes the costly parts: those that are asked for, each at most once a
	// plan and only when a condition that names it is reached. It may be nil.
	Open func(Parts) Documents
	// Draws is the sandbox's chance.
	Draws Draws
}

// Draws is the chance of one sandbox: a number from 0 up to, not including, 1 that
// depends on the seed, what is drawn and the entity alone.
type Draws interface {
	Draw(what string, entity ...string) float64
}
