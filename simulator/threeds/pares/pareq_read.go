package pares

import "fmt"

// DecodePAReq reads the form field PaReq. Elements it does not know are
// ignored, as vendors add their own (reference cipher-acs.md B3.2: inferred).
// It checks no rule of an element; Validate does. The error is ErrNotInflated
// or ErrNotParsed; a document of another kind is also an *Invalid with
// CodeRoot or CodeMessage.
func DecodePAReq(text string) (PAReq, error) {
	raw, err := unpack(text)
	if err != nil {
		return PAReq{}, fmt.Errorf("PAReq: %w", err)
	}
	root, err := parse(raw)
	if err != nil {
		return PAReq{}, fmt.Errorf("PAReq: %w", err)
	}
	message, body, err := find(root, "PAReq")
	if err != nil {
		return PAReq{}, fmt.Errorf("PAReq: %w", err)
	}
	q := PAReq{
		Version:    body.value("version"),
		Merchant:   readMerchant(body),
		Purchase:   readPurchase(body),
		CH:         Cardholder{AcctID: body.value("CH", "acctID"), Expiry: body.value("CH", "expiry")},
		Extensions: readExtensions(body),
	}
	q.MessageID, _ = message.attr("id")
	q.ID, _ = body.attr("id")
	return q, nil
}

// find checks the frame ThreeDSecure / Message / body and returns its two
// inner elements. The body must be the only one of its name in the document:
// with two, one could be signed and the other read.
func find(root *element, body string) (message, found *element, err error) {
	if root.local() != "ThreeDSecure" {
		return nil, nil, misframed(CodeRoot, "ThreeDSecure", "must be the root element")
	}
	messages := root.all("Message")
	if len(messages) != 1 {
		return nil, nil, misframed(CodeMessage, "Message", "must occur once")
	}
	message = messages[0]
	found = message.first(body)
	if found == nil {
		return nil, nil, misframed(CodeMessage, "Message/"+body, "is absent")
	}
	if root.count(func(e *element) bool { return e.local() == body }) != 1 {
		return nil, nil, misframed(CodeMessage, "Message/"+body, "must occur once")
	}
	return message, found, nil
}

func misframed(code ErrorCode, element, rule string) error {
	return fmt.Errorf("%w: %w", ErrNotParsed, &Invalid{[]Problem{{code, element, rule}}})
}

func readMerchant(body *element) Merchant {
	return Merchant{
		AcqBIN:  body.value("Merchant", "acqBIN"),
		MerID:   body.value("Merchant", "merID"),
		Name:    body.value("Merchant", "name"),
		Country: body.value("Merchant", "country"),
		URL:     body.value("Merchant", "url"),
	}
}

func readPurchase(body *element) Purchase {
	p := Purchase{
		XID:         body.value("Purchase", "xid"),
		Date:        body.value("Purchase", "date"),
		Amount:      body.value("Purchase", "amount"),
		PurchAmount: body.value("Purchase", "purchAmount"),
		Currency:    body.value("Purchase", "currency"),
		Exponent:    body.value("Purchase", "exponent"),
		Desc:        body.value("Purchase", "desc"),
		Install:     body.value("Purchase", "install"),
	}
	if recur := body.first("Purchase", "Recur"); recur != nil {
		p.Recur = &Recur{Frequency: recur.value("frequency"), EndRecur: recur.value("endRecur")}
	}
	return p
}

func readExtensions(body *element) []Extension {
	var list []Extension
	for _, e := range body.all("Extension") {
		id, _ := e.attr("id")
		critical, _ := e.attr("critical")
		list = append(list, Extension{ID: id, Critical: critical == "true"})
	}
	return list
}
