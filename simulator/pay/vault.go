package pay

import (
	"strings"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// Token is one entry of AceHub's vault: a card that a business may charge again
// (reference acehub.md §4). The card number is not in it.
type Token struct {
	Token        string       `json:"token"` // upper-case UUID
	Business     string       `json:"business"`
	Merchant     string       `json:"merchant"`
	CustomerID   string       `json:"customerId,omitempty"`
	Number       core.CardRef `json:"number"` // the number that was sent
	Card         core.CardRef `json:"card"`   // the underlying card
	Expiry       core.Expiry  `json:"expiry"`
	NetworkToken string       `json:"networkToken,omitempty"` // tokenid, where the number was a network token
	Holder       string       `json:"holder,omitempty"`
	IssueNumber  string       `json:"issueNumber,omitempty"`
	Email        string       `json:"email,omitempty"`
	Created      time.Time    `json:"created"`
}

// Hint shows a token's card: an asterisk for each hidden digit and the last four
// (reference acehub.md §4.1: documented for 16 digits, inferred for others).
func (t Token) Hint() string {
	return strings.Repeat("*", max(0, t.Number.Length-len(t.Number.Last4))) + t.Number.Last4
}

// Owner is whose card is tokenized.
type Owner struct {
	CustomerID string `json:"customerId,omitempty"` // part of the key when present
	Email      string `json:"email,omitempty"`      // kept, no part of the key
}

// Tokenize keeps a card in the vault and returns its token. The key is business,
// customer, number and expiry (seed 002, documented): the same key again gives
// the stored token, with the values it was first stored with (inferred). No
// expiry is refused: the vendor's own examples lie in the past.
func Tokenize(s sandbox.Scope, p Payer, in Instrument, o Owner) (Token, error) {
	src, err := resolve(s, p, in)
	if err != nil {
		return Token{}, err
	}
	return src.tokenize(s, p, o)
}

func (src source) tokenize(s sandbox.Scope, p Payer, o Owner) (Token, error) {
	id := strings.ToUpper(s.World.Draw("acehub.token", p.Business, o.CustomerID, src.card.Number.Fingerprint, src.card.Expiry.String()).UUID())
	if t, ok, err := vault.Get(s.Tx, s.World.ID, id); ok || err != nil {
		return t.each(s.World.Unseal), wrap(err, "read the vault")
	}
	t := Token{
		Token: id, Business: p.Business, Merchant: p.Merchant, CustomerID: o.CustomerID, Email: o.Email,
		Number: src.card.Number, Card: src.card.Card, Expiry: src.card.Expiry, NetworkToken: src.card.NetworkToken,
		Holder: src.card.Holder, IssueNumber: src.card.IssueNumber, Created: s.Now,
	}
	return t, wrap(vault.Put(s.Tx, s.World.ID, id, t.each(s.World.Seal)), "write the vault")
}

// TokenByID finds a merchant's token, in any case of its letters; another
// merchant's is as unknown as one that does not exist (inferred).
func TokenByID(s sandbox.Scope, merchant, token string) (Token, bool, error) {
	if len(token) == 0 || len(token) > maxID || strings.ContainsRune(token, 0) {
		return Token{}, false, nil
	}
	t, ok, err := vault.Get(s.Tx, s.World.ID, strings.ToUpper(token))
	if !ok || t.Merchant != merchant {
		return Token{}, false, wrap(err, "read the vault")
	}
	return t.each(s.World.Unseal), true, nil
}

// Tokens lists the vault, by token.
func Tokens(s sandbox.Scope) ([]Token, error) {
	var list []Token
	err := vault.Scan(s.Tx, s.World.ID, store.ScanOptions{}, func(_ string, t Token) (bool, error) {
		list = append(list, t.each(s.World.Unseal))
		return true, nil
	})
	return list, wrap(err, "list the vault")
}
