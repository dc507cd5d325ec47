package acehub

import (
	"cardsim/simulator/core"
	"cardsim/simulator/pay"
	"cardsim/simulator/provider"
)

// readCard reads the card block. A card number, or one that has no digits only,
// is found out here; whether it is a card's is package pay's to say.
func readCard(card view) *pay.Instrument {
	in := readExtras(card)
	for _, name := range []string{"number", "expiryMonth", "expiryYear"} {
		card.need(name)
	}
	if number := card.text("number"); number != "" {
		pan, ok := core.ParsePAN(number)
		if !ok {
			card.invalid("number", "a card number has 12 to 19 digits")
		}
		in.Number = pan
	}
	in.Expiry = core.Expiry{Month: card.integer("expiryMonth"), Year: card.integer("expiryYear")}
	if card.has("expiryMonth") && (in.Expiry.Month < 1 || in.Expiry.Month > 12) {
		card.invalid("expiryMonth", "a month is 1 to 12")
	}
	if card.has("expiryYear") && (in.Expiry.Year < 1000 || in.Expiry.Year > 9999) {
		card.invalid("expiryYear", "a year has four digits")
	}
	return &in
}

// readExtras reads what may also come with a token of the vault.
func readExtras(card view) pay.Instrument {
	if cvv := card.text("cvv"); cvv != "" && (!core.AllDigits(cvv) || len(cvv) < 3 || len(cvv) > 4) {
		card.invalid("cvv", "a security code has three or four digits")
	}
	return pay.Instrument{
		Holder: card.text("holderName"), IssueNumber: card.text("issueNumber"),
		CVV: card.has("cvv"), Cryptogram: card.text("cryptogram"),
	}
}

// payer is who asks.
func payer(c *provider.Call) pay.Payer {
	return pay.Payer{Business: c.Identity.Name, Merchant: c.Merchant.ID}
}

// underlying finds the card behind an instrument for the journal and scenarios.
func underlying(c *provider.Call, tx *provider.Tx, in *pay.Instrument) core.CardRef {
	if in == nil || in.Number.IsZero() && in.Vault == "" {
		return core.CardRef{}
	}
	card, _ := pay.Find(c.Scope(tx), payer(c), *in)
	return card.Card
}

// reference is a tracking code as the journal and counters may keep it: one that
// is a card number is masked.
func reference(code string) string {
	if pan, ok := core.ParsePAN(code); ok && core.LuhnValid(code) {
		return pan.String()
	}
	return code
}
