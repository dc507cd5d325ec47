package sandbox

import "encoding/base64"

// Addresses are the roots a client reaches a running simulator by.
type Addresses struct {
	URL      string // providers
	AdminURL string // empty when the admin listener is off
}

// Env is what interface §5 hands out to a program that is to use this sandbox:
// the sandbox's own identities, never the vendors' example ones.
func (w *World) Env(at Addresses, publicKeyPEM []byte) map[string]string {
	m := w.Own()
	env := map[string]string{
		"CARDSIM_URL": at.URL, "CARDSIM_SANDBOX": w.ID,
		"CARDTOKENS_URL":          at.URL,
		"CARDTOKENS_API_KEY":      m.Cardtokens.Key(TestKey),
		"CARDTOKENS_LIVE_API_KEY": m.Cardtokens.Key(LiveKey),
		"CARDTOKENS_MERCHANT_ID":  m.Cardtokens.MerchantID,
		"CARDTOKENS_PUBLIC_KEY":   base64.StdEncoding.EncodeToString(publicKeyPEM),
		"ACEHUB_URL":              at.URL + "/gateway/v3/",
		"ACEHUB_USERNAME":         m.AceHub.Username,
		"ACEHUB_PASSWORD":         m.AceHub.Password,
		"ACEHUB_BUSINESS_ID":      m.AceHub.Outward(),
		"CARDINAL_URL":            at.URL + "/maps/txns.asp",
		"CARDINAL_IDENTIFIER":     m.Cardinal.Identifier,
		"CARDINAL_ORG_UNIT":       m.Cardinal.OrgUnit,
		"CARDINAL_API_KEY":        m.Cardinal.APIKey,
		"CARDINAL_PROCESSOR_ID":   m.Cardinal.ProcessorID,
		"CARDINAL_MERCHANT_ID":    m.Cardinal.MerchantID,

		"CARDINAL_TRANSACTION_PWD": m.Cardinal.TransactionPwd,
		"CIPHER_URL":               at.URL,
	}
	if at.AdminURL != "" {
		env["CARDSIM_ADMIN_URL"] = at.AdminURL
	}
	if t := w.OwnTenant(); t != nil {
		env["CIPHER_TENANT_ID"], env["CIPHER_AUTH_TOKEN"] = t.Outward(), t.Token
	}
	return env
}

// OwnTenant is the sandbox's own issuer: the first tenant that is not one of
// the vendor's examples; nil when it has none.
func (w *World) OwnTenant() *Tenant {
	for _, t := range w.Tenants {
		if !t.Example {
			return t
		}
	}
	return nil
}

// Credentials are the same values grouped by provider, as GET S shows them.
func (w *World) Credentials(at Addresses, publicKeyPEM []byte) map[string]map[string]string {
	env := w.Env(at, publicKeyPEM)
	pick := func(pairs ...string) map[string]string {
		out := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			out[pairs[i]] = env[pairs[i+1]]
		}
		return out
	}
	return map[string]map[string]string{
		"cardtokens": pick("url", "CARDTOKENS_URL", "apiKey", "CARDTOKENS_API_KEY", "liveApiKey", "CARDTOKENS_LIVE_API_KEY", "merchantId", "CARDTOKENS_MERCHANT_ID", "publicKey", "CARDTOKENS_PUBLIC_KEY"),
		"acehub":     pick("url", "ACEHUB_URL", "businessId", "ACEHUB_BUSINESS_ID", "username", "ACEHUB_USERNAME", "password", "ACEHUB_PASSWORD"),
		"cardinal": pick("url", "CARDINAL_URL", "identifier", "CARDINAL_IDENTIFIER", "orgUnit", "CARDINAL_ORG_UNIT", "apiKey", "CARDINAL_API_KEY",
			"processorId", "CARDINAL_PROCESSOR_ID", "merchantId", "CARDINAL_MERCHANT_ID", "transactionPwd", "CARDINAL_TRANSACTION_PWD"),
		"cipher": pick("url", "CIPHER_URL", "tenantId", "CIPHER_TENANT_ID", "token", "CIPHER_AUTH_TOKEN"),
	}
}
