package demo

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"cardsim/scenarios"
)

// Options say which simulator to walk through and where to print.
type Options struct {
	URL        string // root of the providers' APIs; empty: as the admin API says
	AdminURL   string // root of the admin API, which tells the credentials
	AdminToken string
	Out        io.Writer
	// Fresh makes order numbers that no earlier run used, and for a story a
	// sandbox of its own; without it they are always the same, for a simulator
	// that was started empty.
	Fresh bool
	// Words says what a rule of a scenario asked for, in a story; nil prints the
	// rule's name alone.
	Words func(*scenarios.Decision) string
}

// ErrNotAuthorised says that the acquirer did not approve.
var ErrNotAuthorised = errors.New("the payment was not authorised")

// The card of the demo: Cardinal's case 9, challenge then success (reference
// cardinal.md §11.2).
const (
	demoCard  = "4000000000001091"
	demoHold  = "Ada Tester"
	demoPhone = "+4512345678"
)

// walk is one run of the demo: what the shop knows so far.
type walk struct {
	env   map[string]string
	url   string // overrides what the admin API says; empty: it does not
	admin *admin
	http  *http.Client
	print *printer
	story *telling // nil in the plain demo

	card    string // the number that the customer typed
	expYear int
	series  string // what all order numbers of the run begin with
	orders  int
	order   string // the shop's order number
	attempt int    // payments tried for this order before, each with its tracking code

	vector, cardID string // of the card at its issuer
	lookup         lookupAnswer
	claim          claim
	token          token
	crypto         cryptogram
	payment        string // AceHub's id of the payment that was made last
	follow         int    // captures and refunds so far, each with its tracking code
}

// patience is how long the shop waits for an answer in the plain demo.
const patience = 30 * time.Second

func newWalk(o Options) *walk {
	w := &walk{
		admin:  &admin{base: strings.TrimRight(o.AdminURL, "/"), token: o.AdminToken, sandbox: "default"},
		http:   &http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		print:  &printer{out: o.Out},
		card:   demoCard,
		vector: "DEMO-1",
		orders: 1,
		url:    o.URL,
	}
	if o.Fresh {
		w.series = rand.Text()[:12]
	}
	w.order = orderNumber(w.series, w.orders)
	return w
}

// orderNumber is the shop's n-th order of a run: DEMO-0001, or in a series
// DEMO-SERIES, DEMO-SERIES-2.
func orderNumber(series string, n int) string {
	switch {
	case series == "":
		return fmt.Sprintf("DEMO-%04d", n)
	case n == 1:
		return "DEMO-" + series
	}
	return fmt.Sprintf("DEMO-%s-%d", series, n)
}

// Run walks the payment and prints each call and answer. It returns nil only
// when the acquirer authorised.
func Run(ctx context.Context, o Options) error {
	w := newWalk(o)
	if err := w.prepare(ctx); err != nil {
		return err
	}
	w.print.begin(w.env["CARDSIM_URL"])
	for _, step := range []func(context.Context) error{
		w.enrol, w.tokenise, w.look, w.challenge, w.authenticate, w.getCryptogram, w.authorise,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	w.print.end(w.order)
	return w.print.err
}

// prepare asks the simulator for the credentials of the sandbox.
func (w *walk) prepare(ctx context.Context) error {
	var s struct{ Env map[string]string }
	if err := w.admin.get(ctx, "", &s); err != nil {
		return err
	}
	var clock struct{ Now time.Time }
	if err := w.admin.get(ctx, "/clock", &clock); err != nil {
		return err
	}
	w.env, w.expYear = s.Env, clock.Now.Year()+3
	if told := w.env["CARDSIM_URL"]; w.url != "" {
		for name, value := range w.env {
			if rest, ok := strings.CutPrefix(value, told); ok && strings.HasSuffix(name, "_URL") {
				w.env[name] = w.url + rest
			}
		}
	}
	w.print.secret(w.card, w.env["CARDTOKENS_API_KEY"], w.env["CARDINAL_API_KEY"], w.env["ACEHUB_PASSWORD"], w.env["CIPHER_AUTH_TOKEN"])
	return nil
}

// failed says what a provider answered instead of what the story needs.
func failed(step string, status int, body []byte) error {
	return &refusedError{step, status, body}
}

// refusedError is a provider's no.
type refusedError struct {
	step   string
	status int
	body   []byte
}

func (e *refusedError) Error() string {
	return fmt.Sprintf("%s: the answer was HTTP %d %s", e.step, e.status, strings.TrimSpace(string(e.body)))
}
