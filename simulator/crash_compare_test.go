package simulator_test

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"testing"

	"cardsim/simulator/simulatortest"
)

// compare asks for everything that was touched since it was last compared, and for
// so many older things; -1 means all.
func (c *crash) compare(t *testing.T, client *simulatortest.Client, sample int) {
	t.Helper()
	for _, w := range c.workers {
		older := sample
		for i := len(w.book.things) - 1; i >= 0; i-- {
			thing := w.book.things[i]
			if !thing.fresh && sample >= 0 {
				if older == 0 || c.rnd.IntN(len(w.book.things)) > sample {
					continue
				}
				older--
			}
			state, err := standing(client, thing)
			if err != nil {
				t.Errorf("%s %s: %v", thing.kind, thing.id, err)
				continue
			}
			if !thing.accepts(state) {
				t.Errorf("%s %s is %q; by its answers it is %q, or %q if the call without an answer went through (%t)",
					thing.kind, thing.id, state, thing.state, thing.doubt, thing.unsure)
			}
			thing.settle(state)
		}
	}
}

// standing is how a thing stands, as its provider and the admin API tell.
func standing(c *simulatortest.Client, thing *crashThing) (string, error) {
	switch thing.kind {
	case "token":
		return tokenStanding(c, thing.id)
	case "payment":
		return paymentStanding(c, thing.id)
	case "card":
		return cardStanding(c, thing.id)
	case "challenge":
		var t struct {
			Status    string
			Challenge struct{ State string }
		}
		err := c.Admin(http.MethodGet, "/transactions/"+thing.id, nil, &t)
		return t.Status + " " + t.Challenge.State, err
	default:
		a, err := c.Do(http.MethodGet, c.Env["CARDSIM_ADMIN_URL"]+"/api/v1/sandboxes/"+thing.id, nil)
		switch {
		case err != nil:
			return "", err
		case a.Status == http.StatusOK:
			return "there", nil
		case a.Status == http.StatusNotFound && thing.state == "":
			return "", nil // it never came to be
		case a.Status == http.StatusNotFound:
			return "gone", nil
		}
		return "", fmt.Errorf("HTTP %d %s", a.Status, a.Body)
	}
}

// tokenStanding asks the admin API, and Cardtokens too, which shows less.
func tokenStanding(c *simulatortest.Client, id string) (string, error) {
	var token struct {
		Status      string
		Cryptograms struct{ Issued int }
	}
	if err := c.Admin(http.MethodGet, "/tokens/"+id, nil, &token); err != nil {
		return "", err
	}
	status, err := c.TokenStatus(c.Env["CARDTOKENS_API_KEY"], id)
	if err == nil && (status == "ACTIVE") != (token.Status == "ACTIVE") {
		err = fmt.Errorf("cardtokens says %s, the admin API %s", status, token.Status)
	}
	return fmt.Sprintf("%s %d", token.Status, token.Cryptograms.Issued), err
}

// paymentStanding adds nothing up itself: the sums are what the admin API says of the
// ledger, and AceHub must know the payment by its id too.
func paymentStanding(c *simulatortest.Client, code string) (string, error) {
	id, err := paymentID(c, code)
	if errors.Is(err, errNone) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	var shown struct{ Money crashSums }
	if err := c.Admin(http.MethodGet, "/payments/"+id, nil, &shown); err != nil {
		return "", err
	}
	paid, err := c.AceHub(http.MethodGet, "payments/"+id+"?businessId="+c.Env["ACEHUB_BUSINESS_ID"], nil)
	m := shown.Money.minor()
	if err == nil && (paid.HTTP != http.StatusOK || paid.Body.Card.ApprovalCode == "" || paid.Body.Transaction.TrackingCode != code || minorOf(paid.Body.Transaction.Amount) != m.held) {
		err = fmt.Errorf("it is half there: AceHub says HTTP %d %s, the ledger %s", paid.HTTP, paid.Raw, m)
	}
	return m.String(), err
}

// crashSums are the sums of a ledger as the admin API tells them.
type crashSums struct{ Authorized, Captured, Released, Refunded, Held, Kept float64 }

func (s crashSums) minor() crashMoney {
	return crashMoney{minorOf(s.Authorized), minorOf(s.Captured), minorOf(s.Released), minorOf(s.Refunded)}
}

func minorOf(major float64) int { return int(math.Round(major * 100)) }

// cardStanding asks the admin API, and Cipher for the cardholder who has the card.
func cardStanding(c *simulatortest.Client, id string) (string, error) {
	var card struct{ Status, CardholderID string }
	if err := c.Admin(http.MethodGet, "/cardholders/"+id, nil, &card); err != nil {
		return "", err
	}
	holder, err := c.Holder(card.CardholderID)
	if err != nil {
		return "", err
	}
	var h struct{ Cards []struct{ CardID string } }
	if err := holder.JSON(&h); err != nil {
		return "", err
	}
	if len(h.Cards) != 1 || h.Cards[0].CardID != id {
		return "", fmt.Errorf("its cardholder has %v", h.Cards)
	}
	return card.Status, nil
}

// challengeOf finds the challenge of a transaction.
func challengeOf(c *simulatortest.Client, transaction string) (string, error) {
	var t struct{ Challenge struct{ ID string } }
	err := c.Admin(http.MethodGet, "/transactions/"+transaction, nil, &t)
	return t.Challenge.ID, err
}
