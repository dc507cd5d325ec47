package cipher

import (
	"encoding/json"

	"cardsim/simulator/provider"
)

// documented is the request's JSON as conditions may see it: everything but the
// card number and its digest (interface §7).
func documented(c *provider.Call) map[string]any {
	var request map[string]any
	if err := json.Unmarshal(c.Request.Body, &request); err != nil {
		return nil
	}
	card, ok := request["cardInfo"].(map[string]any)
	if !ok {
		delete(request, "cardInfo") // whatever stands there may be a number
		return request
	}
	delete(card, memberNumber)
	delete(card, memberSHA)
	for _, name := range []string{memberMask, memberMask2} {
		text, _ := card[name].(string)
		if _, masked := parseMask(text); !masked {
			delete(card, name) // a caller who sends the number itself as its mask
		}
	}
	return request
}

// hide keeps what names a card out of the journal, well-formed or not.
func hide(c *provider.Call, card object) {
	c.Secret(card.loose(memberNumber), card.loose(memberSHA))
	for _, name := range []string{memberMask, memberMask2} {
		text := card.loose(name)
		if _, masked := parseMask(text); !masked {
			c.Secret(text)
		}
	}
}
