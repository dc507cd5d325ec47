package cardinal

import "strings"

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
