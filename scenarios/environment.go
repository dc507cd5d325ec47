package scenarios

// environment is what conditions see of a request (interface §7). Its tags are the
// names that people write.
type environment struct {
	Request  map[string]any    `expr:"request"`
	Headers  map[string]string `expr:"headers"`
	Query    map[string]string `expr:"query"`
	Card     cardView          `expr:"card"`
	Merchant string            `expr:"merchant"`
	Amount   float64           `expr:"amount"`
	Minor    int               `expr:"minor"`
	Currency string            `expr:"currency"`
	Flow     string            `expr:"flow"`
	Call     int               `expr:"call"`
	Sandbox  string            `expr:"sandbox"`

	last recollection
}

// cardView is the card in conditions: the underlying one (decisions 4).
type cardView struct {
	Brand  string `expr:"brand"`
	Bin    string `expr:"bin"`
	Last4  string `expr:"last4"`
	Issuer string `expr:"issuer"`
}

// cardNames are the members of the card.
var cardNames = []string{"brand", "bin", "last4", "issuer"}

// environmentNames are the names of the environment, for suggestions.
var environmentNames = []string{
	"request", "headers", "query", "card", "merchant", "amount", "minor", "currency", "flow", "call", "sandbox",
}

// newEnvironment lays a request out for conditions, without its documents.
func newEnvironment(in *Input) environment {
	amount := 0.0
	if in.Money.Currency != "" {
		amount = in.Money.Float()
	}
	return environment{
		Card:     cardView{Brand: string(in.Card.Brand), Bin: in.Card.First6, Last4: in.Card.Last4, Issuer: in.Issuer},
		Merchant: in.Merchant, Amount: amount, Minor: int(in.Money.Minor), Currency: in.Money.Currency,
		Sandbox: in.Sandbox,
	}
}
