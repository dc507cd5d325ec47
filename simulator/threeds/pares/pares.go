package pares

import (
	"fmt"
	"unicode/utf8"
)

// PARes is a payer authentication response: what the ACS found out (reference
// cipher-acs.md B3.3: documented). All values are the texts of the XML
// elements; "" means that one is absent.
type PARes struct {
	MessageID string // Message/@id, echoed from the PAReq (observed)
	ID        string // PARes/@id, an XML name that the signature refers to
	Version   string // "1.0.2"
	Merchant  EchoedMerchant
	Purchase  EchoedPurchase
	PAN       string // masked, see MaskPAN
	TX        TX
	IReq      *IReq // optional, never with Y or A
}

// EchoedMerchant is the part of the request's Merchant that the response
// repeats.
type EchoedMerchant struct {
	AcqBIN string
	MerID  string
}

// EchoedPurchase is the part of the request's Purchase that the response
// repeats: the amount for display and the description are not in it.
type EchoedPurchase struct {
	XID         string
	Date        string
	PurchAmount string
	Currency    string
	Exponent    string
}

// TX is the result.
type TX struct {
	Time          string // TimeLayout, when signed
	Status        string // Y, A, N or U
	CAVV          string // Y and A: 20 bytes as 28 characters of base64
	ECI           string // Y and A: 2 digits
	CAVVAlgorithm string // Y and A: 1 digit; 2 is CVV with ATN (Visa), 3 Mastercard's SPA
}

// IReq says what was wrong with the request.
type IReq struct {
	Code       string // known: 50-57, 98, 99; meanings unknown
	Detail     string
	VendorCode string
}

// Answer starts the response to a request: it echoes what B3.3 says is echoed,
// and cuts Message/@id to the 30 characters that every MPI takes. The caller
// adds ID, PAN and TX.
func (q PAReq) Answer() PARes {
	id := q.MessageID
	for utf8.RuneCountInString(id) > maxMessageID {
		_, size := utf8.DecodeLastRuneInString(id)
		id = id[:len(id)-size]
	}
	return PARes{
		MessageID: id,
		Version:   Version,
		Merchant:  EchoedMerchant{AcqBIN: q.Merchant.AcqBIN, MerID: q.Merchant.MerID},
		Purchase: EchoedPurchase{
			XID: q.Purchase.XID, Date: q.Purchase.Date, PurchAmount: q.Purchase.PurchAmount,
			Currency: q.Purchase.Currency, Exponent: q.Purchase.Exponent,
		},
	}
}

// EncodePARes writes and signs the base64 text for the form field PaRes. The
// error is an *Invalid when the response breaks a rule of Validate, or says
// what the signer lacks. The same values and signer give the same text.
func EncodePARes(r PARes, s *Signer) (string, error) {
	var c checks
	c.outgoingID(r.MessageID)
	r.check(&c)
	if err := c.err(); err != nil {
		return "", fmt.Errorf("PARes: %w", err)
	}
	body := r.body()
	signature, err := s.sign(r.ID, body)
	if err != nil {
		return "", fmt.Errorf("PARes: %w", err)
	}
	var w writer
	w.begin("ThreeDSecure")
	w.begin("Message", "id", r.MessageID)
	w.raw(body)
	w.raw(signature)
	w.end()
	w.end()
	return pack([]byte(w.out.String()))
}

// body is the PARes element, the bytes that are signed.
func (r PARes) body() string {
	var w writer
	w.begin("PARes", "id", r.ID)
	w.leaf("version", r.Version)
	w.begin("Merchant")
	w.leaf("acqBIN", r.Merchant.AcqBIN)
	w.leaf("merID", r.Merchant.MerID)
	w.end()
	w.begin("Purchase")
	w.leaf("xid", r.Purchase.XID)
	w.leaf("date", r.Purchase.Date)
	w.leaf("purchAmount", r.Purchase.PurchAmount)
	w.leaf("currency", r.Purchase.Currency)
	w.leaf("exponent", r.Purchase.Exponent)
	w.end()
	w.leaf("pan", r.PAN)
	r.TX.write(&w)
	if r.IReq != nil {
		w.begin("IReq")
		w.leaf("iReqCode", r.IReq.Code)
		w.option("iReqDetail", r.IReq.Detail)
		w.option("vendorCode", r.IReq.VendorCode)
		w.end()
	}
	w.end()
	return w.out.String()
}

func (t TX) write(w *writer) {
	w.begin("TX")
	w.leaf("time", t.Time)
	w.leaf("status", t.Status)
	w.option("cavv", t.CAVV)
	w.option("eci", t.ECI)
	w.option("cavvAlgorithm", t.CAVVAlgorithm)
	w.end()
}
