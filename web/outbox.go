package web

// Outbox is what was sent to cardholders and to the shop.
type Outbox struct {
	Letters []Letterbox
	Empty   Empty
}

// Letterbox is one message as its reader would see it.
type Letterbox struct {
	ID, Channel, To, Text string
	// Code is the one-time password while its challenge runs; empty afterwards.
	Code     string
	Time     Cell
	Flow     Cell
	Attempts []string
}
