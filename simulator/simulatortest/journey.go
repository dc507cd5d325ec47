package simulatortest

import (
	"fmt"
	"strconv"
)

// Journey is one card's way through all four providers: what the shop holds at
// the end and is about to send to the acquirer.
type Journey struct {
	Order      Order
	Key        string // the Cardtokens key used
	Token      Token
	Lookup     Elements
	Auth       Elements
	Cryptogram Cryptogram
}

// Walk takes a card from token to cryptogram: with 3-D Secure, challenge
// included when one is asked for.
func (c *Client) Walk(key string, o Order) (Journey, error) {
	j := Journey{Order: o, Key: key}
	var err error
	if j.Token, err = c.CreateToken(key, o.Card); err != nil {
		return j, err
	}
	if j.Lookup, err = c.Lookup(o); err != nil {
		return j, err
	}
	j.Auth = j.Lookup
	if j.Lookup["PAResStatus"] == "C" || j.Lookup["ACSUrl"] != "" {
		if _, err = c.Approve(j.Lookup["TransactionId"]); err != nil {
			return j, err
		}
		if j.Auth, err = c.Authenticate(j.Lookup["TransactionId"]); err != nil {
			return j, err
		}
	}
	if j.Auth["ErrorNo"] != "0" {
		return j, fmt.Errorf("3-D Secure answered ErrorNo %s %s", j.Auth["ErrorNo"], j.Auth["ErrorDesc"])
	}
	j.Cryptogram, err = c.GetCryptogram(key, j.Token.TokenID, o.Number)
	return j, err
}

// Payment is the authorisation that the journey has earned.
func (j Journey) Payment() Payment {
	amount, _ := strconv.ParseFloat(fmt.Sprintf("%d.%02d", j.Order.Minor/100, j.Order.Minor%100), 64)
	p := Payment{
		Action:      "authorize",
		Transaction: map[string]any{"trackingCode": "PAY-" + j.Order.Number, "brandId": 1010, "amount": amount, "currencyCode": "EUR"},
		Card: map[string]any{
			"number": j.Token.Token, "expiryMonth": j.Token.ExpMonth, "expiryYear": j.Token.ExpYear,
			"holderName": "Ada Tester", "cryptogram": j.Cryptogram.Cryptogram,
		},
		ThreeDSecure: map[string]any{"eci": j.Auth["EciFlag"], "avv": j.Auth["Cavv"]},
	}
	if id := j.Lookup["DSTransactionId"]; id != "" {
		p.ThreeDSecure["dsTransactionId"], p.ThreeDSecure["version"] = id, "2"
	} else {
		p.ThreeDSecure["xid"], p.ThreeDSecure["version"] = j.Auth["Xid"], "1"
	}
	return p
}
