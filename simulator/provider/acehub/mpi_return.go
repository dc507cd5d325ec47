package acehub

import (
	"net/url"

	"cardsim/simulator/core"
	"cardsim/simulator/pay"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/threeds"
)

// threeDSPage is the last part of the path of the page that the issuer's answer
// comes back to.
const threeDSPage = "3ds"

// ending is how 3-D Secure ended for a payment.
type ending struct {
	status core.TransStatus
	eci    core.ECI
	cavv   string
}

// finish is what an ending means for the payment. Who is authenticated, or was
// attempted to be, pays with the proof; who failed or was rejected does not
// (reference acehub.md §7.3, inferred: result -4). Without an answer from the
// issuer the payment goes on unprotected (reference cardinal.md §4).
func (e ending) finish(t threeds.Transaction) pay.Finish {
	proof := pay.Proof{ECI: e.eci, Version: "1"}
	if t.Version.EMV() {
		proof.Version = "2"
	}
	f := pay.Finish{ThreeDS: found(t), Proof: &proof}
	f.ThreeDS.Status = e.status
	switch e.status {
	case core.StatusFailed, core.StatusRejected:
		f.Proof, f.Denied = nil, core.Refusef(pay.AuthenticationFailed, "3-D Secure transaction %s ended with %s", t.ID, e.status)
	case core.StatusAuthenticated, core.StatusAttempted:
		proof.CAVV = e.cavv
		if proof.DSTransactionID = t.DSTransID; !t.Version.EMV() {
			proof.XID = t.XID()
		}
	}
	return f
}

// returned is a browser that brings the issuer's answer.
type returned struct {
	id    string
	pares threeds.Presented
}

// authenticated is the gateway's own TermUrl, and in EMV its notification URL: it
// concludes 3-D Secure and the payment, and sends the browser to the merchant
// (reference acehub.md §7.4).
func (p *Provider) authenticated() provider.Operation {
	return provider.Make(provider.Op[returned, pay.Payment]{
		Name: opRedirect, Decode: p.decodeReturn, Run: runReturn, Encode: sendOn,
	})
}

// decodeReturn reads the form and verifies the signature of a PaRes, which is
// slow.
func (p *Provider) decodeReturn(c *provider.Call) (returned, error) {
	form, _ := url.ParseQuery(string(c.Request.Body)) // keeps what did parse
	pares := form.Get("PaRes")
	c.Secret(pares)
	return returned{id: c.Request.Vars.Get("id"), pares: p.signing.Present(pares, c.Now)}, nil
}

func runReturn(c *provider.Call, tx *provider.Tx, r returned) (pay.Payment, error) {
	s := c.Scope(tx)
	p, ok, err := pay.Any(s, r.id)
	if err != nil || !ok || p.ThreeDS == nil {
		return p, notFound(err)
	}
	note(c, string(p.Result))
	if p.Result != pay.Pending {
		return p, nil // a reload changes nothing
	}
	t, ok, err := threeds.ByID(s, p.ThreeDS.TransactionID)
	if err != nil || !ok {
		return p, notFound(err)
	}
	f, done, err := conclude(s, t, r.pares)
	if err != nil || !done {
		return p, err
	}
	a, err := pay.Complete(s, p.ID, f)
	if a.Refusal != nil {
		c.Refuse(a.Refusal)
	}
	note(c, string(a.Payment.Result))
	return a.Payment, err
}

// conclude asks 3-D Secure how it ended. done is false while an EMV challenge
// still runs: whoever came back did not bring its end. An answer that cannot be
// trusted, or none, is a failed authentication.
func conclude(s sandbox.Scope, t threeds.Transaction, pares threeds.Presented) (f pay.Finish, done bool, err error) {
	r, err := threeds.Authenticate(s, t, threeds.AuthenticateRequest{PaRes: pares})
	if err != nil || r.Early {
		return pay.Finish{}, false, err
	}
	if r.ErrorNo == "" && !r.Timeout && r.Signature != "N" {
		return ending{r.Status, r.ECI, r.CAVV}.finish(r.Transaction), true, nil
	}
	f = pay.Finish{ThreeDS: found(r.Transaction), Denied: r.Refusal}
	f.ThreeDS.Status = core.StatusFailed
	if f.Denied == nil {
		f.Denied = core.Refusef(pay.AuthenticationFailed, "3-D Secure transaction %s ended with error %s, signature %s", t.ID, r.ErrorNo, r.Signature)
	}
	return f, true, nil
}
