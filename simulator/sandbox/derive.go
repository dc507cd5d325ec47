package sandbox

// DerivedMerchant is the merchant that a sandbox has from the start when nobody
// describes one. Its credentials are drawn from seed and origin alone and never
// stored (decisions 9); their shapes are those the providers print.
func DerivedMerchant(seed uint64, origin string) *Merchant {
	w := &World{draws: newDrawKey(seed, origin)}
	d := w.Draw("credentials", "merchant")
	return &Merchant{
		ID: "own", Name: "Shop " + origin,
		Cardtokens: CardtokensAccount{
			MerchantID: d.Hex32(),
			Keys:       []APIKey{{Key: d.Hex32(), Kind: TestKey}, {Key: d.Hex32(), Kind: LiveKey}},
		},
		AceHub: AceHubAccount{BusinessID: "7" + d.Digits(9), Username: "shop-" + d.Hex32()[:8], Password: d.Alnum(24)},
		Cardinal: CardinalAccount{
			Identifier: d.Hex32()[:24], OrgUnit: d.Hex32()[:24], APIKey: d.UUID(),
			ProcessorID: "7" + d.Digits(5), MerchantID: "shop_" + d.Hex32()[:8], TransactionPwd: d.Alnum(20),
		},
	}
}

// DerivedTenant is the issuer that a sandbox has from the start when nobody
// describes one: the limits are those of seed 004's sample.
func DerivedTenant(seed uint64, origin string) *Tenant {
	w := &World{draws: newDrawKey(seed, origin)}
	d := w.Draw("credentials", "tenant")
	return &Tenant{
		ID: "7" + d.Digits(8), Name: "Bank " + origin, Token: d.Alnum(32),
		Config: TenantConfig{
			GAID: "ga_id_" + origin, LogoURL: "https://bank.example/logo.svg",
			TemplateConfig: map[string]string{
				"bannerBgColor": "#ebebeb", "linkTextColor": "#7d52cd", "activeBtnColor": "#7d52cd", "bannerTextColor": "#222",
				"disabledBtnColor": "#cfcfcf", "primaryTextColor": "#222", "secondaryTextColor": "#030303",
			},
			ChallengeConfig:     ChallengeConfig{ResendOTPLimit: 3, IncorrectChallengeAttemptLimit: 2},
			AuthExpiryInSeconds: 300,
		},
		Products: []Product{
			{BIN: "4", ProductID: "PRO00001", ProductName: "Visa", CardNetwork: "visa"},
			{BIN: "5", ProductID: "PRO00002", ProductName: "Mastercard", CardNetwork: "mastercard"},
			{BIN: "2", ProductID: "PRO00002", ProductName: "Mastercard", CardNetwork: "mastercard"},
			{BIN: "3", ProductID: "PRO00003", ProductName: "Amex", CardNetwork: "amex"},
			{ProductID: "PRO00000", ProductName: "Card", CardNetwork: "visa"},
		},
		Plans: []AuthPlan{
			{AuthPlanID: 1, Factors: []AuthFactor{{FactorNumber: 1, Identities: []AuthIdentity{{IdentityType: "phoneNumber"}}}}},
			{AuthPlanID: 2, Factors: []AuthFactor{{FactorNumber: 1, Identities: []AuthIdentity{{IdentityType: "email"}}}}},
		},
	}
}
