package simulator_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// cardtokensOutcomes are written out from reference cardtokens.md §11.1: what
// Cardtokens refuses is 500 with a text, what the scheme refuses its own document,
// and a silent scheme closes the connection.
func cardtokensOutcomes() map[string]seen {
	const closed, own = "no answer", "err: the request was rejected"
	const ineligible = "visa 403 cardNotEligible"
	return map[string]seen{
		"cardtokens.token.create/created":         {200, "visa token", "one token"},
		"cardtokens.token.create/rejected":        {500, own, "no token"},
		"cardtokens.token.create/scheme-declined": {403, ineligible, "no token"},
		"cardtokens.token.create/scheme-timeout":  {0, closed, "no token"},

		"cardtokens.token.cryptogram/issued":          {200, "cryptogram", "one cryptogram, ACTIVE"},
		"cardtokens.token.cryptogram/rejected":        {500, own, "no cryptogram, ACTIVE"},
		"cardtokens.token.cryptogram/scheme-declined": {403, ineligible, "no cryptogram, ACTIVE"},
		"cardtokens.token.cryptogram/scheme-timeout":  {0, closed, "no cryptogram, ACTIVE"},

		"cardtokens.token.status/ok":              {200, "ACTIVE", "ACTIVE"},
		"cardtokens.token.status/rejected":        {500, own, "ACTIVE"},
		"cardtokens.token.status/scheme-declined": {403, ineligible, "ACTIVE"},
		"cardtokens.token.status/scheme-timeout":  {0, closed, "ACTIVE"},

		"cardtokens.token.delete/ok":              {200, "{}", "INACTIVE"},
		"cardtokens.token.delete/rejected":        {500, own, "ACTIVE"},
		"cardtokens.token.delete/scheme-declined": {403, ineligible, "ACTIVE"},
		"cardtokens.token.delete/scheme-timeout":  {0, closed, "ACTIVE"},
	}
}

var cardtokensPlays = map[string]play{
	"cardtokens.token.create": func(t *testing.T, c *simulatortest.Client) seen {
		return createSteered(t, c, good("CT").Card)
	},
	"cardtokens.token.cryptogram": playCryptogram,
	"cardtokens.token.status": func(t *testing.T, c *simulatortest.Client) seen {
		token := newToken(t, c)
		got := answerOf(send(t, c, http.MethodGet, tokenURL(c, token, "/status"), nil, "X-Api-Key", liveKey(c)))
		got.state = tokenState(t, c, token)
		return got
	},
	"cardtokens.token.delete": func(t *testing.T, c *simulatortest.Client) seen {
		token := newToken(t, c)
		got := answerOf(send(t, c, http.MethodDelete, tokenURL(c, token, "/delete"), nil, "X-Api-Key", liveKey(c)))
		got.state = tokenState(t, c, token)
		return got
	},
}

// createSteered creates a token, and tells by the next one, whose id comes from
// its ordinal, whether the first call left any.
func createSteered(t *testing.T, c *simulatortest.Client, card simulatortest.Card) seen {
	t.Helper()
	got := answerOf(send(t, c, http.MethodPost, c.Env["CARDTOKENS_URL"]+"/api/token", map[string]any{
		"card":       map[string]any{"pan": card.PAN, "expmonth": card.Month, "expyear": card.Year, "securitycode": card.CVV},
		"merchantid": c.Env["CARDTOKENS_MERCHANT_ID"],
	}, "X-Api-Key", liveKey(c)))
	plain, _ := simulatortest.Start(t, simulator.Config{})
	unsteered := must[simulatortest.Token](t)(plain.CreateToken(liveKey(plain), card))
	next := must[simulatortest.Token](t)(c.CreateToken(liveKey(c), card))
	got.state = "one token"
	if next.TokenID == unsteered.TokenID {
		got.state = "no token"
	}
	return got
}

// playCryptogram tells in the same way whether a cryptogram was issued.
func playCryptogram(t *testing.T, c *simulatortest.Client) seen {
	token := newToken(t, c)
	got := answerOf(send(t, c, http.MethodPost, tokenURL(c, token, "/cryptogram"),
		map[string]string{"reference": "ref-1", "transactiontype": "ecom"}, "X-Api-Key", liveKey(c)))
	plain, _ := simulatortest.Start(t, simulator.Config{})
	first := must[simulatortest.Cryptogram](t)(plain.GetCryptogram(liveKey(plain), newToken(t, plain), "ref-1"))
	next := must[simulatortest.Cryptogram](t)(c.GetCryptogram(liveKey(c), token, "ref-2"))
	got.state = "one cryptogram"
	if next.Cryptogram == first.Cryptogram {
		got.state = "no cryptogram"
	}
	got.state += ", " + tokenState(t, c, token)
	return got
}

func liveKey(c *simulatortest.Client) string { return c.Env["CARDTOKENS_LIVE_API_KEY"] }

func tokenURL(c *simulatortest.Client, id, verb string) string {
	return c.Env["CARDTOKENS_URL"] + "/api/token/" + id + verb
}

func newToken(t *testing.T, c *simulatortest.Client) string {
	t.Helper()
	return must[simulatortest.Token](t)(c.CreateToken(liveKey(c), good("CT").Card)).TokenID
}

func tokenState(t *testing.T, c *simulatortest.Client, id string) string {
	t.Helper()
	return must[string](t)(c.TokenStatus(liveKey(c), id))
}

// answerOf says in a word what Cardtokens answered; a scheme's refusal is read out
// of the string that it travels in.
func answerOf(a simulatortest.Answer) seen {
	var doc struct{ Err, Status, Cryptogram, Scheme, TokenID string }
	got := seen{status: a.Status, answer: "no answer"}
	switch err := json.Unmarshal(a.Body, &doc); {
	case len(a.Body) == 0:
	case err != nil:
		got.answer = fmt.Sprintf("no JSON: %s", a.Body)
	case doc.Err != "":
		got.answer = schemeSays(doc.Err)
	case doc.Status != "":
		got.answer = doc.Status
	case doc.Cryptogram != "":
		got.answer = "cryptogram"
	case doc.TokenID != "":
		got.answer = doc.Scheme + " token"
	default:
		got.answer = string(a.Body)
	}
	return got
}

// schemeSays reads the documents of reference cardtokens.md §11.1.
func schemeSays(text string) string {
	var doc struct {
		ErrorResponse struct {
			Status          int
			Message, Reason string
		}
		ErrorCode, ErrorDescription, ResponseID string
		Errors                                  []struct{ Source, Description, ReasonCode string }
	}
	if json.Unmarshal([]byte(text), &doc) != nil {
		return "err: " + text
	}
	if v := doc.ErrorResponse; v.Reason != "" && v.Message != "" {
		return fmt.Sprintf("visa %d %s", v.Status, v.Reason)
	}
	if len(doc.Errors) == 1 && doc.Errors[0].ReasonCode == doc.ErrorCode && doc.Errors[0].Source != "" && doc.ResponseID != "" && doc.ErrorDescription != "" {
		return "mastercard " + doc.ErrorCode
	}
	return "unknown: " + text
}

// schemeReasons are all reason codes of reference cardtokens.md §11.2 with the
// scheme that says them and its HTTP status.
var schemeReasons = []struct {
	scheme, code string
	status       int
}{
	{"visa", "invalidParameter", 400}, {"visa", "cardNotEligible", 403}, {"visa", "cardVerificationFailed", 400}, {"visa", "cardNotAllowed", 403},
	{"visa", "provisionDataExpired", 400}, {"visa", "provisionNotAllowed", 403}, {"visa", "declined", 403}, {"visa", "serviceUnavailable", 503},
	{"mastercard", "PAN_INELIGIBLE", 400}, {"mastercard", "INVALID_PAN", 400}, {"mastercard", "MISSING_EXPIRY_DATE", 400},
	{"mastercard", "ISSUER_DECLINED", 400}, {"mastercard", "NO_RESPONSE_FROM_ISSUER", 500}, {"mastercard", "DUPLICATE_REQUEST", 400},
	{"mastercard", "INVALID_TOKEN_UNIQUE_REFERENCE", 400}, {"mastercard", "INVALID_TOKEN_STATUS", 400}, {"mastercard", "INVALID_JSON", 400},
	{"mastercard", "MISSING_REQUIRED_FIELD", 400}, {"mastercard", "INVALID_FIELD_FORMAT", 400}, {"mastercard", "INVALID_FIELD_LENGTH", 400},
	{"mastercard", "INVALID_FIELD_VALUE", 400}, {"mastercard", "CRYPTOGRAPHY_ERROR", 400}, {"mastercard", "INTERNAL_SERVICE_FAILURE", 500},
	{"mastercard", "PAN_PROVISIONING_COUNT_EXCEEDED", 400},
}

func TestSchemeReasons(t *testing.T) {
	cards := map[string]string{"visa": "4000000000001091", "mastercard": "5200000000001096"}
	for _, r := range schemeReasons {
		t.Run(r.code, func(t *testing.T) {
			card := good("CT").Card
			card.PAN = cards[r.scheme]
			says := r.scheme + " " + r.code
			if r.scheme == "visa" {
				says = fmt.Sprintf("visa %d %s", r.status, r.code)
			}
			want := seen{r.status, says, "no token"}
			c := steer(t, "cardtokens.token.create", "scheme-declined", "{reason: "+r.code+"}")
			if got := createSteered(t, c, card); got != want {
				t.Errorf("it shows\n  %+v, want\n  %+v", got, want)
			}
		})
	}
}

// TestSchemeDeclineParameters: declined of Visa may be 409, contact the bank
// (reference cardtokens.md §11.2), and texts are the scenario's.
func TestSchemeDeclineParameters(t *testing.T) {
	c := steer(t, "cardtokens.token.create", "scheme-declined", "{reason: declined, status: 409, message: Contact your bank}")
	if got, want := createSteered(t, c, good("CT").Card), (seen{409, "visa 409 declined", "no token"}); got != want {
		t.Errorf("it shows\n  %+v, want\n  %+v", got, want)
	}
	c = steer(t, "cardtokens.token.create", "rejected", "{message: The PAN is wrong}")
	if got, want := createSteered(t, c, good("CT").Card), (seen{500, "err: The PAN is wrong", "no token"}); got != want {
		t.Errorf("it shows\n  %+v, want\n  %+v", got, want)
	}
}
