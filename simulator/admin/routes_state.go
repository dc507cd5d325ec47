package admin

import "net/http"

// stateRoutes show what exists, for people and tests.
func (a *API) stateRoutes() []Route {
	return []Route{
		{
			Method: http.MethodGet, Path: inSandbox + "/tokens", ID: "listTokens", Tag: tagState,
			Summary: "The network tokens, newest first.", Query: filters("card", "flow", "status"), Answer: List[Token]{}, serve: a.world(a.listTokens),
		}, {
			Method: http.MethodGet, Path: inSandbox + "/tokens/{id}", ID: "getToken", Tag: tagState,
			Summary: "One network token, by its tokenid.", Answer: Token{}, serve: a.world(a.getToken),
		}, {
			Method: http.MethodGet, Path: inSandbox + "/transactions", ID: "listTransactions", Tag: tagState,
			Summary: "The 3-D Secure transactions, newest first.", Query: filters("card", "flow", "status"), Answer: List[Transaction]{}, serve: a.world(a.listTransactions),
		}, {
			Method: http.MethodGet, Path: inSandbox + "/transactions/{id}", ID: "getTransaction", Tag: tagState,
			Summary: "One 3-D Secure transaction, by its TransactionId.", Answer: Transaction{}, serve: a.world(a.getTransaction),
		}, {
			Method: http.MethodGet, Path: inSandbox + "/payments", ID: "listPayments", Tag: tagState,
			Summary: "The operations at the acquirer, newest first: payments, authorisations and their follow-ups.",
			Query:   filters("card", "flow", "status"), Answer: List[Payment]{}, serve: a.world(a.listPayments),
		}, {
			Method: http.MethodGet, Path: inSandbox + "/payments/{id}", ID: "getPayment", Tag: tagState,
			Summary: "One operation at the acquirer, by its id.", Answer: Payment{}, serve: a.world(a.getPayment),
		}, {
			Method: http.MethodGet, Path: inSandbox + "/cardholders", ID: "listCardholders", Tag: tagState,
			Summary: "The cards enrolled at the tenants, newest first.", Query: filters("card", "status"), Answer: List[Cardholder]{}, serve: a.world(a.listCardholders),
		}, {
			Method: http.MethodGet, Path: inSandbox + "/cardholders/{id}", ID: "getCardholder", Tag: tagState,
			Summary: "One enrolled card, by its cardId.", Query: []Parameter{{Name: "tenant", Summary: "the tenant's id; the first that has the card unless given"}},
			Answer: Cardholder{}, serve: a.world(a.getCardholder),
		}, {
			Method: http.MethodGet, Path: inSandbox + "/tenants", ID: "listTenants", Tag: tagState,
			Summary: "The issuers of the sandbox: limits, products, plans and the look of their challenge page.",
			Answer:  List[Tenant]{}, serve: a.world(a.listTenants),
		}, {
			Method: http.MethodGet, Path: inSandbox + "/tenants/{id}", ID: "getTenant", Tag: tagState,
			Summary: "One issuer, by its tenant id.", Answer: Tenant{}, serve: a.world(a.getTenant),
		},
	}
}
