package acehub

import (
	"time"

	"cardsim/simulator/core"
)

// way is how a brand takes money.
type way uint8

const (
	byCard     way = iota // a card pays, at once
	byRedirect            // the payer finishes at the supplier
	byNotice              // accepted, confirmed later
	atOnce                // the supplier answers at once
)

// brand is one row of reference acehub.md §11.
type brand struct {
	way     way
	card    core.Brand    // what a card number of it is; empty: several or unknown
	page    string        // the last part of its redirect's path
	session time.Duration // how long the payer has; 0: halfHour
	// fields: the redirect is a form (reference acehub.md §12: PayPal, documented).
	fields bool
	// returns: returnUrl must be there (reference acehub.md §5.1: documented for
	// Giropay, inferred for the others, which only get a warning).
	returns bool
}

// halfHour is the session of SEPA, paysafecard and checkouts (documented), and
// *ours* for what has no documented one.
const halfHour = 30 * time.Minute

// brands lists every brandId that any page or client of AceHub names (reference
// acehub.md §11). What the ones that were no longer supported in 2021 do is
// *ours*: a bank or wallet redirects, a voucher waits.
var brands = map[int]brand{
	1010: {card: core.Visa}, 1011: {card: core.Visa}, 1013: {card: core.Visa}, 1014: {card: core.Visa}, 1015: {card: core.Visa}, 1017: {card: core.Visa},
	1020: {card: core.Mastercard}, 1023: {card: core.Mastercard}, 1024: {card: core.Mastercard},
	1030: {card: core.Amex}, 1040: {card: core.Discover}, 1050: {card: core.Maestro}, 1060: {card: core.Diners}, 1090: {card: core.JCB},
	2010: {card: core.UnionPay}, 1012: {}, 1070: {}, 1080: {}, 2020: {},

	1210: {way: byRedirect, page: "bcmc"}, 3200: {way: byRedirect, page: "bcmc"},
	3010: {way: byRedirect, page: "ideal", session: 600 * time.Second},
	3020: {way: byRedirect, page: "sofort"},
	3025: {way: byRedirect, page: "giropay", session: 420 * time.Second, returns: true},
	3030: {way: byRedirect, page: "eps"},
	3040: {way: byRedirect, page: "poli"}, 3060: {way: byRedirect, page: "p24"}, 3070: {way: byRedirect, page: "paytrail"},
	3080: {way: byRedirect, page: "postfinance"}, 3100: {way: byRedirect, page: "trustpay"}, 3110: {way: byRedirect, page: "trustly"},
	3120: {way: byRedirect, page: "entercash"}, 3130: {way: byRedirect, page: "interac"},
	4010: {way: byRedirect, page: "paypal", fields: true},
	4020: {way: byRedirect, page: "alipay"}, 4030: {way: byRedirect, page: "yandex"}, 4040: {way: byRedirect, page: "onecard"},
	4050: {way: byRedirect, page: "qiwi"}, 4080: {way: byRedirect, page: "cashu"},

	3140: {way: byNotice}, 6010: {way: byNotice}, 7010: {way: byNotice}, 8010: {way: byNotice},
	5020: {way: atOnce},
}

// settledMinors are the iDEAL amounts that the vendor's own integration test
// runs, in cents, and how they end (reference acehub.md §12, documented).
var settledMinors = map[int64]string{
	100: "approved", 200: "customer-error", 300: "timeout", 400: "pending", 500: "failed",
}

// ideal is the brandId of iDEAL.
const ideal = 3010

// issuers names iDEAL's banks as answers show them (reference acehub.md §11:
// ABN_AMRO and RABOBANK observed, the spelling of the others inferred).
var issuers = map[int]string{
	10: "ABN_AMRO", 20: "RABOBANK", 30: "ING", 40: "SNS", 50: "ASN", 60: "REGIOBANK", 70: "TRIODOS", 80: "KNAB",
	100: "VAN_LANSCHOT", 110: "BUNQ", 120: "MONEYOU", 130: "HANDELSBANKEN", 140: "REVOLUT",
}
