package acehub

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"cardsim/simulator/pay"
	"cardsim/simulator/provider"
	"cardsim/simulator/wire"
)

// document is the response envelope (reference acehub.md §2.2).
type document struct {
	Result      int           `json:"result"`
	Description string        `json:"description,omitempty"`
	Header      docHeader     `json:"header"`
	Body        wire.Appender `json:"body"`
}

type docHeader struct {
	RequestTimestamp string `json:"requestTimestamp"`
	RequestCode      string `json:"requestCode,omitempty"`
}

// errorDoc is one object, not a list; detailedMessage is always there (reference
// acehub.md §2.2).
type errorDoc struct {
	Code            int64  `json:"code"`
	Message         string `json:"message"`
	DetailedMessage string `json:"detailedMessage"`
}

// paymentBody is what POST and GET of payments share (reference acehub.md §5.2).
type paymentBody struct {
	Error        *errorDoc       `json:"error,omitempty"`
	Redirect     *redirectDoc    `json:"redirect,omitempty"`
	Card         *cardDoc        `json:"card,omitempty"`
	Bank         *bankDoc        `json:"bank,omitempty"`
	Transaction  *transactionDoc `json:"transaction,omitempty"`
	Token        *tokenDoc       `json:"token,omitempty"`
	ThreeDSecure *threeDSDoc     `json:"threeDSecure,omitempty"`
}

type transactionDoc struct {
	Action       pay.Action  `json:"action"`
	ID           string      `json:"id"`
	ParentID     string      `json:"parentId,omitempty"`
	TrackingCode string      `json:"trackingCode"`
	Amount       json.Number `json:"amount,omitempty"` // a number: a text breaks the PHP SDK
	CurrencyCode string      `json:"currencyCode,omitempty"`
	BrandID      int         `json:"brandId,omitempty"`
	Descriptor   string      `json:"descriptor,omitempty"`
}

// cardDoc holds texts, both SDKs refuse numbers; the expiry alone has a switch.
type cardDoc struct {
	ApprovalCode   string `json:"approvalCode,omitempty"`
	CVVResult      string `json:"cvvResult,omitempty"`
	ExpiryMonth    any    `json:"expiryMonth,omitempty"`
	ExpiryYear     any    `json:"expiryYear,omitempty"`
	FirstSixDigits string `json:"firstSixDigits,omitempty"`
	LastFourDigits string `json:"lastFourDigits,omitempty"`
	HolderName     string `json:"holderName,omitempty"`
}

type bankDoc struct {
	Name string `json:"name,omitempty"`
}

// tokenDoc is the block of a payment; a token call answers all four members.
type tokenDoc struct {
	Token       string `json:"token"`
	DisplayHint string `json:"displayHint"`
	TokenStatus string `json:"tokenStatus,omitempty"`
	TokenType   string `json:"tokenType,omitempty"`
}

type redirectDoc struct {
	Method string            `json:"method"`
	URL    string            `json:"url"`
	Fields map[string]string `json:"fields,omitempty"`
}

type threeDSDoc struct {
	EnrollmentResult     string `json:"enrollmentResult,omitempty"`
	ValidationResult     string `json:"validationResult,omitempty"`
	AuthenticationResult string `json:"authenticationResult,omitempty"`
	Flow                 string `json:"flow,omitempty"`
	Version              string `json:"version,omitempty"`
}

// reply is an answer that is ready but for its bytes.
type reply struct {
	status int
	value  any // nil: an empty answer
}

// encode writes a reply. An answer to GET has the charset that was recorded for
// 200, an error has not (reference acehub.md §1.3, observed).
func encode(_ *provider.Call, r reply) wire.Response {
	if r.value == nil {
		return wire.Empty(r.status)
	}
	resp := wire.JSON(r.status, r.value)
	if r.status == http.StatusOK {
		resp = resp.With("Content-Type", "application/json; charset=utf-8")
	}
	return resp
}

// timestamp has no fraction: one client parses exactly this form (reference
// acehub.md §2.2, observed).
func timestamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// note leaves an outcome and AceHub's number for it in the journal.
func note(c *provider.Call, outcome string) {
	c.Result(outcome, strconv.Itoa(verdicts[outcome].number))
}
