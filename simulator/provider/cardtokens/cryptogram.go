package cardtokens

import (
	"errors"
	"regexp"
	"sync"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
)

// cryptogramBody is the body of Get cryptogram (reference cardtokens.md §6.1,
// documented).
type cryptogramBody struct {
	Reference           field `json:"reference"`
	TransactionType     field `json:"transactiontype"`
	UnpredictableNumber field `json:"unpredictablenumber"`
}

// cryptogramRequest is the decoded call.
type cryptogramRequest struct {
	tokenID string
	cryptogramBody
}

// issued is the answer, in the order of seed 000. There is no eci (reference
// cardtokens.md §6.2, documented).
type issued struct {
	Cryptogram    string        `json:"cryptogram"`
	Token         string        `json:"token"`
	ExpMonth      int           `json:"expmonth"`
	ExpYear       int           `json:"expyear"`
	PAR           string        `json:"par"`
	PaymentDataID string        `json:"paymentdataid"`
	Scheme        scheme.Scheme `json:"scheme"`
	TokenID       string        `json:"tokenid"`
}

// unpredictableRule: nothing or eight decimal digits, although the scheme's own
// field is hexadecimal (reference cardtokens.md §6.1, documented).
var unpredictableRule = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([0-9]{8})?$`) })

func cryptogram() provider.Operation {
	return provider.Make(provider.Op[cryptogramRequest, reply]{
		Name: opCryptogram, Decode: decodeCryptogram, Facts: cryptogramFacts, Validate: validateCryptogram, Run: runCryptogram, Encode: encode,
	})
}

func decodeCryptogram(c *provider.Call) (cryptogramRequest, error) {
	return cryptogramRequest{c.Request.Vars.Get(tokenVar), bodyOf(c).cryptogramBody}, nil
}

func cryptogramFacts(c *provider.Call, tx *provider.Tx, q cryptogramRequest) provider.Facts {
	f := tokenFacts(c, tx, q.tokenID)
	f.Reference = q.Reference.text
	f.Request = func() map[string]any {
		return map[string]any{
			"tokenid": q.tokenID, "reference": q.Reference.text,
			"transactiontype": q.transactionType(), "unpredictablenumber": q.UnpredictableNumber.text,
		}
	}
	return f
}

func (q cryptogramRequest) transactionType() string {
	if q.TransactionType.empty() {
		return "ecom"
	}
	return q.TransactionType.text
}

// validateCryptogram checks what needs no state. recurring is accepted, although
// later payments of a series need no cryptogram (reference cardtokens.md §6.4).
func validateCryptogram(c *provider.Call, q cryptogramRequest) error {
	switch kind := q.TransactionType; {
	case forcedFailure(c):
		return nil
	case q.Reference.empty() && c.Setting().Bool("cardtokens.requireReference"):
		return core.Errf(core.CodeMissing, "reference", "is required")
	case !q.Reference.empty() && !q.Reference.isText():
		return core.Errf(core.CodeInvalid, "reference", "must be a string")
	case !kind.empty() && !(kind.isText() && (kind.text == "ecom" || kind.text == "recurring")):
		return core.Errf(core.CodeInvalid, "transactiontype", "must be ecom or recurring")
	}
	if u := q.UnpredictableNumber; !u.empty() && !(u.isText() && unpredictableRule().MatchString(u.text)) {
		return core.Errf(core.CodeInvalid, "unpredictablenumber", "must be empty or have eight digits")
	}
	if q.Reference.empty() {
		c.Warn("there was no reference, which the page of Get cryptogram requires")
	}
	return nil
}

func runCryptogram(c *provider.Call, tx *provider.Tx, q cryptogramRequest) (reply, error) {
	s := c.Scope(tx)
	t, err := ownToken(c, s, q.tokenID)
	if forcedFailure(c) {
		return fail(c, s, aboutToken(t))
	}
	if err != nil {
		return reply{}, err
	}
	v, err := scheme.IssueCryptogram(s, t, q.UnpredictableNumber.text)
	var dead *core.Refusal
	if errors.As(err, &dead) {
		return refuseDead(c, s, t, dead)
	}
	if err != nil {
		return reply{}, err
	}
	a := issued{
		Cryptogram: v.Value, Token: t.Digits(s.World), ExpMonth: t.Expiry.Month, ExpYear: t.Expiry.Year,
		PAR: t.PAR(s.World), PaymentDataID: v.PaymentDataID, Scheme: t.Scheme, TokenID: t.ID,
	}
	c.Secret(a.Cryptogram, a.Token)
	return good(c, outcomeIssued, a), nil
}

// refuseDead answers for a token that is not usable: Cardtokens rejects for its
// test scheme, the schemes decline themselves (reference cardtokens.md §11.3,
// unknown).
func refuseDead(c *provider.Call, s sandbox.Scope, t scheme.Token, why *core.Refusal) (reply, error) {
	c.Refuse(why)
	switch t.Scheme {
	case scheme.Visa:
		return decline(c, s, reasonFor("declined", t.Scheme), aboutToken(t))
	case scheme.Mastercard:
		return decline(c, s, reasonFor("INVALID_TOKEN_STATUS", t.Scheme), aboutToken(t))
	default:
		return reply{}, core.Errf(core.CodeRule, "tokenid", "the token is not active")
	}
}
