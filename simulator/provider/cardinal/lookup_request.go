package cardinal

import (
	"strconv"
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/threeds"
)

// lookupRequest is a cmpi_lookup as far as it could be read; what is wrong with
// it waits in problem, so that the checks keep Cardinal's order.
type lookupRequest struct {
	message message
	card    core.PAN
	expiry  core.Expiry
	money   core.Money
	order   string
	problem *core.Error
}

// maxOrder is the usual limit of an order number (reference cardinal.md §3.1,
// inferred).
const maxOrder = 50

// decodeLookup reads the fields in the order of reference cardinal.md §3.1 and
// stops at the first that is wrong. Names of the mobile SDK's pages are taken too
// (§3.2, documented there).
func decodeLookup(c *provider.Call) (lookupRequest, error) {
	m, _ := c.Envelope.(message)
	q := lookupRequest{message: m, order: m["OrderNumber"]}
	if len(q.order) > maxOrder && !c.Setting().Bool("cardinal.strict") {
		q.order = q.order[:maxOrder]
	}
	pan, panOK := core.ParsePAN(m.first("CardNumber", "AcctNumber"))
	q.card = pan
	money, moneyProblem := readMoney(m)
	q.money = money
	expiry, expiryOK := readExpiry(m)
	q.expiry = expiry
	switch {
	case m["TransactionType"] != "C":
		q.problem = numbered(core.CodeInvalid, errInitiative, "TransactionType", "only C, cards, is served")
	case q.order == "":
		q.problem = lookupField("OrderNumber", "it is required")
	case moneyProblem != nil:
		q.problem = moneyProblem
	case !panOK:
		q.problem = lookupField("CardNumber", "it must have 12 to 19 digits")
	case !expiryOK:
		q.problem = fieldError(errLookup, errExpiry, "CardExpMonth", "CardExpMonth must be 01 to 12 and CardExpYear four digits")
	case c.Setting().Bool("cardinal.strict"):
		q.problem = tooLong(m)
	}
	return q, nil
}

func lookupField(name, why string) *core.Error { return fieldError(errLookup, errField, name, why) }

// readMoney reads Amount, N(17) in minor units, and the numeric CurrencyCode.
func readMoney(m message) (core.Money, *core.Error) {
	text := m.first("Amount", "PurchaseAmount")
	minor, err := strconv.ParseInt(text, 10, 64)
	if err != nil || !core.AllDigits(text) || len(text) > 17 {
		return core.Money{}, lookupField("Amount", "it must have 1 to 17 digits, minor units")
	}
	cur, ok := core.CurrencyByNumeric(m.first("CurrencyCode", "PurchaseCurrency"))
	if !ok {
		return core.Money{}, lookupField("CurrencyCode", "it must be a numeric ISO 4217 code")
	}
	return core.Money{Minor: minor, Currency: cur.Alpha}, nil
}

// readExpiry reads N(2) and N(4); a month of one digit is taken.
func readExpiry(m message) (core.Expiry, bool) {
	month, year := m["CardExpMonth"], m["CardExpYear"]
	if !core.AllDigits(month) || len(month) > 2 || !core.AllDigits(year) || len(year) != 4 {
		return core.Expiry{}, false
	}
	e := core.Expiry{}
	e.Month, _ = strconv.Atoi(month) // digits only
	e.Year, _ = strconv.Atoi(year)
	return e, e.Valid()
}

// length is a field's longest value.
type length struct {
	name string
	max  int
}

// lengths are those that are printed (reference cardinal.md §3.1, documented),
// and EMVCo's own for others (§3, inferred). Too long a value is cut, unless
// setting cardinal.strict refuses it.
var lengths = []length{
	{"OrderNumber", maxOrder},
	{"BillingFirstName", 22}, {"BillingLastName", 22}, {"BillingAddress1", 50}, {"BillingAddress2", 50}, {"BillingAddress3", 50},
	{"BillingCity", 50}, {"BillingPostalCode", 16}, {"BillingState", 3}, {"BillingPhone", 18},
	{"Email", 254}, {"EMail", 254}, {"MobilePhone", 18}, {"WorkPhone", 18},
	{"BrowserHeader", 2048}, {"UserAgent", 2048}, {"IPAddress", 45}, {"BrowserLanguage", 8}, {"BrowserColorDepth", 2},
	{"BrowserScreenHeight", 6}, {"BrowserScreenWidth", 6}, {"BrowserTimeZone", 5}, {"MerchantReferenceNumber", 20},
}

func tooLong(m message) *core.Error {
	for _, l := range lengths {
		if len([]rune(m[l.name])) > l.max {
			return lookupField(l.name, "it is longer than "+strconv.Itoa(l.max)+" characters")
		}
	}
	return nil
}

// billing are the fields that EMV requires (reference cardinal.md §3.1,
// documented); a 1.0 sender gives none (observed).
var billing = []string{"BillingFirstName", "BillingLastName", "BillingAddress1", "BillingCity", "BillingPostalCode", "BillingCountryCode"}

func missingBilling(m message) *core.Error {
	for _, name := range billing {
		if m[name] == "" && (name != "BillingPostalCode" || m["BillAddrPostCode"] == "") {
			return lookupField(name, "EMV 3-D Secure requires it, and setting cardinal.strict is on")
		}
	}
	return nil
}

// ask is the request in the words of threeds, without the card.
func (q lookupRequest) ask(c *provider.Call) threeds.LookupRequest {
	m := q.message
	return threeds.LookupRequest{
		Merchant: c.Merchant, OrderNumber: q.order, Expiry: q.expiry, Money: q.money,
		ForcedVersion: version(m["ThreeDSVersion"]), MessageCategory: m["MessageCategory"], Score: m["ScoreRequest"] == "Y",
		ReferenceID: m["DFReferenceId"], WindowSize: m["ACSWindowSize"], ReturnURL: webAddress(m["ReturnUrl"]),
		Flow: c.Flow(), Plan: lookupPlan(c),
	}
}

// version reads ThreeDSVersion, which forces one, in any length: 2, 2.1, 2.1.0.
func version(text string) core.ThreeDSVersion {
	switch {
	case strings.HasPrefix(text, "1"):
		return core.ThreeDS10
	case strings.HasPrefix(text, "2.1"):
		return core.ThreeDS21
	case strings.HasPrefix(text, "2"):
		return core.ThreeDS22
	default:
		return ""
	}
}
