package cipher

import (
	"net/http"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
)

// Prefix is where Cipher's paths begin. The vendor's page prints bare paths and
// no host (reference cipher-acs.md A1, unknown).
const Prefix = "/tenants/"

// Provider is Cipher.
type Provider struct{}

// New makes the provider.
func New() *Provider { return &Provider{} }

// Name is the first part of the operation ids.
func (p *Provider) Name() string { return "cipher" }

// Routes are the five calls of seed 004 (documented).
func (p *Provider) Routes() []provider.Route {
	return []provider.Route{
		{Method: http.MethodPost, Pattern: "/tenants/{tenantId}/cards", Operation: createCard()},
		{Method: http.MethodPatch, Pattern: "/tenants/{tenantId}/cards/{cardId}", Operation: updateCard()},
		{Method: http.MethodGet, Pattern: "/tenants/{tenantId}", Operation: getTenant()},
		{Method: http.MethodGet, Pattern: "/tenants/{tenantId}/cardHolders/{cardHolderId}", Operation: getHolder()},
		{Method: http.MethodPatch, Pattern: "/tenants/{tenantId}/cardHolders/{cardHolderId}/identities", Operation: updateHolder()},
	}
}

// Envelope does nothing: Cipher's body is the request itself.
func (p *Provider) Envelope(*provider.Call) error { return nil }

// Identify finds the sandbox by the tenant in the path. A tenant is a resource:
// an unknown one is not found whatever the credentials mode (interface §2). Its
// id is a number in every table and sample (reference cipher-acs.md A9.1).
func (p *Provider) Identify(c *provider.Call) error {
	id := c.Request.Vars.Get("tenantId")
	world, tenant, ok := c.Worlds().ByTenant(id)
	switch {
	case ok:
		c.Envelope = tenant
		c.In(world)
		return nil
	case !core.AllDigits(id):
		return core.Errf(core.CodeInvalid, "tenantId", "a tenantId has digits only")
	default:
		return core.Errf(core.CodeNotFound, "tenantId", "no sandbox has tenant %s", id)
	}
}

// tenantOf is the tenant that Identify found.
func tenantOf(c *provider.Call) *sandbox.Tenant {
	tenant, _ := c.Envelope.(*sandbox.Tenant)
	return tenant
}
