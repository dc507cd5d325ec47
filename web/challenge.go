package web

// Challenge is the page on which a cardholder enters the one-time password.
// Every value is escaped; none needs to be checked by the caller.
type Challenge struct {
	Look    Look
	Network string // the card's brand as people read it: VISA
	Action  string // where the form goes
	// Step names the state of the challenge that the page shows; it comes back
	// with the form, so that a page sent twice is known.
	Step string

	Merchant string
	Amount   string // with the currency's sign: €123.45
	// AmountCode is the same with the currency's code, for tests: EUR 123.45.
	AmountCode string
	Date       string // 22 Nov 2026, 14:02
	DateExact  string // RFC 3339
	Card       string // **** **** **** 1091
	// Destination is the masked phone number or address; empty for a card without
	// a tenant, whose code was sent nowhere.
	Destination string

	Error        string // why the last entry was refused; empty for none
	Note         string // what the last action did: a new code was sent
	AttemptsLeft int
	ResendsLeft  int
	// Expires is the time left, m:ss, and Seconds the same in seconds.
	Expires string
	Seconds int
	// Running says that time passes: false on a frozen sandbox clock, where the
	// page must not count down.
	Running bool
	// Code is the right code, shown in sandbox; empty hides the line.
	Code string
	// CodeSource says where else the code is found.
	CodeSource string
}

// Page renders the challenge.
func (v Challenge) Page() (Page, error) {
	title := "Confirm your payment"
	if v.Error != "" { // a screen reader says the title first
		title = v.Error + " " + title
	}
	return render(layout{name: "challenge.html", title: title, look: v.Look, formTo: formToSelf}, v)
}
