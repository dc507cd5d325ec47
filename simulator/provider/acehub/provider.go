package acehub

import (
	"net/http"

	"cardsim/simulator/provider"
	"cardsim/simulator/threeds"
)

// Prefix is where AceHub lives, in any case of its letters (reference acehub.md
// §1.1, inferred from the vendor's own spellings).
const Prefix = "/gateway/v3/"

// The operation ids of interface §6 that are served, and ours for the pages that
// send a browser on.
const (
	opTokenCreate   = "acehub.token.create"
	opTokenGet      = "acehub.token.get"
	opPaymentCreate = "acehub.payment.create"
	opPaymentGet    = "acehub.payment.get"
	opPaymentFind   = "acehub.payment.find"
	opCapture       = "acehub.payment.capture"
	opCancel        = "acehub.payment.cancel"
	opRefund        = "acehub.payment.refund"
	opRedirect      = "acehub.redirect" // *ours*
)

// Provider is AceHub. New makes one; it is safe for concurrent use.
type Provider struct {
	signing threeds.Signing
}

// New makes the provider. signing is the issuer's, whose signatures the
// gateway's own 3-D Secure trusts.
func New(signing threeds.Signing) *Provider { return &Provider{signing: signing} }

// Name is the first part of the operation ids.
func (p *Provider) Name() string { return "acehub" }

// Routes lists the paths of reference acehub.md §1.2: those of payments are
// documented, those of tokens inferred, those below web ours.
func (p *Provider) Routes() []provider.Route {
	post, get := http.MethodPost, http.MethodGet
	return []provider.Route{
		{Method: post, Pattern: Prefix + "payments", Operation: p.createPayment()},
		{Method: get, Pattern: Prefix + "payments", Operation: findPayment()},
		{Method: get, Pattern: Prefix + "payments/{id}", Operation: getPayment()},
		{Method: post, Pattern: Prefix + "payments/{id}/capture", Operation: capture()},
		{Method: post, Pattern: Prefix + "payments/{id}/cancel", Operation: cancel()},
		{Method: post, Pattern: Prefix + "payments/{id}/refund", Operation: refund()},
		{Method: post, Pattern: Prefix + "tokens", Operation: createToken()},
		{Method: post, Pattern: Prefix + "tokenize", Operation: createToken()},
		{Method: get, Pattern: Prefix + "tokens/{token}", Operation: getToken()},
		{Method: post, Pattern: Prefix + "web/3ds/{id}", Operation: p.authenticated()},
		{Method: get, Pattern: Prefix + "web/{supplier}/{id}", Operation: supplied()},
		{Method: post, Pattern: Prefix + "web/{supplier}/{id}", Operation: supplied()},
	}
}
