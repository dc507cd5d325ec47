package demo

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"cardsim/simulator/clock"
)

// lookupAnswer is what the shop reads of a cmpi_lookup answer.
type lookupAnswer struct {
	ErrorNo, ErrorDesc, TransactionID string
	Enrolled, Status                  string
	ACSURL, StepUpURL, Payload        string
}

// element is one member of a cmpi message.
type element struct{ name, value string }

// cmpi posts a cmpi message, signed, and reads the answer's elements.
func (w *walk) cmpi(ctx context.Context, msgType string, elements []element) (map[string]string, error) {
	stamp := strconv.FormatInt(clock.Machine().UnixMilli(), 10)
	sum := sha256.Sum256([]byte(stamp + w.env["CARDINAL_API_KEY"]))
	head := []element{
		{"MsgType", msgType}, {"Version", "1.7"}, {"TransactionType", "C"}, {"Algorithm", "SHA-256"},
		{"Identifier", w.env["CARDINAL_IDENTIFIER"]}, {"OrgUnit", w.env["CARDINAL_ORG_UNIT"]},
		{"Signature", base64.StdEncoding.EncodeToString(sum[:])}, {"Timestamp", stamp},
	}
	var msg strings.Builder
	msg.WriteString("<CardinalMPI>")
	for _, e := range append(head, elements...) {
		msg.WriteString("<" + e.name + ">")
		_ = xml.EscapeText(&msg, []byte(e.value)) // a Builder takes every write
		msg.WriteString("</" + e.name + ">")
	}
	msg.WriteString("</CardinalMPI>")
	a, err := w.do(ctx, message{
		method: http.MethodPost, url: w.env["CARDINAL_URL"], contentType: "application/x-www-form-urlencoded",
		body: []byte(url.Values{"cmpi_msg": {msg.String()}}.Encode()),
	})
	if err != nil {
		return nil, err
	}
	if a.status != http.StatusOK {
		return nil, failed(msgType, a.status, a.body)
	}
	return elementsOf(a.body)
}

func elementsOf(body []byte) (map[string]string, error) {
	var doc struct {
		Items []struct {
			XMLName xml.Name
			Value   string `xml:",chardata"`
		} `xml:",any"`
	}
	if err := xml.Unmarshal(body, &doc); err != nil {
		return nil, fmt.Errorf("Cardinal answered no XML: %w", err) //nolint:staticcheck // a company's name
	}
	out := map[string]string{}
	for _, i := range doc.Items {
		out[i.XMLName.Local] = i.Value
	}
	return out, nil
}

// lookUp is the first message of 3-D Secure; the answer may be anything.
func (w *walk) lookUp(ctx context.Context) error {
	w.print.step("Step 1", "shop → Cardinal: authenticate the cardholder (cmpi_lookup)")
	w.lookup, w.claim = lookupAnswer{}, claim{}
	m, err := w.cmpi(ctx, "cmpi_lookup", []element{
		{"OrderNumber", w.order}, {"Amount", "12345"}, {"CurrencyCode", "978"},
		{"CardNumber", w.card}, {"CardExpMonth", "01"}, {"CardExpYear", strconv.Itoa(w.expYear)},
		{"BillingFirstName", "Ada"}, {"BillingLastName", "Tester"}, {"BillingAddress1", "Gammel Havn 1"}, {"BillingCity", "Aalborg"},
		{"BillingPostalCode", "9000"}, {"BillingCountryCode", "208"}, {"DFReferenceId", "df-" + w.order}, {"DeviceChannel", "Browser"},
		{"ACSWindowSize", "03"},
	})
	if err != nil {
		return err
	}
	w.lookup = lookupAnswer{
		ErrorNo: m["ErrorNo"], ErrorDesc: m["ErrorDesc"], TransactionID: m["TransactionId"], Enrolled: m["Enrolled"], Status: m["PAResStatus"],
		ACSURL: m["ACSUrl"], StepUpURL: m["StepUpUrl"], Payload: m["Payload"],
	}
	w.claim = claimOf(m)
	return nil
}

// look is the lookup of the plain demo, which leads to a challenge.
func (w *walk) look(ctx context.Context) error {
	if err := w.lookUp(ctx); err != nil {
		return err
	}
	if w.lookup.ErrorNo != "0" || w.lookup.Status != "C" || w.lookup.StepUpURL == "" {
		return fmt.Errorf("look the card up: ErrorNo %s %s, Enrolled %s, PAResStatus %s: a challenge was expected", w.lookup.ErrorNo, w.lookup.ErrorDesc, w.lookup.Enrolled, w.lookup.Status)
	}
	w.print.note("enrolled, and the issuer wants a challenge: the browser goes to StepUpUrl")
	return nil
}

// result fetches what came of the challenge; the answer may be anything.
func (w *walk) result(ctx context.Context) (map[string]string, error) {
	w.print.step("Step 2", "shop → Cardinal: the authentication data (cmpi_authenticate)")
	m, err := w.cmpi(ctx, "cmpi_authenticate", []element{{"TransactionId", w.lookup.TransactionID}})
	if err != nil {
		return nil, err
	}
	w.claim = claimOf(m)
	return m, nil
}

// authenticate is the result of the plain demo, which is a good one.
func (w *walk) authenticate(ctx context.Context) error {
	m, err := w.result(ctx)
	if err != nil {
		return err
	}
	if m["ErrorNo"] != "0" || m["SignatureVerification"] != "Y" || m["PAResStatus"] != "Y" {
		return fmt.Errorf("authenticate: ErrorNo %s, SignatureVerification %s, PAResStatus %s", m["ErrorNo"], m["SignatureVerification"], m["PAResStatus"])
	}
	w.print.note("ErrorNo 0, SignatureVerification Y, PAResStatus Y: ECI %s and a CAVV for EUR 123.45", w.claim.eci)
	return nil
}
