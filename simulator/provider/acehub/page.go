package acehub

import (
	"html/template"
	"net/http"
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/pay"
	"cardsim/simulator/provider"
	"cardsim/simulator/wire"
)

// isPage says that the call is a browser's, on one of our own pages.
func isPage(c *provider.Call) bool { return c.Operation != nil && c.Operation.ID() == opRedirect }

// identifyPage finds the sandbox by the query, and the merchant by the payment.
func identifyPage(c *provider.Call) error {
	w := c.Worlds().Default()
	if name := c.Request.Query().Get(sandboxParam); name != "" {
		var ok bool
		if w, ok = c.Worlds().ByID(name); !ok {
			return core.Errf(core.CodeNotFound, "", "there is no such sandbox")
		}
	}
	c.In(w)
	return c.View(func(tx *provider.Tx) error {
		p, ok, err := pay.Any(c.Scope(tx), c.Request.Vars.Get("id"))
		if err != nil || !ok {
			return notFound(err)
		}
		c.Merchant, _ = w.Merchant(p.Merchant)
		c.Facts = provider.Facts{Card: p.Underlying(), Money: p.Money, Reference: reference(p.TrackingCode), Flow: p.Flow}
		return nil
	})
}

func notFound(err error) error {
	if err != nil {
		return err
	}
	return core.Errf(core.CodeNotFound, "", "there is no such transaction")
}

// visit is a browser on one of our pages.
type visit struct {
	id, supplier string
}

// supplied is the simulated supplier's page: the payer has done there what there
// was to do, and goes back. Nothing is added to returnUrl (reference acehub.md
// §7.4: the merchant asks for the status).
func supplied() provider.Operation {
	return provider.Make(provider.Op[visit, pay.Payment]{
		Name: opRedirect, Encode: sendOn,
		Decode: func(c *provider.Call) (visit, error) {
			return visit{id: c.Request.Vars.Get("id"), supplier: strings.ToLower(c.Request.Vars.Get("supplier"))}, nil
		},
		Run: func(c *provider.Call, tx *provider.Tx, v visit) (pay.Payment, error) {
			s := c.Scope(tx)
			p, ok, err := pay.Any(s, v.id)
			if err != nil || !ok || brands[p.BrandID].page != v.supplier {
				return p, notFound(err)
			}
			a, err := pay.Complete(s, v.id, pay.Finish{})
			note(c, string(a.Payment.Result))
			return a.Payment, err
		},
	})
}

// sendOn sends the browser to the merchant's returnUrl, and tells what happened
// where there is none.
func sendOn(_ *provider.Call, p pay.Payment) wire.Response {
	if p.Return == "" {
		return htmlPage(http.StatusOK, "The payment is "+string(p.Result)+". The shop gave no address to return to.")
	}
	return htmlPage(http.StatusSeeOther, "Taking you back to the shop.").With("Location", p.Return)
}

// failPage is an error for a person in a browser (*ours*).
func failPage(c *provider.Call, e *core.Error) wire.Response {
	c.Result(outcomeNotFound, "")
	switch e.Code {
	case core.CodeInternal:
		return htmlPage(http.StatusInternalServerError, "The payment could not be finished. Go back to the shop and try again.")
	default:
		return htmlPage(http.StatusNotFound, "There is no such payment. Go back to the shop and try again.")
	}
}

func htmlPage(status int, sentence string) wire.Response {
	text := "<!doctype html><meta charset=\"utf-8\"><title>Payment</title><p>" + template.HTMLEscapeString(sentence) + "</p>\n"
	return wire.Bytes(status, "text/html; charset=utf-8", []byte(text))
}
