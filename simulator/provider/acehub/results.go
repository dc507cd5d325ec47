package acehub

import (
	"net/http"

	"cardsim/simulator/pay"
)

// Outcomes that leave no transaction; the others are package pay's results.
const (
	outcomeInputError   = "input-error"
	outcomeSecurity     = "security-error"
	outcomeUnexpected   = "unexpected-error"
	outcomeBusinessRule = "business-rule"
	outcomeApproved     = string(pay.Approved)
	outcomeOK           = "ok"
)

// verdict is one row of AceHub's result table.
type verdict struct {
	number      int
	description string
	status      int    // HTTP, on the call that ran the operation
	code        int64  // error.code; 0: no error object
	message     string // error.message
}

// Error codes that are attested (reference acehub.md §2.4, observed).
const (
	codeInvalid   = 1002
	codeMissing   = 1004
	codeDeclined  = 300400800
	codeCancelled = 301000100
)

// Error codes of our own: the vendor's full list is not public, and these stand
// where no code was ever seen.
const (
	codeMalformed  = 9001
	codeTooLarge   = 9002
	codeFailed     = 9102
	codeFailedSoon = 9103
	codeSoft       = 9105
	codeSecurity   = 9106
	codeUnexpected = 9107
	codeRule       = 9108
	codeFraud      = 9109
	codeReferral   = 9111
	codeMethod     = 9501
)

// messageDeclined is recorded (reference acehub.md §2.4).
const messageDeclined = "Transaction declined by authorization system"

// verdicts is the table of reference acehub.md §2.3, by outcome. Numbers are
// documented by the SDKs, the HTTP grouping by the error page; the texts of 1, 3
// and -5 are inferred. Messages other than the attested ones are *ours*.
var verdicts = map[string]verdict{
	outcomeOK:                   {0, "Ok", http.StatusOK, 0, ""},
	outcomeApproved:             {0, "Ok", http.StatusOK, 0, ""},
	string(pay.Waiting):         {1, "Waiting", http.StatusOK, 0, ""},
	string(pay.Pending):         {2, "Pending", http.StatusOK, 0, ""},
	string(pay.PendingMerchant): {3, "Pending merchant", http.StatusOK, 0, ""},
	string(pay.Timeout):         {4, "Timeout", http.StatusOK, 0, ""},
	outcomeInputError:           {-1, "Input error", http.StatusBadRequest, codeInvalid, "Invalid property value: body."},
	string(pay.Failed):          {-2, "Failed", http.StatusBadRequest, codeFailed, "Transaction could not be processed"},
	string(pay.FailedRetry):     {-3, "Failed, retry", http.StatusBadRequest, codeFailedSoon, "Transaction could not be processed, try again"},
	string(pay.Declined):        {-4, "Declined", http.StatusBadRequest, codeDeclined, messageDeclined},
	string(pay.DeclinedRetry):   {-5, "Declined, retry", http.StatusBadRequest, codeSoft, messageDeclined + ", try again"},
	outcomeSecurity:             {-6, "Security error", http.StatusUnauthorized, codeSecurity, "Security error"},
	outcomeUnexpected:           {-7, "Unexpected error", http.StatusInternalServerError, codeUnexpected, "Unexpected error"},
	outcomeBusinessRule:         {-8, "Business rule error", http.StatusBadRequest, codeRule, "Business rule error"},
	string(pay.Fraud):           {-9, "Fraud", http.StatusBadRequest, codeFraud, "Transaction refused on suspicion of fraud"},
	string(pay.CustomerError):   {-10, "Customer processing error", http.StatusBadRequest, codeCancelled, "Transaction cancelled by user"},
	string(pay.Referral):        {-11, "Referrals", http.StatusBadRequest, codeReferral, "Refer to card issuer"},
}
