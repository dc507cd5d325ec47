package demo

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"cardsim/simulator/clock"
)

// returnURL is where a shop would receive its customer back.
const returnURL = "http://shop.example/return"

// testCode is Cardinal's for its test cards (reference cardinal.md §11.2).
const testCode = "1234"

// form is the first form of a page: what a browser would send.
type form struct {
	action, method string
	fields         url.Values
}

// maxPages is how many pages the browser sees before it is lost.
const maxPages = 8

// challenge is the cardholder's part: the browser follows the forms, the
// cardholder types the code where one is asked for.
func (w *walk) challenge(ctx context.Context) error {
	w.print.step("Step 1", "browser → issuer: the challenge (step-up page, then the bank's own page)")
	token, err := w.stepUpJWT()
	if err != nil {
		return err
	}
	page, err := w.post(ctx, w.lookup.StepUpURL, url.Values{"JWT": {token}, "MD": {w.order}})
	for n := 1; err == nil && page.action != returnURL && n < maxPages; n++ {
		if page.asks() {
			if err = w.typeCode(ctx, page); err != nil {
				return err
			}
		}
		page, err = w.post(ctx, page.action, page.fields)
	}
	if err != nil {
		return err
	}
	if page.action != returnURL || page.fields.Get("TransactionId") != w.lookup.TransactionID {
		return fmt.Errorf("the browser came back to %s with %v", page.action, page.fields)
	}
	w.print.note("back at the shop: POST %s with TransactionId %s and MD %s", page.action, page.fields.Get("TransactionId"), page.fields.Get("MD"))
	return nil
}

// asks says that the form wants a code.
func (f form) asks() bool { return f.fields.Has("otp") }

// typeCode fills the form in as the cardholder does.
func (w *walk) typeCode(ctx context.Context, page form) error {
	code, err := w.code(ctx)
	if err != nil {
		return err
	}
	page.fields.Set("otp", code)
	page.fields.Set("action", "submit")
	return nil
}

// code is what the cardholder reads on the phone: the outbox. A card that no
// bank has enrolled takes the published test code (decisions 14).
func (w *walk) code(ctx context.Context) (string, error) {
	if w.cardID == "" {
		w.print.note("the card is not enrolled: its cardholder types the test code")
		return testCode, nil
	}
	var messages struct {
		Items []struct{ To, Text, Code string }
	}
	if err := w.admin.get(ctx, "/messages?channel=sms", &messages); err != nil {
		return "", err
	}
	if len(messages.Items) == 0 || messages.Items[0].Code == "" {
		return "", errors.New("no one-time password is in the outbox")
	}
	m := messages.Items[0]
	w.print.secret(m.Code)
	w.print.note("text message to %s: the cardholder reads the code in the outbox and types it", m.To)
	return m.Code, nil
}

// post sends a form as a browser would and reads the form of the next page.
func (w *walk) post(ctx context.Context, action string, fields url.Values) (form, error) {
	m := message{method: http.MethodPost, url: action, contentType: "application/x-www-form-urlencoded", body: []byte(fields.Encode())}
	w.print.sent(m.method, pathOf(action), m.contentType, m.body)
	a, err := w.send(ctx, m)
	if err != nil {
		w.print.line("     < no whole answer: %s", cause(err))
		return form{}, errors.Join(err, w.tell(ctx))
	}
	w.print.line("     < HTTP %d, a page", a.status)
	if err := w.tell(ctx); err != nil {
		return form{}, err
	}
	if a.status != http.StatusOK {
		return form{}, failed("the browser's form to "+pathOf(action), a.status, a.body)
	}
	return firstForm(action, a.body)
}

// firstForm reads the first form of a page and resolves its address.
func firstForm(page string, body []byte) (form, error) {
	dec := xml.NewDecoder(bytes.NewReader(body))
	dec.Strict, dec.AutoClose, dec.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	f, inside := form{fields: url.Values{}}, false
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return f, fmt.Errorf("read the page of %s: %w", page, err)
		}
		el, ok := tok.(xml.StartElement)
		switch {
		case !ok:
		case el.Name.Local == "form" && !inside:
			inside, f.action, f.method = true, attr(el, "action"), attr(el, "method")
		case el.Name.Local == "input" && inside && attr(el, "name") != "":
			f.fields.Add(attr(el, "name"), attr(el, "value"))
		}
	}
	if !inside {
		return f, fmt.Errorf("the page of %s has no form", page)
	}
	base, err := url.Parse(page)
	if err != nil {
		return f, fmt.Errorf("read the address %s: %w", page, err)
	}
	target, err := base.Parse(f.action)
	if err != nil {
		return f, fmt.Errorf("read the form's address %s: %w", f.action, err)
	}
	f.action = target.String()
	return f, nil
}

func attr(el xml.StartElement, name string) string {
	for _, a := range el.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// stepUpJWT is the claim that Cardinal's step-up page wants (reference
// cardinal.md §5.2), signed with the API key.
func (w *walk) stepUpJWT() (string, error) {
	claims, err := json.Marshal(map[string]any{
		"jti": "demo-" + w.order, "iat": clock.Machine().Unix(), "iss": w.env["CARDINAL_IDENTIFIER"], "OrgUnitId": w.env["CARDINAL_ORG_UNIT"],
		"ReferenceId": "df-" + w.order, "ReturnUrl": returnURL, "ObjectifyPayload": true,
		"Payload": map[string]string{"ACSUrl": w.lookup.ACSURL, "Payload": w.lookup.Payload, "TransactionId": w.lookup.TransactionID},
	})
	if err != nil {
		return "", fmt.Errorf("encode the claims: %w", err)
	}
	enc := base64.RawURLEncoding
	signed := enc.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + enc.EncodeToString(claims)
	mac := hmac.New(sha256.New, []byte(w.env["CARDINAL_API_KEY"]))
	_, _ = io.Copy(mac, strings.NewReader(signed)) // a hash takes every write
	return signed + "." + enc.EncodeToString(mac.Sum(nil)), nil
}
