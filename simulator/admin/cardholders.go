package admin

import (
	"net/http"
	"strings"
	"time"

	"cardsim/simulator/issuer"
	"cardsim/simulator/journal"
	"cardsim/simulator/sandbox"
)

// Cardholder is a card enrolled at a tenant, with its holder, as people and tests
// read it.
type Cardholder struct {
	// ID is Cipher's cardId, unique within the tenant.
	ID string `json:"id"`
	// CardholderID is Cipher's authProfileId, the same for all cards of one holder.
	CardholderID string        `json:"cardholderId"`
	CardGUID     string        `json:"cardGuid"` // Cipher's cardGuid
	Tenant       string        `json:"tenant"`   // id of the issuer
	Card         *journal.Card `json:"card"`
	Name         string        `json:"name"` // as enrolled
	// Status is ENABLED or DISABLED: a disabled card is not found by 3-D Secure.
	Status      string `json:"status"`
	ProductID   string `json:"productId"`   // the tenant's product of the card
	ProductName string `json:"productName"` // its name
	// Identities are the holder's, by type and masked.
	Identities map[string]string `json:"identities"`
	CreatedAt  time.Time         `json:"createdAt"` // sandbox time of the enrolment
}

func (c Cardholder) facts() facts {
	return facts{last4: last4(c.Card), status: c.Status}
}

// enrolment is a card and its holder.
type enrolment struct {
	card   issuer.Card
	holder issuer.Holder
}

func walkEnrolments(s sandbox.Scope, after string, fn func(string, enrolment) (bool, error)) error {
	return issuer.Newest(s, after, func(cursor string, c issuer.Card, h issuer.Holder) (bool, error) {
		return fn(cursor, enrolment{c, h})
	})
}

func showCardholder(_ sandbox.Scope, e enrolment) (Cardholder, error) {
	c := e.card
	out := Cardholder{
		ID: c.ID, CardholderID: c.HolderID, CardGUID: c.GUID, Tenant: c.Tenant, Card: cardOf(c.Ref), Name: maskText(c.Name),
		Status: c.State, ProductID: c.ProductID, ProductName: c.ProductName, Identities: map[string]string{}, CreatedAt: c.Created,
	}
	for _, i := range e.holder.Identities {
		out.Identities[i.Type] = maskText(i.Masked())
	}
	return out, nil
}

// listCardholders lists the enrolled cards of all tenants of the sandbox.
func (a *API) listCardholders(r *http.Request, w *sandbox.World) (any, error) {
	q, err := readListing(r.URL.Query(), "card", "status")
	if err != nil {
		return nil, err
	}
	return lister[enrolment, Cardholder]{walk: walkEnrolments, show: showCardholder}.answer(a, w, q)
}

// getCardholder finds a card by its cardId at the tenant of the query, without one
// at the first that has it.
func (a *API) getCardholder(r *http.Request, w *sandbox.World) (any, error) {
	id, tenant := r.PathValue("id"), r.URL.Query().Get("tenant")
	return one(a, w, "enrolled card", func(s sandbox.Scope) (Cardholder, bool, error) {
		if strings.ContainsRune(id, 0) {
			return Cardholder{}, false, nil
		}
		for _, t := range w.Tenants {
			if tenant != "" && tenant != t.ID {
				continue
			}
			c, h, ok, err := issuer.CardByID(s, t, id)
			if err != nil || ok {
				item, _ := showCardholder(s, enrolment{c, h})
				return item, ok, err
			}
		}
		return Cardholder{}, false, nil
	})
}
