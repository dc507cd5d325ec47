package pay

// Standing says where a payment stands, for people: the result of an operation
// that was not approved or that follows another, else what became of the money.
type Standing string

// The standings of an approved payment; the others are results.
const (
	Authorized        Standing = "authorized" // held, nothing taken
	PartiallyCaptured Standing = "partially-captured"
	Captured          Standing = "captured"
	PartiallyRefunded Standing = "partially-refunded"
	Refunded          Standing = "refunded"  // all that was taken was given back
	Cancelled         Standing = "cancelled" // let go without anything taken
)

// StandingIn tells the standing by the payment's own book.
func (p Payment) StandingIn(b Book) Standing {
	held, taken, back := b.Authorised(p.Money.Currency), b.Captured(p.Money.Currency), b.Refunded(p.Money.Currency)
	switch {
	case p.Result != Approved || p.FollowUp():
		return Standing(p.Result)
	case back > 0 && back == taken:
		return Refunded
	case back > 0:
		return PartiallyRefunded
	case taken > 0 && taken == held:
		return Captured
	case taken > 0:
		return PartiallyCaptured
	case held > 0 && b.Released(p.Money.Currency) == held:
		return Cancelled
	default:
		return Authorized
	}
}
