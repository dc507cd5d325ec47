package cipher

import "cardsim/simulator/wire"

// The answers that are asked for most write themselves: see [wire.Appender].
// TestAnswersWriteThemselves holds each to its tags.

// AppendJSON implements wire.Appender.
func (a holderAnswer) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Text("cardHolderId", a.CardHolderID)
	o.Text("name", a.Name)
	o.Text("tenantId", a.TenantID)
	o.Put(wire.AppendList(o.Member("identities"), a.Identities))
	o.Put(wire.AppendList(o.Member("cards"), a.Cards))
	return o.End()
}

// AppendJSON implements wire.Appender.
func (i plainIdentity) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Text("type", i.Type)
	o.Text("value", i.Value)
	return o.End()
}

// AppendJSON implements wire.Appender.
func (c holderCard) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Text("cardId", c.CardID)
	o.Text("cardGuid", c.CardGUID)
	o.Text("productId", c.ProductID)
	o.Text("productName", c.ProductName)
	o.Text("maskedCardNumber", c.MaskedCardNumber)
	o.Text("cardNetwork", c.CardNetwork)
	o.Text("state", c.State)
	o.Text("disabledReason", c.DisabledReason)
	o.Texts("config", c.Config)
	o.Put(c.CreatedBy.AppendJSON(o.Member("createdBy")))
	return o.End()
}

// AppendJSON implements wire.Appender.
func (c createdBy) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Text("actorJid", c.ActorJID)
	o.Text("mode", c.Mode)
	return o.End()
}

// AppendJSON implements wire.Appender.
func (a cardAnswer) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Text("cardId", a.CardID)
	o.Text("cardGuid", a.CardGUID)
	o.Text("name", a.Name)
	o.Text("tenantId", a.TenantID)
	o.Text("productId", a.ProductID)
	o.Text("productName", a.ProductName)
	o.Text("authProfileId", a.AuthProfileID)
	o.Some("cardHolderId", a.CardHolderID)
	o.Text("cardNumber", a.CardNumber)
	o.Text("cardNetwork", a.CardNetwork)
	o.Text("state", a.State)
	o.Put(wire.AppendList(o.Member("identities"), a.Identities))
	return o.End()
}

// AppendJSON implements wire.Appender.
func (i stateIdentity) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Text("type", i.Type)
	o.Text("value", i.Value)
	o.Text("state", i.State)
	return o.End()
}
