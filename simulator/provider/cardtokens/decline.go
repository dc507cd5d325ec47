package cardtokens

import (
	"encoding/json"
	"net/http"
	"strings"

	"cardsim/simulator/scheme"
)

// declineReason is one row of the schemes' reason codes.
type declineReason struct {
	scheme  scheme.Scheme
	code    string
	status  int // the scheme's own, passed through
	message string
}

// declineReasons is the table of reference cardtokens.md §11.2. Documented:
// invalidParameter, cardNotEligible and PAN_INELIGIBLE; the others by analogy.
// serviceUnavailable is our name for a row that the reference has without one.
var declineReasons = []declineReason{
	{scheme.Visa, "cardNotEligible", 403, "Card cannot be used at this time. Further operations on this card are no longer allowed. Please contact your bank."},
	{scheme.Visa, "invalidParameter", 400, "One or more input parameters are invalid."},
	{scheme.Visa, "cardVerificationFailed", 400, "The card number, expiry or security code could not be verified."},
	{scheme.Visa, "cardNotAllowed", 403, "The card is not allowed."},
	{scheme.Visa, "provisionDataExpired", 400, "The provisioning data have expired."},
	{scheme.Visa, "provisionNotAllowed", 403, "Provisioning is not allowed for this card."},
	{scheme.Visa, "declined", 403, "The issuer declined the request."},
	{scheme.Visa, "serviceUnavailable", 503, "The service is not available."},
	{scheme.Mastercard, "PAN_INELIGIBLE", 400, "PAN Ineligible"},
	{scheme.Mastercard, "INVALID_PAN", 400, "Invalid PAN"},
	{scheme.Mastercard, "MISSING_EXPIRY_DATE", 400, "Missing Expiry Date"},
	{scheme.Mastercard, "ISSUER_DECLINED", 400, "Issuer Declined"},
	{scheme.Mastercard, "NO_RESPONSE_FROM_ISSUER", 500, "No Response From Issuer"},
	{scheme.Mastercard, "DUPLICATE_REQUEST", 400, "Duplicate Request"},
	{scheme.Mastercard, "INVALID_TOKEN_UNIQUE_REFERENCE", 400, "Invalid Token Unique Reference"},
	{scheme.Mastercard, "INVALID_TOKEN_STATUS", 400, "Invalid Token Status"},
	{scheme.Mastercard, "INVALID_JSON", 400, "Invalid JSON"},
	{scheme.Mastercard, "MISSING_REQUIRED_FIELD", 400, "Missing Required Field"},
	{scheme.Mastercard, "INVALID_FIELD_FORMAT", 400, "Invalid Field Format"},
	{scheme.Mastercard, "INVALID_FIELD_LENGTH", 400, "Invalid Field Length"},
	{scheme.Mastercard, "INVALID_FIELD_VALUE", 400, "Invalid Field Value"},
	{scheme.Mastercard, "CRYPTOGRAPHY_ERROR", 400, "Cryptography Error"},
	{scheme.Mastercard, "PAN_PROVISIONING_COUNT_EXCEEDED", 400, "PAN Provisioning Count Exceeded"},
	{scheme.Mastercard, "INTERNAL_SERVICE_FAILURE", 500, "Internal Service Failure"},
}

// reasonFor finds a reason by its code; without one, or with a code of nobody's,
// it is the documented reason of the scheme, that of Visa for testscheme (ours).
func reasonFor(code string, s scheme.Scheme) declineReason {
	fallback := declineReasons[0]
	for _, r := range declineReasons {
		if r.code == code {
			return r
		}
		if r.code == "PAN_INELIGIBLE" && s == scheme.Mastercard {
			fallback = r
		}
	}
	return fallback
}

// visaError is Visa's answer as Cardtokens passes it on (reference cardtokens.md
// §11.1, documented).
type visaError struct {
	ErrorResponse struct {
		Status  int    `json:"status"`
		Message string `json:"message"`
		Reason  string `json:"reason"`
	} `json:"errorResponse"`
}

// mastercardError is Mastercard's (reference cardtokens.md §11.1, documented).
type mastercardError struct {
	ErrorCode        string             `json:"errorCode"`
	ErrorDescription string             `json:"errorDescription"`
	ResponseID       string             `json:"responseId"`
	Errors           []mastercardDetail `json:"errors"`
}

type mastercardDetail struct {
	Source      string `json:"source"`
	Description string `json:"description"`
	ReasonCode  string `json:"reasonCode"`
}

// document is the scheme's JSON, which travels as a string inside err.
func (r declineReason) document(responseID string) string {
	var v any
	if r.scheme == scheme.Mastercard {
		v = mastercardError{
			ErrorCode: r.code, ErrorDescription: r.message, ResponseID: responseID,
			Errors: []mastercardDetail{{Source: r.source(), Description: r.message, ReasonCode: r.code}},
		}
	} else {
		var e visaError
		e.ErrorResponse.Status, e.ErrorResponse.Message, e.ErrorResponse.Reason = r.status, r.message, r.code
		v = e
	}
	text, err := json.Marshal(v)
	if err != nil {
		return "{}" // unreachable: the documents hold texts and numbers only
	}
	return string(text)
}

// source is who Mastercard says erred: INPUT is documented, the other *ours*.
func (r declineReason) source() string {
	if r.status >= http.StatusInternalServerError || strings.HasPrefix(r.code, "ISSUER") {
		return "System"
	}
	return "INPUT"
}
