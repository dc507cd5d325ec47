package shop

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"cardsim/simulator/clock"
)

// view is an order as a page shows it.
type view struct {
	ID, Card, Product, Amount string
	State                     state
	Result                    string
	Notes                     []string
	Messages                  []Message
	Console                   string

	// The way to the issuer, while a challenge is on.
	Action string
	Fields []field
	Frame  bool
}

// checkoutView is the first page.
type checkoutView struct {
	Product, Amount, Failure string
	Cards                    []testCard
	Console                  string
	Month, Year              int
}

// testCard is a card that the simulator knows, and what it does.
type testCard struct{ PAN, Brand, Summary string }

func (s *Shop) show(w http.ResponseWriter, status int, name string, v any) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_ = s.pages.ExecuteTemplate(w, name, v) // a browser that has gone is no error of ours
}

func (s *Shop) checkout(w http.ResponseWriter, r *http.Request) {
	s.show(w, http.StatusOK, "checkout.html", s.checkoutView(r, ""))
}

func (s *Shop) checkoutView(r *http.Request, failure string) checkoutView {
	return checkoutView{
		Product: product, Amount: currency + " " + amount, Failure: failure, Cards: s.testCards(r), Console: s.ConsoleURL,
		Month: 1, Year: clock.Machine().Year() + 3,
	}
}

// testCards are asked of the simulator: a real shop has none.
func (s *Shop) testCards(r *http.Request) []testCard {
	address := s.Env["CARDSIM_ADMIN_URL"] + "/api/v1/sandboxes/" + s.Env["CARDSIM_SANDBOX"] + "/cards"
	req, err := http.NewRequestWithContext(r.Context(), http.MethodGet, address, nil)
	if err != nil {
		return nil
	}
	if s.AdminToken != "" {
		req.Header.Set("Authorization", "Bearer "+s.AdminToken)
	}
	resp, err := s.http.Do(req)
	if err != nil {
		return nil
	}
	defer func() { _ = resp.Body.Close() }()
	var list struct{ Items []testCard }
	if json.NewDecoder(resp.Body).Decode(&list) != nil {
		return nil
	}
	known := list.Items[:0]
	for _, c := range list.Items {
		if c.PAN != "" {
			known = append(known, c)
		}
	}
	return known
}

// pay begins an order.
func (s *Shop) pay(w http.ResponseWriter, r *http.Request) {
	c, problem := readCard(r)
	if problem != "" {
		s.show(w, http.StatusUnprocessableEntity, "checkout.html", s.checkoutView(r, problem))
		return
	}
	o := s.orders.open()
	o.Frame = r.PostFormValue("window") != "page"
	o.Card = "card ••" + c.Number[len(c.Number)-4:]
	o.secret(c.Number, c.SecurityCode, s.Env["CARDINAL_API_KEY"], s.Env["ACEHUB_PASSWORD"])
	challenge, err := s.start(r.Context(), o, c)
	switch {
	case err != nil:
		o.end(failed, sentence(err))
	case challenge:
		s.send3DS(w, o)
		return
	default:
		s.complete(r, o)
	}
	http.Redirect(w, r, "/order/"+o.ID, http.StatusSeeOther)
}

// send3DS shows the page on which the cardholder meets the issuer.
func (s *Shop) send3DS(w http.ResponseWriter, o *Order) {
	action, fields, err := s.journey(o)
	if err != nil {
		o.end(failed, sentence(err))
	}
	v, _ := o.snapshot()
	v.Action, v.Fields, v.Frame, v.Console = action, fields, o.Frame, s.ConsoleURL
	s.show(w, http.StatusOK, "challenge.html", v)
}

// comeBack takes the cardholder back from the issuer, in the frame or not. A page
// that is sent twice counts once.
func (s *Shop) comeBack(w http.ResponseWriter, r *http.Request) {
	o, ok := s.orders.find(r.PostFormValue("MD"))
	if !ok {
		s.show(w, http.StatusNotFound, "missing.html", nil)
		return
	}
	o.once.Do(func() {
		if err := s.authenticated(r.Context(), o, r.PostFormValue("PaRes")); err != nil {
			o.end(failed, sentence(err))
			return
		}
		s.complete(r, o)
	})
	s.show(w, http.StatusOK, "return.html", view{ID: o.ID})
}

// complete takes an order that is free to go to its end.
func (s *Shop) complete(r *http.Request, o *Order) {
	if err := s.finish(r.Context(), o); err != nil {
		o.end(failed, sentence(err))
		return
	}
	liability := "The shop bears the risk."
	if o.secure.CAVV != "" {
		liability = "Liability is with the issuer."
	}
	o.end(paid, "Paid. "+liability)
}

func (s *Shop) order(w http.ResponseWriter, r *http.Request) { s.showOrder(w, r, "order.html") }

func (s *Shop) messages(w http.ResponseWriter, r *http.Request) { s.showOrder(w, r, "messages") }

func (s *Shop) showOrder(w http.ResponseWriter, r *http.Request, page string) {
	o, ok := s.orders.find(r.PathValue("id"))
	if !ok {
		s.show(w, http.StatusNotFound, "missing.html", nil)
		return
	}
	v, _ := o.snapshot()
	v.Console = s.ConsoleURL
	s.show(w, http.StatusOK, page, v)
}

// events tells the page that there is a new message.
func (s *Shop) events(w http.ResponseWriter, r *http.Request) {
	o, ok := s.orders.find(r.PathValue("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	flush := http.NewResponseController(w)
	for {
		v, changed := o.snapshot()
		if _, err := fmt.Fprintf(w, "data: %s %d\n\n", v.State, len(v.Messages)); err != nil || flush.Flush() != nil {
			return
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		}
	}
}

// readCard reads what the customer typed.
func readCard(r *http.Request) (c Card, problem string) {
	c.Number = strings.NewReplacer(" ", "", "-", "").Replace(r.PostFormValue("number"))
	c.SecurityCode, c.Holder = strings.TrimSpace(r.PostFormValue("cvc")), strings.TrimSpace(r.PostFormValue("holder"))
	if len(c.Number) < 12 || len(c.Number) > 19 || strings.Trim(c.Number, "0123456789") != "" {
		return c, "A card number has 12 to 19 digits."
	}
	var err error
	if c.Month, err = strconv.Atoi(r.PostFormValue("month")); err != nil || c.Month < 1 || c.Month > 12 {
		return c, "The month is a number from 1 to 12."
	}
	if c.Year, err = strconv.Atoi(r.PostFormValue("year")); err != nil || c.Year < 2000 || c.Year > 2099 {
		return c, "The year has four digits."
	}
	if l := len(c.SecurityCode); l < 3 || l > 4 || strings.Trim(c.SecurityCode, "0123456789") != "" {
		return c, "The security code has three or four digits."
	}
	return c, ""
}

// sentence is an error as the customer reads it.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}
