package cardinal

import (
	"net/http"
	"strconv"
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/wire"
)

// Cardinal's error numbers in use (reference cardinal.md §8).
const (
	errNone          = "0"
	errMalformed     = "101"
	errGeneral       = "1001"
	errLookup        = "1002"
	errAuthenticate  = "1003"
	errNotFound      = "1355"
	errInitiative    = "1360"
	errOtherLookup   = "1829"
	errMsgType       = "2001"
	errVersion       = "2006"
	errNotCollected  = "2270"
	errNoReference   = "2271"
	errField         = "4000"
	errExpiry        = "4090"
	errTransactionID = "4268"
)

// texts are the descriptions: those that clients compare, and those of the
// vendor's list, shortened (reference cardinal.md §8, documented; 4000 and 4268
// in the words of the pair form, observed).
var texts = map[string]string{
	errMalformed:    "Message is not well formed",
	errGeneral:      "Error Processing Message Request",
	errLookup:       "Error Processing Lookup Request Message",
	errAuthenticate: "Error Processing Authenticate Request Message",
	"1010":          "VEReq failed", "1070": "VERes failed", "1075": "VERes empty",
	"1020": "ACS URL is invalid",
	"1030": "Cardholder not participating", "1035": "Unable to authenticate", "1036": "Unknown enrolled value",
	"1040": "Directory Server not reachable", "2860": "Directory Server error",
	"1050": "Error Processing PARes", "1051": "Error Message received from the ACS",
	"1055": "Error parsing PARes", "1060": "PARes missing or invalid",
	"1080": "PAReq failed", "1085": "Display amount not found", "1090": "PAReq version not supported",
	"1140":      "PARes could not be stored",
	errNotFound: "Transaction not found", errInitiative: "Payment initiative not supported",
	errOtherLookup: "Transaction Id does not match", errMsgType: "Message type not supported",
	errVersion:      "Unsupported Message Version",
	errNotCollected: "Device data collection has not finished", errNoReference: "DFReferenceId is missing",
	"2272": "Merchant is not set up for EMV 3-D Secure", "2273": "Rules force 3-D Secure 1.0.2",
	"3030": "Invalid request", errField: "Error Validating Field",
	errExpiry: "Error Validating Card Expiration YYMM", "4243": "Payment initiative configuration not found",
	errTransactionID: "Error Validating Authenticate Message - Transaction Id is Empty",
	"4475":           "Card number of PAReq and PARes differ", "7040": "Connection reset by the scheme",
}

// describe is the ErrorDesc of one or several numbers joined by a comma, in the
// same order (reference cardinal.md §4, documented); empty for success, because
// clients take any text for a failure (§1, measured).
func describe(numbers, detail string) string {
	if numbers == errNone {
		return ""
	}
	parts := strings.Split(numbers, ", ")
	for i, n := range parts {
		text, ok := texts[n]
		if !ok {
			text = texts[errGeneral]
		}
		if i == len(parts)-1 && detail != "" {
			text += " - " + detail
		}
		parts[i] = text
	}
	return strings.Join(parts, ", ")
}

// numbered makes an error that has Cardinal's own number.
func numbered(code core.Code, number, field, detail string) *core.Error {
	return &core.Error{Code: code, Number: number, Field: field, Detail: detail}
}

// fieldError is a failed field check: a pair, general number first (reference
// cardinal.md §3.3, observed), whose text names the element.
func fieldError(general, number, field, detail string) *core.Error {
	return numbered(core.CodeInvalid, general+", "+number, field, detail)
}

// row says what an error of a kind answers when it has no number of its own.
type row struct {
	number string
	status int // of an HTTP error, which is no document (reference cardinal.md §1: default)
}

// rows maps every kind of error.
var rows = map[core.Code]row{
	core.CodeMalformed:     {number: errMalformed},
	core.CodeTooLarge:      {number: errMalformed},
	core.CodeNoCredentials: {number: errGeneral},
	core.CodeUnauthorized:  {number: errGeneral},
	core.CodeMissing:       {number: errGeneral},
	core.CodeInvalid:       {number: errGeneral},
	core.CodeNotFound:      {number: errNotFound},
	core.CodeConflict:      {number: errGeneral},
	core.CodeRule:          {number: errGeneral},
	core.CodeNoRoute:       {status: http.StatusNotFound},
	core.CodeMethod:        {status: http.StatusMethodNotAllowed},
	core.CodeInternal:      {number: errGeneral},
}

// Fail is Cardinal's answer to an error of any step: a document with status 200
// for a message, a page for a browser.
func (p *Provider) Fail(c *provider.Call, err *core.Error) wire.Response {
	if !isMessage(c) {
		return failPage(c, err)
	}
	r, ok := rows[err.Code]
	if !ok {
		r.number = errGeneral
	}
	if r.status != 0 {
		c.Result("error", strconv.Itoa(r.status))
		return httpError(r.status)
	}
	number := r.number
	switch {
	case err.Number != "":
		number = err.Number
	case err.Code == core.CodeNoCredentials || err.Code == core.CodeUnauthorized:
		number = strconv.Itoa(c.Setting().Int("cardinal.credentialError"))
	}
	c.Result("error", number)
	return answer(c, errorDocument(number, describe(number, detailOf(c, number, err))))
}

// detailOf is what follows the text: the version that was sent, or the element
// that failed its check.
func detailOf(c *provider.Call, number string, err *core.Error) string {
	switch {
	case number == errVersion:
		m, _ := c.Envelope.(message)
		if v := m["Version"]; v != "" {
			return v
		}
		return "null" // observed
	case strings.HasSuffix(number, ", "+errField):
		return err.Field
	default:
		return ""
	}
}

// errorDocument is a request-level error with only ErrorDesc and ErrorNo
// (reference cardinal.md §4, recorded); a failed check of a lookup adds Enrolled U
// (§3.3, observed).
func errorDocument(number, text string) document {
	d := document{{"ErrorDesc", text}, {"ErrorNo", number}}
	if strings.HasPrefix(number, errLookup+", ") || number == errNoReference || number == errNotCollected {
		d.add("Enrolled", string(core.EnrolledUnknown))
	}
	return d
}

func httpError(status int) wire.Response {
	resp := wire.Text(status, http.StatusText(status)+"\n")
	if status == http.StatusMethodNotAllowed {
		resp = resp.With("Allow", http.MethodPost)
	}
	return resp
}
