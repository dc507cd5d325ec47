package scheme

// The reasons for which the schemes refuse, as they stand in the journal.
const (
	CAVVUnknown          = "cavv-unknown"
	CAVVUsed             = "cavv-used"
	CAVVOtherCard        = "cavv-other-card"
	CAVVOtherMerchant    = "cavv-other-merchant"
	CAVVOtherCurrency    = "cavv-other-currency"
	CAVVAmountExceeded   = "cavv-amount-exceeded"
	CAVVAmountDiffers    = "cavv-amount-differs"
	CAVVMissing          = "cavv-missing"
	CAVVNotExpected      = "cavv-not-expected"
	ECIMissing           = "eci-missing"
	ECIMismatch          = "eci-mismatch"
	ECIUnknown           = "eci-unknown"
	SignatureNotVerified = "signature-not-verified"
	XIDMismatch          = "xid-mismatch"
	DSMissing            = "ds-transaction-missing"
	DSMismatch           = "ds-transaction-mismatch"
	NotAuthenticated     = "not-authenticated"
	CryptogramMissing    = "cryptogram-missing"
	CryptogramUnknown    = "cryptogram-unknown"
	CryptogramUsed       = "cryptogram-used"
	CryptogramExpired    = "cryptogram-expired"
	CryptogramOtherToken = "cryptogram-other-token"
	TokenNotActive       = "token-not-active"
	TokenExpired         = "token-expired"
	TokenOtherMerchant   = "token-other-merchant"
	TokenExpiryMismatch  = "token-expiry-mismatch"
)

// Reason is one refusal code and what it means.
type Reason struct {
	Code    string
	Meaning string // one sentence
}

// Reasons lists every refusal code of this package.
func Reasons() []Reason {
	return []Reason{
		{CAVVUnknown, "No authentication of this sandbox produced the CAVV."},
		{CAVVUsed, "An approved payment has used the CAVV up."},
		{CAVVOtherCard, "The CAVV was given for another card."},
		{CAVVOtherMerchant, "The CAVV was given to another merchant."},
		{CAVVOtherCurrency, "The cardholder authenticated another currency."},
		{CAVVAmountExceeded, "The payment is larger than the amount the cardholder authenticated."},
		{CAVVAmountDiffers, "The payment is smaller than the authenticated amount, and setting acehub.cavvAmount is exact."},
		{CAVVMissing, "The ECI claims an authentication, and no CAVV shows it."},
		{CAVVNotExpected, "The ECI, or an exemption, says that nobody was authenticated, yet a CAVV was sent."},
		{ECIMissing, "Results of 3-D Secure were sent without the ECI."},
		{ECIMismatch, "The ECI is not the one that goes with the result of the authentication."},
		{ECIUnknown, "The ECI does not exist, or belongs to the other group of brands."},
		{SignatureNotVerified, "The signature of the authentication did not verify: its values must not be used."},
		{XIDMismatch, "The XID is not that of the authentication."},
		{DSMissing, "A DS transaction id is needed to find or to prove the authentication."},
		{DSMismatch, "The DS transaction id is not that of the authentication."},
		{NotAuthenticated, "3-D Secure did not end with the result that the payment claims, or was never asked."},
		{CryptogramMissing, "A cardholder's payment with a network token carries no cryptogram."},
		{CryptogramUnknown, "No scheme of this sandbox issued the cryptogram."},
		{CryptogramUsed, "The cryptogram has been used: it serves one attempt, also a declined one."},
		{CryptogramExpired, "The cryptogram is older than setting acehub.cryptogramLifetime."},
		{CryptogramOtherToken, "The cryptogram was issued for another token."},
		{TokenNotActive, "The network token is suspended, not yet active, or deleted."},
		{TokenExpired, "The network token is past its own expiry."},
		{TokenOtherMerchant, "The network token belongs to another merchant."},
		{TokenExpiryMismatch, "The network token was sent with another expiry than its own."},
	}
}
