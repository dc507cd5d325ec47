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
)

// Options say which simulator to walk through and where to print.
type Options struct {
	URL        string // root of the providers' APIs; empty: as the admin API says
	AdminURL   string // root of the admin API, which tells the credentials
	AdminToken string
	Out        io.Writer
	// Fresh makes order numbers that no earlier run used; without it they are
	// always the same, for a simulator that was started empty.
	Fresh bool
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

	order   string // the shop's order number
	expYear int

	lookup lookupAnswer
	auth   authAnswer
	token  token
	crypto cryptogram
}

// Run walks the payment and prints each call and answer. It returns nil only
// when the acquirer authorised.
func Run(ctx context.Context, o Options) error {
	w := &walk{
		admin: &admin{base: strings.TrimRight(o.AdminURL, "/"), token: o.AdminToken},
		http:  &http.Client{Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		print: &printer{out: o.Out},
		order: "DEMO-0001",
		url:   o.URL,
	}
	if o.Fresh {
		w.order = "DEMO-" + rand.Text()[:12]
	}
	if err := w.prepare(ctx); err != nil {
		return err
	}
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

// prepare asks the simulator for the credentials of its default sandbox.
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
	w.print.secret(demoCard, w.env["CARDTOKENS_API_KEY"], w.env["CARDINAL_API_KEY"], w.env["ACEHUB_PASSWORD"], w.env["CIPHER_AUTH_TOKEN"])
	w.print.begin(w.env["CARDSIM_URL"])
	return nil
}

// failed says what a provider answered instead of what the story needs.
func failed(step string, status int, body []byte) error {
	return fmt.Errorf("%s: the answer was HTTP %d %s", step, status, strings.TrimSpace(string(body)))
}
