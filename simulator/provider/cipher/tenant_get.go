package cipher

import (
	"net/http"

	"cardsim/simulator/issuer"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/wire"
)

// tenantAnswer is the answer of Get Tenant. config is an object and authPlans an
// array, whatever the tables say (reference cipher-acs.md A9.12).
type tenantAnswer struct {
	TenantID  string               `json:"tenantId"`
	Name      string               `json:"name"`
	Config    sandbox.TenantConfig `json:"config"`
	State     string               `json:"state"`
	AuthPlans []sandbox.AuthPlan   `json:"authPlans"`
}

// getTenant is GET /tenants/{tenantId}.
func getTenant() provider.Operation {
	return provider.Make(provider.Op[string, tenantAnswer]{
		Name:     opTenant,
		ReadOnly: true,
		Decode:   func(c *provider.Call) (string, error) { return c.Request.Vars.Get("tenantId"), nil },
		Facts: func(_ *provider.Call, _ *provider.Tx, id string) provider.Facts {
			return provider.Facts{Reference: id}
		},
		Validate: func(c *provider.Call, _ string) error { return forced(c) },
		Run: func(c *provider.Call, _ *provider.Tx, _ string) (tenantAnswer, error) {
			return describe(tenantOf(c)), nil
		},
		Encode: func(c *provider.Call, a tenantAnswer) wire.Response {
			c.Result("ok", "")
			return wire.JSON(http.StatusOK, a)
		},
	})
}

func describe(t *sandbox.Tenant) tenantAnswer {
	a := tenantAnswer{TenantID: t.Outward(), Name: t.Name, Config: t.Config, State: issuer.Enabled, AuthPlans: t.Plans}
	if t.Disabled {
		a.State = issuer.Disabled
	}
	if a.Config.TemplateConfig == nil {
		a.Config.TemplateConfig = map[string]string{}
	}
	if a.AuthPlans == nil {
		a.AuthPlans = []sandbox.AuthPlan{}
	}
	return a
}
