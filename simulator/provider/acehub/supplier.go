package acehub

import (
	"net/url"
	"time"

	"cardsim/simulator/pay"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
)

// supplier sends the payer to a bank or wallet: a page of ours, which sends the
// browser back. The iDEAL amounts of the vendor's own test are settled from the
// start; everything else is approved when the browser has been there (*ours*).
func (q paymentRequest) supplier(c *provider.Call, s sandbox.Scope, o *pay.Order) *pay.Await {
	if o.ReturnURL == "" {
		c.Warn("there is no returnUrl: the payer cannot come back from the supplier")
	}
	id := pay.ID(s.World, o.Business, o.TrackingCode)
	a := &pay.Await{Result: pay.Pending, Deadline: q.deadline(s), Redirect: pay.Redirect{Method: "GET", URL: pageURL(c, q.brand.page, id)}}
	if q.brand.fields {
		a.Redirect.Method = "POST"
		a.Redirect.Fields = map[string]string{"token": "EC-" + s.World.Draw("acehub.supplier", id).Of("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 17)}
	}
	if result, ok := settledMinors[o.Money.Minor]; ok && o.BrandID == ideal && o.Force == nil {
		a.Settled = pay.Result(result)
	}
	return a
}

// deadline is when the payer's time is over: what the payment says, else what the
// brand's page says, else half an hour.
func (q paymentRequest) deadline(s sandbox.Scope) time.Time {
	switch {
	case q.timeout > 0:
		return s.Now.Add(q.timeout)
	case q.brand.session > 0:
		return s.Now.Add(q.brand.session)
	default:
		return s.Now.Add(halfHour)
	}
}

// sandboxParam names the sandbox of a page where it is not the default one: two
// sandboxes may hold the same payment, one imported from the other.
const sandboxParam = "sandbox"

// pageURL is the address of one of our pages for a payment.
func pageURL(c *provider.Call, page, id string) string {
	u := c.Base + Prefix + "web/" + page + "/" + id
	if c.World.ID != sandbox.DefaultID {
		u += "?" + url.Values{sandboxParam: {c.World.ID}}.Encode()
	}
	return u
}
