package pares

// maxMessageID is the longest Message/@id we write; longer ones exist and are
// read (reference cipher-acs.md B3.2: documented limit, observed breach).
const maxMessageID = 30

// Validate checks every element against reference cipher-acs.md B3.2. The
// error is an *Invalid that lists all broken rules with their B3.4 codes.
func (q PAReq) Validate() error {
	var c checks
	q.check(&c)
	return c.err()
}

func (q PAReq) check(c *checks) {
	c.required("Message/@id", q.MessageID, length(255))
	c.version(q.Version)
	c.required("Merchant/acqBIN", q.Merchant.AcqBIN, digits(1, 11))
	c.required("Merchant/merID", q.Merchant.MerID, length(24))
	c.required("Merchant/name", q.Merchant.Name, length(25))
	c.required("Merchant/country", q.Merchant.Country, digits(3, 3))
	c.required("Merchant/url", q.Merchant.URL, address())
	q.Purchase.check(c)
	c.required("CH/acctID", q.CH.AcctID, length(28))
	c.required("CH/expiry", q.CH.Expiry, layout("0601", "YYMM"))
	for _, x := range q.Extensions {
		if x.Critical {
			c.fail(CodeCritical, "Extension", "is critical and not known here")
		}
	}
}

func (p Purchase) check(c *checks) {
	c.required("Purchase/xid", p.XID, twentyBytes())
	c.required("Purchase/date", p.Date, layout(TimeLayout, "YYYYMMDD HH:MM:SS"))
	c.required("Purchase/amount", p.Amount, length(20))
	c.required("Purchase/purchAmount", p.PurchAmount, digits(1, 12))
	c.required("Purchase/currency", p.Currency, digits(3, 3))
	c.required("Purchase/exponent", p.Exponent, digits(1, 1))
	c.optional("Purchase/desc", p.Desc, length(125))
	if p.Recur != nil {
		c.required("Purchase/Recur/frequency", p.Recur.Frequency, digits(1, 3))
		c.required("Purchase/Recur/endRecur", p.Recur.EndRecur, layout("20060102", "YYYYMMDD"))
	}
	c.optional("Purchase/install", p.Install, digits(1, 3))
}
