package pares

import "fmt"

// Version is the one protocol version spoken here.
const Version = "1.0.2"

// TimeLayout is the time package's layout of Purchase/date and TX/time; the
// messages carry no zone and mean UTC.
const TimeLayout = "20060102 15:04:05"

// PAReq is a payer authentication request: what a merchant's server asks an
// ACS to ask the cardholder (reference cipher-acs.md B3.2: documented). All
// values are the texts of the XML elements; "" means that one is absent.
type PAReq struct {
	MessageID  string // Message/@id, which the PARes echoes
	ID         string // PAReq/@id, optional
	Version    string // "1.0.2"
	Merchant   Merchant
	Purchase   Purchase
	CH         Cardholder
	Extensions []Extension
}

// Merchant is who asks.
type Merchant struct {
	AcqBIN  string // acquirer's BIN, 1-11 digits
	MerID   string // 1-24 characters
	Name    string // 1-25 characters, for the cardholder
	Country string // ISO 3166 number, 3 digits
	URL     string // absolute, 1-255 characters
}

// Purchase is what the cardholder is asked to confirm.
type Purchase struct {
	XID         string // 20 bytes as 28 characters of base64
	Date        string // TimeLayout
	Amount      string // for display, 1-20 characters, perhaps with a currency sign
	PurchAmount string // minor units, 1-12 digits
	Currency    string // ISO 4217 number, 3 digits
	Exponent    string // minor unit digits, 1 digit
	Desc        string // optional, up to 125 characters
	Recur       *Recur // optional
	Install     string // optional, number of instalments
}

// Recur describes a recurring payment.
type Recur struct {
	Frequency string // days between payments, up to 3 digits
	EndRecur  string // YYYYMMDD
}

// Cardholder names the card without its number.
type Cardholder struct {
	AcctID string // opaque id given by the ACS, 1-28 characters, never the PAN
	Expiry string // YYMM
}

// Extension is an addition to the message that both sides must have agreed on.
// Its content is not carried.
type Extension struct {
	ID       string
	Critical bool // the receiver must refuse the message if it does not know the id
}

// EncodePAReq writes the base64 text for the form field PaReq. The error is an
// *Invalid when the request breaks a rule; a Message/@id of more than 30
// characters breaks one on output (reference cipher-acs.md B3.2: inferred).
func EncodePAReq(q PAReq) (string, error) {
	var c checks
	c.outgoingID(q.MessageID)
	q.check(&c)
	if err := c.err(); err != nil {
		return "", fmt.Errorf("PAReq: %w", err)
	}
	var w writer
	w.begin("ThreeDSecure")
	w.begin("Message", "id", q.MessageID)
	if q.ID == "" {
		w.begin("PAReq")
	} else {
		w.begin("PAReq", "id", q.ID)
	}
	q.write(&w)
	w.end()
	w.end()
	w.end()
	return pack([]byte(w.out.String()))
}

// write puts the children of PAReq into the order the definition gives them.
func (q PAReq) write(w *writer) {
	w.leaf("version", q.Version)
	w.begin("Merchant")
	w.leaf("acqBIN", q.Merchant.AcqBIN)
	w.leaf("merID", q.Merchant.MerID)
	w.leaf("name", q.Merchant.Name)
	w.leaf("country", q.Merchant.Country)
	w.leaf("url", q.Merchant.URL)
	w.end()
	q.Purchase.write(w)
	w.begin("CH")
	w.leaf("acctID", q.CH.AcctID)
	w.leaf("expiry", q.CH.Expiry)
	w.end()
	for _, x := range q.Extensions {
		w.begin("Extension", "critical", fmt.Sprint(x.Critical), "id", x.ID)
		w.end()
	}
}

func (p Purchase) write(w *writer) {
	w.begin("Purchase")
	w.leaf("xid", p.XID)
	w.leaf("date", p.Date)
	w.leaf("amount", p.Amount)
	w.leaf("purchAmount", p.PurchAmount)
	w.leaf("currency", p.Currency)
	w.leaf("exponent", p.Exponent)
	w.option("desc", p.Desc)
	if p.Recur != nil {
		w.begin("Recur")
		w.leaf("frequency", p.Recur.Frequency)
		w.leaf("endRecur", p.Recur.EndRecur)
		w.end()
	}
	w.option("install", p.Install)
	w.end()
}
