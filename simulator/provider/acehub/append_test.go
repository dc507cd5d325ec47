package acehub

import (
	"encoding/json"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"cardsim/simulator/pay"
	"cardsim/simulator/provider/providertest"
	"cardsim/simulator/wire"
)

// TestDocumentsWriteThemselves as their tags say.
func TestDocumentsWriteThemselves(t *testing.T) {
	t.Run("one", func(t *testing.T) { providertest.WritesItself(t, someDocument) })
	t.Run("list", func(t *testing.T) {
		providertest.WritesItself(t, rapid.Map(rapid.SliceOfN(someDocument, 0, 3), func(d []document) documents { return d }))
	})
}

var someDocument = rapid.Custom(func(t *rapid.T) document {
	return document{
		Result: rapid.Int().Draw(t, "result"), Description: rapid.String().Draw(t, "description"),
		Header: rapid.Make[docHeader]().Draw(t, "header"),
		Body: rapid.OneOf(
			rapid.Map(rapid.Make[errorBody](), func(b errorBody) wire.Appender { return b }),
			rapid.Map(rapid.Make[tokenDoc](), func(b tokenDoc) wire.Appender { return b }),
			rapid.Map(someBody, func(b paymentBody) wire.Appender { return b }),
		).Draw(t, "body"),
	}
})

var someBody = rapid.Custom(func(t *rapid.T) paymentBody {
	return paymentBody{
		Error: rapid.Make[*errorDoc]().Draw(t, "error"), Redirect: rapid.Make[*redirectDoc]().Draw(t, "redirect"),
		Bank: rapid.Make[*bankDoc]().Draw(t, "bank"), Token: rapid.Make[*tokenDoc]().Draw(t, "token"),
		ThreeDSecure: rapid.Make[*threeDSDoc]().Draw(t, "threeDSecure"),
		Card:         rapid.Ptr(someCard, true).Draw(t, "card"), Transaction: rapid.Ptr(someTransaction, true).Draw(t, "transaction"),
	}
})

var someCard = rapid.Custom(func(t *rapid.T) cardDoc {
	texts := rapid.SliceOfN(rapid.String(), 5, 5).Draw(t, "texts")
	when := rapid.OneOf(rapid.Just[any](nil), rapid.String().AsAny(), rapid.Int().AsAny())
	return cardDoc{
		ApprovalCode: texts[0], CVVResult: texts[1], FirstSixDigits: texts[2], LastFourDigits: texts[3], HolderName: texts[4],
		ExpiryMonth: when.Draw(t, "month"), ExpiryYear: when.Draw(t, "year"),
	}
})

var someTransaction = rapid.Custom(func(t *rapid.T) transactionDoc {
	amount := rapid.Map(rapid.Int64(), func(n int64) json.Number { return json.Number(strconv.FormatInt(n, 10)) })
	return transactionDoc{
		Action: rapid.SampledFrom([]pay.Action{"", pay.ActionCapture, pay.ActionRefund}).Draw(t, "action"),
		ID:     rapid.String().Draw(t, "id"), ParentID: rapid.String().Draw(t, "parent"), TrackingCode: rapid.String().Draw(t, "code"),
		CurrencyCode: rapid.String().Draw(t, "currency"), BrandID: rapid.Int().Draw(t, "brand"), Descriptor: rapid.String().Draw(t, "descriptor"),
		Amount: rapid.OneOf(rapid.Just(json.Number("")), amount).Draw(t, "amount"),
	}
})
