package acehub

import "strings"

// kind is the type of a documented member.
type kind uint8

const (
	text     kind = iota
	number        // an amount or share
	integer       // a whole number
	flag          // true or false
	country       // ISO 3166-1 alpha-2
	currency      // ISO 4217 alpha-3
	language      // two letters
	object        // members in of
	objects       // a list of objects
)

// member is one documented member of a request.
type member struct {
	name   string
	lower  string // the name in lower case; folded sets it
	kind   kind
	max    int // longest text; 0: as long as it likes
	secret bool
	of     []member
}

// The members of each body, made once: a request is fitted to a hundred of them.
var (
	envelopeSchema = folded(envelopeMembers())
	paymentSchema  = folded(paymentMembers())
	tokenSchema    = folded(tokenMembers())
	followUpSchema = folded(followUpMembers())
)

// folded sets the lower-case names.
func folded(members []member) []member {
	for i := range members {
		members[i].lower = strings.ToLower(members[i].name)
		members[i].of = folded(members[i].of)
	}
	return members
}

// The envelope (reference acehub.md §2.1, documented).
func envelopeMembers() []member {
	return []member{{name: "action", max: 50}, {name: "header", kind: object, of: []member{{name: "businessId", max: 50}}}}
}

// texts are members that hold any text.
func texts(names ...string) []member { return typed(text, names...) }

func typed(k kind, names ...string) []member {
	list := make([]member, 0, len(names))
	for _, n := range names {
		list = append(list, member{name: n, kind: k})
	}
	return list
}

func join(parts ...[]member) []member {
	var list []member
	for _, p := range parts {
		list = append(list, p...)
	}
	return list
}

// paymentMembers are the members of body of a payment (reference acehub.md §5.1,
// §7.1: types documented by the SDKs, lengths by the reference page).
func paymentMembers() []member {
	return []member{
		{name: "transaction", kind: object, of: transactionMembers()},
		{name: "card", kind: object, of: cardMembers()},
		{name: "threeDSecure", kind: object, of: threeDSMembers()},
		{name: "bank", kind: object, of: bankMembers()},
		{name: "customer", kind: object, of: customerMembers()},
		{name: "billingAddress", kind: object, of: addressMembers()},
		{name: "shippingAddress", kind: object, of: join(addressMembers(), []member{{name: "customer", kind: object, of: customerMembers()}})},
		{name: "dba", kind: object, of: join(texts("name", "shortName", "street", "city", "zip", "stateCode", "email", "phoneNumber", "subMerchantId"), typed(country, "countryCode"))},
		{name: "order", kind: object, of: []member{{name: "orderLines", kind: objects, of: orderLineMembers()}}},
		{name: "option", kind: object, of: join(texts("brandName", "cartBorderColor", "countryRestriction", "headerImage", "locale"), typed(integer, "minAgeRestriction", "noShipping", "processingType", "quantity"))},
		{name: "qr", kind: object, of: join(typed(flag, "generate"), typed(integer, "size"))},
		{name: "wallet", kind: object, of: texts("accountIdentifier", "accountKey")},
	}
}

func transactionMembers() []member {
	return join(
		[]member{{name: "trackingCode", max: 100}, {name: "amount", kind: number}, {name: "currencyCode", kind: currency}},
		typed(integer, "brandId", "storeId", "payTimeout"),
		[]member{{name: "invoiceId", max: 255}, {name: "purchaseId", max: 100}, {name: "descriptor", max: 127}},
		typed(country, "countryCode"), typed(language, "languageCode"),
		texts("returnUrl", "notifyUrl", "source", "type", "token"), typed(flag, "tokenize"),
	)
}

// cardMembers: the cryptogram of a network token is *ours*, no public client of
// AceHub sends one.
func cardMembers() []member {
	return join(
		[]member{{name: "number", secret: true}, {name: "cvv", secret: true}, {name: "cryptogram", secret: true}},
		typed(integer, "expiryMonth", "expiryYear"), texts("holderName", "issueNumber"),
	)
}

func threeDSMembers() []member {
	return join(
		[]member{{name: "avv", secret: true}}, texts("eci", "xid", "dsTransactionId", "version"), typed(flag, "checkEnrollment"),
		[]member{
			{name: "exemption", kind: object, of: join(typed(flag, "lowValue", "secureCoorporate", "transactionRiskAnalysis", "trustedBeneficiary"), texts("vmid"))},
			{name: "additionalInfo", kind: object, of: join(texts("challengeIndicator", "challengeWindowSize", "decoupledIndicator"), typed(integer, "decoupledMaxTime", "merchantFraudRate"))},
			{name: "recurringInfo", kind: object, of: join(texts("purchaseDate", "recurringEnd"), typed(integer, "recurringFrequency"))},
		},
	)
}

func bankMembers() []member {
	return join(typed(integer, "issuerId"), typed(country, "countryCode"),
		texts("name", "accountNumber", "accountHolderName", "iban", "bic", "bankCode", "mandateId", "dateCollection", "dateMandateSigned"))
}

func customerMembers() []member {
	return join(
		texts("customerId", "givenName", "familyName", "sex", "birthDate", "email", "phoneNumber", "mobileNumber", "companyName"),
		typed(integer, "identificationTypeId"), texts("identificationNumber", "ipAddress"), typed(integer, "type"),
		texts("taxNumber", "httpUserAgent", "deviceType"),
	)
}

func addressMembers() []member {
	return join(texts("street", "houseNumber", "houseNumberSuffix", "streetInfo", "city", "stateCode", "zip"), typed(country, "countryCode"))
}

func orderLineMembers() []member {
	return join(texts("description", "productCode", "purchaseType"), typed(number, "itemAmount", "taxPercentage", "totalAmount"), typed(integer, "quantity"))
}

// tokenMembers are the members of body of Create Token (reference acehub.md
// §4.1, documented).
func tokenMembers() []member {
	return join(typed(integer, "brandId"), []member{
		{name: "card", kind: object, of: cardMembers()},
		{name: "customer", kind: object, of: customerMembers()},
	})
}

// followUpMembers are those of capture, cancel and refund (reference acehub.md
// §5.6, documented by the SDKs).
func followUpMembers() []member {
	return []member{
		{name: "transaction", kind: object, of: []member{
			{name: "trackingCode", max: 100}, {name: "amount", kind: number}, {name: "currencyCode", kind: currency}, {name: "invoiceId", max: 255},
		}},
		{name: "order", kind: object, of: []member{{name: "orderLines", kind: objects, of: orderLineMembers()}}},
	}
}
