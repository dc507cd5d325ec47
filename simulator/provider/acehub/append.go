package acehub

import "cardsim/simulator/wire"

// The documents write themselves: see [wire.Appender]. TestDocumentsWriteThemselves
// holds each to its tags.

// documents is the answer that lists some.
type documents []document

// AppendJSON implements wire.Appender.
func (d documents) AppendJSON(b []byte) []byte {
	return wire.AppendList(b, d)
}

// AppendJSON implements wire.Appender.
func (d document) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Int("result", int64(d.Result))
	o.Some("description", d.Description)
	o.Put(d.Header.AppendJSON(o.Member("header")))
	o.Put(d.Body.AppendJSON(o.Member("body")))
	return o.End()
}

func (d docHeader) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Text("requestTimestamp", d.RequestTimestamp)
	o.Some("requestCode", d.RequestCode)
	return o.End()
}

func (d errorBody) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Put(d.Error.AppendJSON(o.Member("error")))
	return o.End()
}

func (d errorDoc) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Int("code", d.Code)
	o.Text("message", d.Message)
	o.Text("detailedMessage", d.DetailedMessage)
	return o.End()
}

func (d paymentBody) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	if d.Error != nil {
		o.Put(d.Error.AppendJSON(o.Member("error")))
	}
	if d.Redirect != nil {
		o.Put(d.Redirect.AppendJSON(o.Member("redirect")))
	}
	if d.Card != nil {
		o.Put(d.Card.AppendJSON(o.Member("card")))
	}
	if d.Bank != nil {
		o.Put(d.Bank.AppendJSON(o.Member("bank")))
	}
	if d.Transaction != nil {
		o.Put(d.Transaction.AppendJSON(o.Member("transaction")))
	}
	if d.Token != nil {
		o.Put(d.Token.AppendJSON(o.Member("token")))
	}
	if d.ThreeDSecure != nil {
		o.Put(d.ThreeDSecure.AppendJSON(o.Member("threeDSecure")))
	}
	return o.End()
}

func (d transactionDoc) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Text("action", string(d.Action))
	o.Text("id", d.ID)
	o.Some("parentId", d.ParentID)
	o.Text("trackingCode", d.TrackingCode)
	if d.Amount != "" {
		o.Put(append(o.Member("amount"), d.Amount...))
	}
	o.Some("currencyCode", d.CurrencyCode)
	if d.BrandID != 0 {
		o.Int("brandId", int64(d.BrandID))
	}
	o.Some("descriptor", d.Descriptor)
	return o.End()
}

func (d cardDoc) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Some("approvalCode", d.ApprovalCode)
	o.Some("cvvResult", d.CVVResult)
	expiry(&o, "expiryMonth", d.ExpiryMonth)
	expiry(&o, "expiryYear", d.ExpiryYear)
	o.Some("firstSixDigits", d.FirstSixDigits)
	o.Some("lastFourDigits", d.LastFourDigits)
	o.Some("holderName", d.HolderName)
	return o.End()
}

func (d bankDoc) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Some("name", d.Name)
	return o.End()
}

func (d tokenDoc) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Text("token", d.Token)
	o.Text("displayHint", d.DisplayHint)
	o.Some("tokenStatus", d.TokenStatus)
	o.Some("tokenType", d.TokenType)
	return o.End()
}

func (d redirectDoc) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Text("method", d.Method)
	o.Text("url", d.URL)
	if len(d.Fields) > 0 {
		o.Texts("fields", d.Fields)
	}
	return o.End()
}

func (d threeDSDoc) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Some("enrollmentResult", d.EnrollmentResult)
	o.Some("validationResult", d.ValidationResult)
	o.Some("authenticationResult", d.AuthenticationResult)
	o.Some("flow", d.Flow)
	o.Some("version", d.Version)
	return o.End()
}

// expiry writes a month or a year: a text, or a number where the switch is on.
func expiry(o *wire.Object, name string, value any) {
	switch v := value.(type) {
	case string:
		o.Text(name, v)
	case int:
		o.Int(name, int64(v))
	}
}
