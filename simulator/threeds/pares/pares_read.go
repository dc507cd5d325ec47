package pares

import "fmt"

// DecodePARes reads the form field PaRes and returns its XML too, for people
// to look at. It does not look at the signature (Verify does) and checks no
// rule of an element (Validate does). The error is ErrNotInflated or
// ErrNotParsed.
func DecodePARes(text string) (PARes, []byte, error) {
	raw, err := unpack(text)
	if err != nil {
		return PARes{}, nil, fmt.Errorf("PARes: %w", err)
	}
	d, err := readPARes(raw)
	if err != nil {
		return PARes{}, nil, fmt.Errorf("PARes: %w", err)
	}
	return d.values, raw, nil
}

// document is a parsed PARes message: its values, and the elements they were
// read from, which the signature must cover.
type document struct {
	root, message, body *element
	values              PARes
}

func readPARes(raw []byte) (document, error) {
	root, err := parse(raw)
	if err != nil {
		return document{}, err
	}
	message, body, err := find(root, "PARes")
	if err != nil {
		return document{}, err
	}
	return document{root: root, message: message, body: body, values: readValues(message, body)}, nil
}

func readValues(message, body *element) PARes {
	r := PARes{
		Version:  body.value("version"),
		Merchant: EchoedMerchant{AcqBIN: body.value("Merchant", "acqBIN"), MerID: body.value("Merchant", "merID")},
		Purchase: EchoedPurchase{
			XID:         body.value("Purchase", "xid"),
			Date:        body.value("Purchase", "date"),
			PurchAmount: body.value("Purchase", "purchAmount"),
			Currency:    body.value("Purchase", "currency"),
			Exponent:    body.value("Purchase", "exponent"),
		},
		PAN: body.value("pan"),
		TX: TX{
			Time:          body.value("TX", "time"),
			Status:        body.value("TX", "status"),
			CAVV:          body.value("TX", "cavv"),
			ECI:           body.value("TX", "eci"),
			CAVVAlgorithm: body.value("TX", "cavvAlgorithm"),
		},
	}
	r.MessageID, _ = message.attr("id")
	r.ID, _ = body.attr("id")
	if ireq := body.first("IReq"); ireq != nil {
		r.IReq = &IReq{
			Code: ireq.value("iReqCode"), Detail: ireq.value("iReqDetail"), VendorCode: ireq.value("vendorCode"),
		}
	}
	return r
}
