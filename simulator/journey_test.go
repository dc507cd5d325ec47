package simulator_test

import (
	"fmt"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// good is a card whose every part is in order: 3-D Secure case 9, challenge and
// success.
func good(number string) simulatortest.Order {
	return simulatortest.Order{
		Number: number, Minor: 12345, Currency: "978",
		Card: simulatortest.Card{PAN: "4000000000001091", Month: 1, Year: 2031, CVV: "123"},
	}
}

// TestJourneyEveryKeyKind walks a published card of each provider with both
// kinds of Cardtokens key: test cards travel.
func TestJourneyTestCardsTravel(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	cards := map[string]string{
		"Cardinal EMV 2.1 challenge":      "4000000000001091",
		"Cardinal EMV 2.2 challenge":      "4000000000002503",
		"Cardinal EMV frictionless":       "4000000000001000",
		"Cardinal EMV attempt":            "4000000000001026",
		"Cardinal 3-D Secure 1.0":         "4000000000000002",
		"Cardinal 3-D Secure 1.0 attempt": "4000000000000101",
		"Cardinal Mastercard challenge":   "5200000000001096",
		"Cardinal Mastercard 1.0":         "5200000000000007",
		"Cardinal Amex challenge":         "340000000001098",
		"Cardinal JCB challenge":          "3337000000200004",
		"Cardtokens Visa":                 "4111111145551142",
		"Cardtokens Mastercard":           "5555341244441115",
		"Cardtokens' own example":         "6007220000000004",
		"AceHub's example":                "4916934502308682",
		"Cipher's example":                "1112228948763895",
	}
	n := 0
	for name, pan := range cards {
		for _, kind := range []string{"CARDTOKENS_API_KEY", "CARDTOKENS_LIVE_API_KEY"} {
			n++
			t.Run(name+"/"+kind, func(t *testing.T) {
				o := good(fmt.Sprintf("TRAVEL-%d", n))
				o.Card.PAN = pan
				j, err := c.Walk(c.Env[kind], o)
				if err != nil {
					t.Fatal(err)
				}
				paid, err := c.Pay(j.Payment())
				if err != nil {
					t.Fatal(err)
				}
				if paid.HTTP != 200 || paid.Result != 0 {
					code, _ := c.Refusal("acehub.payment.create")
					t.Errorf("HTTP %d %s, refused as %q", paid.HTTP, paid.Raw, code)
				}
			})
		}
	}
}
