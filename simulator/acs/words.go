package acs

import (
	"fmt"
	"strings"
	"time"

	"cardsim/simulator/core"
)

// brandNames are the networks as people read them; any other is its own name in
// capitals.
var brandNames = map[core.Brand]string{
	core.Mastercard: "Mastercard", core.Amex: "American Express", core.Discover: "Discover", core.Diners: "Diners Club",
	core.UnionPay: "UnionPay", core.Elo: "Elo", core.Maestro: "Maestro", core.UnknownBrand: "",
}

func brandName(b core.Brand) string {
	if name, ok := brandNames[b]; ok {
		return name
	}
	return strings.ToUpper(string(b))
}

// maskedCard shows the last four digits only, in the groups printed on the card:
// the page is seen over shoulders.
func maskedCard(card core.CardRef) string {
	if card.Length == 15 {
		return "**** ****** *" + card.Last4
	}
	hidden := max(card.Length-len(card.Last4), 12)
	var b strings.Builder
	for i := range hidden {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteByte('*')
	}
	return b.String() + " " + card.Last4
}

// date is the sandbox's time as people read it: 22 Nov 2026, 14:02.
func date(at time.Time) string { return at.UTC().Format("2 Jan 2006, 15:04") }

// left is a time span as m:ss and in whole seconds, never below zero. A begun
// second counts whole, so that the page does not say 0:00 while a code is good.
func left(until, now time.Time) (text string, seconds int) {
	d := max(until.Sub(now), 0)
	seconds = int((d + time.Second - 1) / time.Second)
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60), seconds
}
