package admin

import (
	"fmt"
	"net/http"

	"cardsim/simulator/sandbox"
)

// Tenant is an issuer on-boarded with Cipher, as the sandbox has it. Its token is
// among the sandbox's credentials.
type Tenant struct {
	ID   string `json:"id"`   // that paths and the enrolment carry
	Name string `json:"name"` // of the bank
	// Example marks a tenant printed on the vendor's page: it takes any token or none.
	Example bool `json:"example"`
	// Disabled tenants answer as unknown ones do.
	Disabled bool `json:"disabled"`
	// Config holds the limits and the look of its challenge page, by the names of the
	// vendor's own document.
	Config sandbox.TenantConfig `json:"config"`
	// Products map the first digits of a card to the tenant's product.
	Products []TenantProduct `json:"products"`
	// Plans are the ways it authenticates a cardholder.
	Plans []sandbox.AuthPlan `json:"plans"`
}

// TenantProduct is a product of a tenant.
type TenantProduct struct {
	// BIN is the first digits of its cards; empty for every other card.
	BIN         string `json:"bin"`
	ProductID   string `json:"productId"`   // the tenant's own
	ProductName string `json:"productName"` // its name
	CardNetwork string `json:"cardNetwork"` // such as VISA
}

func tenantOf(t *sandbox.Tenant) Tenant {
	out := Tenant{
		ID: t.ID, Name: t.Name, Example: t.Example, Disabled: t.Disabled, Config: t.Config,
		Products: []TenantProduct{}, Plans: append([]sandbox.AuthPlan{}, t.Plans...),
	}
	for _, p := range t.Products {
		out.Products = append(out.Products, TenantProduct(p))
	}
	return out
}

// listTenants lists the issuers of a sandbox, its own first.
func (a *API) listTenants(_ *http.Request, w *sandbox.World) (any, error) {
	list := List[Tenant]{Items: []Tenant{}}
	for _, t := range w.Tenants {
		list.Items = append(list.Items, tenantOf(t))
	}
	return list, nil
}

func (a *API) getTenant(r *http.Request, w *sandbox.World) (any, error) {
	id := r.PathValue("id")
	for _, t := range w.Tenants {
		if t.ID == id {
			return tenantOf(t), nil
		}
	}
	return nil, problem(http.StatusNotFound, fmt.Sprintf("sandbox %s has no tenant %q", w.ID, id))
}
