package acs

import (
	"cardsim/simulator/core"
	"cardsim/simulator/threeds/emv"
	"cardsim/simulator/threeds/pares"
)

// entrance is a merchant's form, read: how a browser comes in.
type entrance struct {
	pareq   *pares.PAReq // 3-D Secure 1.0; nil for EMV
	termURL string
	md      string
	hasMD   bool

	creq *emv.CReq // EMV; nil for 3-D Secure 1.0
	// refusal is the error message that a wrong CReq earns; the browser takes it
	// back to the merchant when the transaction is known.
	refusal        *emv.Erro
	sessionData    string
	hasSessionData bool
}

// readPAReq reads the form of a 3-D Secure 1.0 merchant. Which rules of the PaReq
// hold does not matter here: the payment is found by its xid, and what was asked
// for is what the lookup remembers.
func readPAReq(f form) (entrance, error) {
	if f["pareq"] == "" {
		return entrance{}, core.Errf(core.CodeMissing, "PaReq", "the form carries none")
	}
	q, err := pares.DecodePAReq(f["pareq"])
	if err != nil {
		return entrance{}, core.Errf(core.CodeMalformed, "PaReq", "%v", err)
	}
	if f["termurl"] == "" {
		return entrance{}, core.Errf(core.CodeMissing, "TermUrl", "the result has nowhere to go")
	}
	if !webAddress(f["termurl"]) {
		return entrance{}, core.Errf(core.CodeInvalid, "TermUrl", "it must be an absolute http or https address")
	}
	return entrance{pareq: &q, termURL: f["termurl"], md: f["md"], hasMD: f.has("md")}, nil
}

// readCReq reads the form of an EMV merchant. A CReq that names its transaction
// and is wrong otherwise is no error here: its refusal goes back to the merchant
// (reference cipher-acs.md B4.3).
func readCReq(f form) (entrance, error) {
	if f["creq"] == "" {
		return entrance{}, core.Errf(core.CodeMissing, "creq", "the form carries none")
	}
	q, refusal := emv.DecodeCReq(f["creq"])
	if refusal != nil && q.ACSTransID == "" {
		return entrance{}, core.Errf(core.CodeMalformed, "creq", "%v", refusal)
	}
	return entrance{
		creq: &q, refusal: refusal,
		sessionData: f["threedssessiondata"], hasSessionData: f.has("threedssessiondata"),
	}, nil
}
