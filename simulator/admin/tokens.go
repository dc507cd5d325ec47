package admin

import (
	"net/http"
	"time"

	"cardsim/simulator/journal"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
)

// Token is a network token as people and tests read it: never its number, and
// never a cryptogram.
type Token struct {
	// ID is Cardtokens' tokenid.
	ID string `json:"id"`
	// Flow is the journey that it was made in; empty for none.
	Flow string `json:"flow"`
	// Merchant is the sandbox's name of the merchant, MerchantID Cardtokens'.
	Merchant   string        `json:"merchant"`
	MerchantID string        `json:"merchantId"` // Cardtokens' id of the merchant
	Scheme     scheme.Scheme `json:"scheme"`
	// Status is the state at the scheme, of which Cardtokens shows less.
	Status scheme.State `json:"status"`
	// Card is the card behind the token, Number what may be shown of the token's own.
	Card   *journal.Card `json:"card"`
	Number *journal.Card `json:"number"`
	// CardExpiry and Expiry are the card's and the token's own, YYYY-MM.
	CardExpiry string `json:"cardExpiry"`
	Expiry     string `json:"expiry"` // the token's own, YYYY-MM
	// PAR is the payment account reference, the same for all tokens of the card.
	PAR         string      `json:"par"`
	Cryptograms Cryptograms `json:"cryptograms"`
	CreatedAt   time.Time   `json:"createdAt"` // sandbox time
}

// Cryptograms counts a token's.
type Cryptograms struct {
	Issued uint64 `json:"issued"` // how many the token got
	// Used counts those that an attempt to pay has used up.
	Used uint64 `json:"used"`
}

func (t Token) facts() facts {
	return facts{last4: last4(t.Card, t.Number), flow: t.Flow, status: string(t.Status)}
}

func showToken(s sandbox.Scope, t scheme.Token) (Token, error) {
	n, err := scheme.CountCryptograms(s, t.ID)
	return Token{
		ID: t.ID, Flow: t.Flow, Merchant: t.Merchant, MerchantID: t.MerchantID, Scheme: t.Scheme, Status: t.State,
		Card: cardOf(t.Card), Number: cardOf(t.Number), CardExpiry: t.CardExpiry.String(), Expiry: t.Expiry.String(),
		PAR: t.PAR(s.World), Cryptograms: Cryptograms{Issued: n.Issued, Used: n.Used}, CreatedAt: t.Created,
	}, err
}

// listTokens lists the network tokens; card is the card's last four digits or the
// token's.
func (a *API) listTokens(r *http.Request, w *sandbox.World) (any, error) {
	q, err := readListing(r.URL.Query(), "card", "flow", "status")
	if err != nil {
		return nil, err
	}
	return lister[scheme.Token, Token]{walk: scheme.Newest, show: showToken}.answer(a, w, q)
}

func (a *API) getToken(r *http.Request, w *sandbox.World) (any, error) {
	return one(a, w, "token", func(s sandbox.Scope) (Token, bool, error) {
		t, ok, err := scheme.TokenByID(s, r.PathValue("id"))
		if err != nil || !ok {
			return Token{}, false, err
		}
		item, err := showToken(s, t)
		return item, true, err
	})
}
