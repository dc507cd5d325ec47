package cardinal

import (
	"slices"
	"strconv"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/threeds"
)

// numeric are the elements documented as N (reference cardinal.md §2, §3 and §6):
// conditions see them as numbers when they hold digits only (decisions 4).
var numeric = []string{
	"Amount", "PurchaseAmount", "CurrencyCode", "PurchaseCurrency", "CardExpMonth", "CardExpYear", "Timestamp", "BillingCountryCode",
	"ShippingCountryCode", "ShippingMethodIndicator", "ShippingAmount", "TaxAmount", "GiftCardAmount", "AuthenticationIndicator",
	"ChallengeIndicator", "MessageCategory", "ACSWindowSize", "Installment", "BrowserColorDepth", "BrowserScreenHeight",
	"BrowserScreenWidth", "BrowserTimeZone", "RecurringFrequency",
}

// hidden are the elements that conditions never see: card numbers, codes and
// credentials (interface §7).
var hidden = append([]string{"PAN", "PAResPayload"}, secrets...)

// documented is the message as conditions see it.
func (m message) documented() map[string]any {
	out := make(map[string]any, len(m))
	for name, value := range m {
		switch {
		case slices.Contains(hidden, name):
		case slices.Contains(numeric, name):
			out[name] = number(value)
		default:
			out[name] = value
		}
	}
	return out
}

// maxNumber is the longest text that is surely an int.
const maxNumber = 18

func number(text string) any {
	if n, err := strconv.Atoi(text); err == nil && core.AllDigits(text) && len(text) <= maxNumber {
		return n
	}
	return text
}

// lookupFacts is what a lookup is about; the card is the one behind a network
// token too (decisions 4).
func lookupFacts(c *provider.Call, tx *provider.Tx, q lookupRequest) provider.Facts {
	f := provider.Facts{Money: q.money, Reference: q.order, Request: q.message.documented}
	if !q.card.IsZero() {
		if card, _, err := threeds.Resolve(c.Scope(tx), q.card); err == nil {
			f.Card = card
		}
	}
	return f
}

// authenticateFacts is what an authenticate call is about: its lookup.
func authenticateFacts(c *provider.Call, tx *provider.Tx, q authRequest) provider.Facts {
	f := provider.Facts{Request: q.message.documented}
	if t, number := q.link(c, c.Scope(tx)); number == nil {
		f.Card, f.Money, f.Reference, f.Flow = t.Card, t.Money, t.OrderNumber, t.Flow
	}
	return f
}
