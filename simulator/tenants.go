package simulator

import (
	"cardsim/fixtures"
	"cardsim/simulator/sandbox"
)

func tenantOf(f fixtures.Tenant) *sandbox.Tenant {
	t := &sandbox.Tenant{
		ID: f.ID, Name: f.Name, Token: f.Token, Example: f.Example, Disabled: f.State == "DISABLED",
		Config: sandbox.TenantConfig{
			GAID: f.Config.GAID, LogoURL: f.Config.LogoURL, TemplateConfig: f.Config.TemplateConfig,
			AuthExpiryInSeconds: f.Config.AuthExpiryInSeconds,
			ChallengeConfig: sandbox.ChallengeConfig{
				ResendOTPLimit:                 f.Config.ChallengeConfig.ResendOTPLimit,
				IncorrectChallengeAttemptLimit: f.Config.ChallengeConfig.IncorrectChallengeAttemptLimit,
			},
		},
	}
	for _, p := range f.Products {
		t.Products = append(t.Products, sandbox.Product{BIN: p.BIN, ProductID: p.ProductID, ProductName: p.ProductName, CardNetwork: p.CardNetwork})
	}
	for _, p := range f.AuthPlans {
		t.Plans = append(t.Plans, planOf(p))
	}
	return t
}

func planOf(f fixtures.AuthPlan) sandbox.AuthPlan {
	p := sandbox.AuthPlan{AuthPlanID: f.AuthPlanID}
	for _, factor := range f.Factors {
		af := sandbox.AuthFactor{FactorNumber: factor.FactorNumber}
		for _, i := range factor.Identities {
			af.Identities = append(af.Identities, sandbox.AuthIdentity{IdentityType: i.IdentityType})
		}
		p.Factors = append(p.Factors, af)
	}
	return p
}
