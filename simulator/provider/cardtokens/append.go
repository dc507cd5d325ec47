package cardtokens

import "cardsim/simulator/wire"

// The answers that are asked for most write themselves: see [wire.Appender].
// TestAnswersWriteThemselves holds each to its tags.

// AppendJSON implements wire.Appender.
func (a tokenStatus) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Int("expmonth", int64(a.ExpMonth))
	o.Int("expyear", int64(a.ExpYear))
	o.Text("token", a.Token)
	o.Text("status", string(a.Status))
	o.Text("scheme", string(a.Scheme))
	o.Text("tokenid", a.TokenID)
	return o.End()
}

// AppendJSON implements wire.Appender.
func (a created) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Text("scheme", string(a.Scheme))
	o.Text("token", a.Token)
	o.Text("tokenid", a.TokenID)
	o.Int("expmonth", int64(a.ExpMonth))
	o.Int("expyear", int64(a.ExpYear))
	o.Some("par", a.PAR)
	return o.End()
}

// AppendJSON implements wire.Appender.
func (a issued) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Text("cryptogram", a.Cryptogram)
	o.Text("token", a.Token)
	o.Int("expmonth", int64(a.ExpMonth))
	o.Int("expyear", int64(a.ExpYear))
	o.Text("par", a.PAR)
	o.Text("paymentdataid", a.PaymentDataID)
	o.Text("scheme", string(a.Scheme))
	o.Text("tokenid", a.TokenID)
	return o.End()
}
