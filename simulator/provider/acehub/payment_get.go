package acehub

import (
	"net/http"

	"cardsim/simulator/core"
	"cardsim/simulator/pay"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
)

// reading is a payment that is asked for, by its id or its tracking code.
type reading struct {
	id, code string
}

func (r reading) find(s sandbox.Scope, business string) (pay.Payment, bool, error) {
	if r.id != "" {
		return pay.ByID(s, business, r.id)
	}
	return pay.ByTrackingCode(s, business, r.code)
}

// getPayment reads one transaction: 200 whatever its result (reference acehub.md
// §2.3, observed), 404 without body when there is none.
func getPayment() provider.Operation {
	return provider.Make(provider.Op[reading, reply]{
		Name: opPaymentGet, ReadOnly: true, Facts: readingFacts, Encode: encode,
		Decode: func(c *provider.Call) (reading, error) { return reading{id: c.Request.Vars.Get("id")}, nil },
		Run: func(c *provider.Call, tx *provider.Tx, r reading) (reply, error) {
			docs, done, err := read(c, tx, r)
			switch {
			case err != nil || done.value != nil:
				return done, err
			case len(docs) == 0:
				return refused(c, core.Errf(core.CodeNotFound, "", "the business has no such transaction"))
			}
			return reply{status: http.StatusOK, value: docs[0]}, nil
		},
	})
}

// findPayment reads by tracking code: always a list, empty when there is none
// (reference acehub.md §5.3: the list documented, the empty one inferred).
func findPayment() provider.Operation {
	return provider.Make(provider.Op[reading, reply]{
		Name: opPaymentFind, ReadOnly: true, Facts: readingFacts, Encode: encode,
		Decode: func(c *provider.Call) (reading, error) {
			code, err := query(c, "trackingCode")
			return reading{code: code}, err
		},
		Run: func(c *provider.Call, tx *provider.Tx, r reading) (reply, error) {
			docs, done, err := read(c, tx, r)
			if err != nil || done.value != nil {
				return done, err
			}
			return reply{status: http.StatusOK, value: docs}, nil
		},
	})
}

// read finds what is asked for; done is the answer that a scenario demands
// instead.
func read(c *provider.Call, tx *provider.Tx, r reading) (docs documents, done reply, err error) {
	if done, ok := forcedRefusal(c, false); ok {
		return nil, done, nil
	}
	docs = documents{}
	c.Result(outcomeOK, "")
	s := c.Scope(tx)
	p, ok := c.Facts.Found.(pay.Payment)
	if !ok {
		if p, ok, err = r.find(s, c.Identity.Name); err != nil || !ok {
			return docs, reply{}, err
		}
	}
	var token *pay.Token
	if p.Token != "" {
		t, found, err := pay.TokenByID(s, p.Merchant, p.Token)
		if err != nil {
			return docs, reply{}, err
		}
		if found {
			token = &t
		}
	}
	note(c, string(p.Result))
	return append(docs, render(c.World, p, token)), reply{}, nil
}

func readingFacts(c *provider.Call, tx *provider.Tx, r reading) provider.Facts {
	p, ok, err := r.find(c.Scope(tx), c.Identity.Name)
	if err != nil || !ok {
		return provider.Facts{Reference: reference(r.code)}
	}
	return provider.Facts{Card: p.Underlying(), Money: p.Money, Reference: reference(p.TrackingCode), Flow: p.Flow, Found: p}
}
