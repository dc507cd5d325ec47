package pares

import "strings"

// Validate checks every element against reference cipher-acs.md B3.3. The
// error is an *Invalid that lists all broken rules. The echoed values of a U
// are free: it may answer a request that was itself invalid (B3.4: inferred).
func (r PARes) Validate() error {
	var c checks
	r.check(&c)
	return c.err()
}

func (r PARes) check(c *checks) {
	c.required("Message/@id", r.MessageID, length(255))
	c.required("PARes/@id", r.ID, xmlName())
	c.version(r.Version)
	if r.TX.Status != "U" {
		r.checkEcho(c)
	}
	r.checkPAN(c)
	r.checkTX(c)
	if r.IReq != nil {
		c.required("IReq/iReqCode", r.IReq.Code, digits(1, 3))
		c.optional("IReq/iReqDetail", r.IReq.Detail, anyText())
		c.optional("IReq/vendorCode", r.IReq.VendorCode, anyText())
	}
}

func (r PARes) checkEcho(c *checks) {
	c.required("Merchant/acqBIN", r.Merchant.AcqBIN, digits(1, 11))
	c.required("Merchant/merID", r.Merchant.MerID, length(24))
	c.required("Purchase/xid", r.Purchase.XID, twentyBytes())
	c.required("Purchase/date", r.Purchase.Date, layout(TimeLayout, "YYYYMMDD HH:MM:SS"))
	c.required("Purchase/purchAmount", r.Purchase.PurchAmount, digits(1, 12))
	c.required("Purchase/currency", r.Purchase.Currency, digits(3, 3))
	c.required("Purchase/exponent", r.Purchase.Exponent, digits(1, 1))
}

// checkPAN makes sure that no card number is ever signed in clear.
func (r PARes) checkPAN(c *checks) {
	c.required("pan", r.PAN, digits(12, 19))
	if r.PAN != MaskPAN(r.PAN, r.TX.Status) {
		c.fail(CodeFormat, "pan", "must be zeros, but for the last four digits with status Y or A")
	}
}

func (r PARes) checkTX(c *checks) {
	t := r.TX
	c.required("TX/time", t.Time, layout(TimeLayout, "YYYYMMDD HH:MM:SS"))
	c.required("TX/status", t.Status, oneOf("Y", "A", "N", "U"))
	if !proves(t.Status) {
		c.absent("TX/cavv", t.CAVV, "with this status")
		c.absent("TX/eci", t.ECI, "with this status")
		c.absent("TX/cavvAlgorithm", t.CAVVAlgorithm, "with this status")
		return
	}
	c.required("TX/cavv", t.CAVV, twentyBytes())
	c.required("TX/eci", t.ECI, digits(2, 2))
	c.required("TX/cavvAlgorithm", t.CAVVAlgorithm, digits(1, 1))
	if r.IReq != nil {
		c.fail(CodeFormat, "IReq", "must be absent with status Y or A")
	}
}

// proves says that a status comes with a CAVV and the card's last four digits.
func proves(status string) bool { return status == "Y" || status == "A" }

// MaskPAN is the text of the element pan: zeros of the PAN's length, except
// that Y and A keep the last four digits. An MPI refuses anything but zeros
// with N and U (reference cipher-acs.md B3.3: documented).
func MaskPAN(pan, status string) string {
	zeros := strings.Repeat("0", len(pan))
	if !proves(status) || len(pan) <= 4 {
		return zeros
	}
	return zeros[4:] + pan[len(pan)-4:]
}

func anyText() rule {
	return rule{"text without control characters", func(string) bool { return true }}
}

// xmlName is the form of an attribute that a signature can refer to: an XML
// name without a colon, here of ASCII only.
func xmlName() rule {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
	return rule{"an XML name of at most 128 characters", func(s string) bool {
		return len(s) <= 128 && strings.ContainsRune(letters, rune(s[0])) && strings.Trim(s, letters+"0123456789.-") == ""
	}}
}
