package journal

import "strings"

// field is what a field's name says about its value.
type field uint8

const (
	plain        field = iota // nothing: the value passes the digit pass
	card                      // plain, and what it holds are the parts of a card
	ifInCard                  // a card number directly under a card, else plain
	otherNumber               // a number that is known to be no card number
	cardNumber                // first six and last four stay
	networkToken              // a card number when it is digits, else plain
	securityCode
	cryptogram
	avv
	cavv
	aav
	otp
	credential
	encryptedCard
	encryptedData
	pares
	jwt
	signature
	password
	apiKey
	cardHash
	authenticationValue
	authPayload
	accessToken
)

// shown is what stands in place of a value that is masked whole. The names are
// ours; a reader sees which secret was there.
var shown = [...]string{
	cardNumber: "[card number]", networkToken: "[network token]", securityCode: "***",
	cryptogram: "[cryptogram]", avv: "[AVV]", cavv: "[CAVV]", aav: "[AAV]", otp: "[OTP]",
	credential: "[credential]", encryptedCard: "[encrypted card]", encryptedData: "[encrypted data]",
	pares: "[PaRes]", jwt: "[JWT]", signature: "[signature]", password: "[password]",
	apiKey: "[API key]", cardHash: "[card number hash]", authenticationValue: "[authentication value]",
	authPayload: "[authorization payload]", accessToken: "[token]",
}

// secret says that a value of this field never shows.
func (f field) secret() bool { return f >= securityCode }

// ruled says that the name decides about the value.
func (f field) ruled() bool { return f >= cardNumber }

// longestName is the longest name of the table below.
const longestName = 26

// nameKey brings a name to the table's spelling: lower case, without hyphens and
// underscores, so that cardNumber, CardNumber and card_number are one.
func nameKey(name []byte, key *[longestName]byte) []byte {
	n := 0
	for _, c := range name {
		switch {
		case c == '-' || c == '_':
			continue
		case n == longestName:
			return nil
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		}
		key[n] = c
		n++
	}
	return key[:n]
}

// fieldOf looks a name up; inCard says that it stands directly under a card.
func fieldOf(name []byte, inCard bool) field {
	var spelling [longestName]byte
	key := nameKey(name, &spelling)
	if !begins.may(key) {
		return plain
	}
	f := fields[string(key)]
	if f == ifInCard {
		if inCard {
			return cardNumber
		}
		return plain
	}
	return f
}

// fields is the table of names, in the spelling of nameKey.
//
// Sources: reference cardtokens.md §4, §6 and §10.2, acehub.md §5 and §6, cardinal.md §2
// to §7, cipher-acs.md A3 (documented). The spellings with cvc, pin, pwd, secret and
// the generic token names are ours: what a caller sends by mistake is masked too.
// Long numbers that are known to be no card numbers are named last: masking one
// time stamp in ten because it happens to pass Luhn would help nobody.
var fields = table(map[field]string{
	card:                "card cards cardinfo creditcard paymentcard",
	ifInCard:            "number no",
	cardNumber:          "pan dpan fpan oldpan newpan cardpan cardno cardnumber acctnumber primaryaccountnumber maskedcardnumber maskedpan",
	networkToken:        "token tokennumber networktoken",
	securityCode:        "securitycode cardsecuritycode cvv cvv2 cvc cvc2 cav2 cardcode cardverificationvalue cardverificationcode pin",
	cryptogram:          "cryptogram networkcryptogram tokencryptogram paymentcryptogram tavv ucaf",
	avv:                 "avv",
	cavv:                "cavv",
	aav:                 "aav",
	otp:                 "otp onetimepassword passcode",
	credential:          "credential",
	encryptedCard:       "enccard",
	encryptedData:       "encdata",
	pares:               "pares parespayload",
	jwt:                 "jwt",
	signature:           "signature eventsignature",
	password:            "password passwd pwd transactionpwd acquirerpassword secret clientsecret",
	apiKey:              "apikey xapikey",
	cardHash:            "cardnumbersha pansha",
	authenticationValue: "authenticationvalue",
	authPayload:         "authorizationpayload",
	accessToken:         "accesstoken authtoken xzetaauthtoken tenantauthtoken authorization",
	otherNumber: "timestamp requesttimestamp merchantsystemdate purchasedate iat exp nbf " +
		"id orderid transactionid dstransactionid acstransactionid threedsservertransactionid " +
		"threedsservertransid acstransid jti tokenid panid paymentdataid par merchantid businessid " +
		"tenantid orgunit phonenumber mobilenumber mobilephone requestid xrequestid traceid",
})

// begins is a filter before the table: most names are not in it.
var begins = beginnings(fields)

// filter knows of each length of name the letters that one begins with.
type filter [longestName + 1]uint32

func beginnings(names map[string]field) (f filter) {
	for name := range names {
		f[len(name)] |= 1 << (name[0] & 31)
	}
	return f
}

func (f *filter) may(key []byte) bool {
	return len(key) > 0 && f[len(key)]&(1<<(key[0]&31)) != 0
}

// table turns lists of names into a map from each name.
func table(names map[field]string) map[string]field {
	byName := make(map[string]field)
	for f, list := range names {
		for name := range strings.FieldsSeq(list) {
			byName[name] = f
		}
	}
	return byName
}
