package journal

// field is what a field's name says about its value.
type field uint8

const (
	plain        field = iota // nothing: the value passes the digit pass
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
//
// Sources: reference cardtokens.md §4, §6 and §10.2, acehub.md §5 and §6, cardinal.md §2
// to §7, cipher-acs.md A3 (documented). The spellings with cvc, pin, pwd, secret and
// the generic token names are ours: what a caller sends by mistake is masked too.
func fieldOf(name []byte, inCard bool) field {
	var spelling [longestName]byte
	key := nameKey(name, &spelling)
	switch string(key) {
	case "number", "no":
		if inCard {
			return cardNumber
		}
		return plain
	case "pan", "dpan", "fpan", "cardnumber", "cardno", "cardpan", "acctnumber", "primaryaccountnumber",
		"oldpan", "newpan", "maskedcardnumber", "maskedpan":
		return cardNumber
	case "token", "tokennumber", "networktoken":
		return networkToken
	case "securitycode", "cvv", "cvv2", "cvc", "cvc2", "cav2", "cardcode", "cardsecuritycode",
		"cardverificationvalue", "cardverificationcode", "pin":
		return securityCode
	}
	if f := secretOf(key); f != plain {
		return f
	}
	return numberOf(key)
}

func secretOf(key []byte) field {
	switch string(key) {
	case "cryptogram", "networkcryptogram", "tokencryptogram", "paymentcryptogram", "tavv", "ucaf":
		return cryptogram
	case "avv":
		return avv
	case "cavv":
		return cavv
	case "aav":
		return aav
	case "otp", "onetimepassword", "passcode":
		return otp
	case "credential":
		return credential
	case "enccard":
		return encryptedCard
	case "encdata":
		return encryptedData
	case "pares", "parespayload":
		return pares
	case "jwt":
		return jwt
	case "signature", "eventsignature":
		return signature
	case "transactionpwd", "password", "passwd", "pwd", "acquirerpassword", "secret", "clientsecret":
		return password
	case "apikey", "xapikey":
		return apiKey
	case "cardnumbersha", "pansha":
		return cardHash
	case "authenticationvalue":
		return authenticationValue
	case "authorizationpayload":
		return authPayload
	case "accesstoken", "authtoken", "xzetaauthtoken", "tenantauthtoken", "authorization":
		return accessToken
	}
	return plain
}

// numberOf knows the names whose long numbers are no card numbers: masking one
// time stamp in ten because it happens to pass Luhn would help nobody.
func numberOf(key []byte) field {
	switch string(key) {
	case "timestamp", "requesttimestamp", "merchantsystemdate", "purchasedate", "iat", "exp", "nbf",
		"orderid", "transactionid", "dstransactionid", "acstransactionid", "threedsservertransactionid",
		"threedsservertransid", "acstransid", "id", "jti", "tokenid", "panid", "paymentdataid", "par",
		"merchantid", "businessid", "tenantid", "orgunit", "phonenumber", "mobilenumber", "mobilephone",
		"xrequestid", "traceid":
		return otherNumber
	}
	return plain
}

// isCard says that the members of a field with this name are a card's, so that
// "number" among them is its number (reference acehub.md §5, documented).
func isCard(name []byte) bool {
	var spelling [longestName]byte
	switch string(nameKey(name, &spelling)) {
	case "card", "cards", "cardinfo", "creditcard", "paymentcard":
		return true
	}
	return false
}
