package shop

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"cardsim/simulator/clock"
)

// secure is what 3-D Secure has said so far.
type secure struct {
	TransactionID, Version        string
	ACSURL, StepUpURL, Payload    string
	Status, Signature             string
	ECI, CAVV, XID, DSTransaction string
}

// liable says that there is something to show the acquirer.
func (x secure) liable() bool { return x.Status == "Y" || x.Status == "A" }

// emv says that this is 3-D Secure 2.
func (x secure) emv() bool { return strings.HasPrefix(x.Version, "2") || x.StepUpURL != "" }

// element is one member of a cmpi message.
type element struct{ name, value string }

// lookup asks whether the issuer wants to see the cardholder.
func (s *Shop) lookup(ctx context.Context, o *Order, c Card) error {
	m, err := s.cmpi(ctx, o, "cmpi_lookup", []element{
		{"OrderNumber", o.ID}, {"Amount", minor}, {"CurrencyCode", numeric}, {"CardNumber", c.Number},
		{"CardExpMonth", fmt.Sprintf("%02d", c.Month)}, {"CardExpYear", strconv.Itoa(c.Year)}, {"DFReferenceId", "df-" + o.ID}, {"DeviceChannel", "Browser"},
		{"BillingFirstName", "Ada"}, {"BillingLastName", "Tester"}, {"BillingAddress1", "Gammel Havn 1"}, {"BillingCity", "Aalborg"},
		{"BillingPostalCode", "9000"}, {"BillingCountryCode", "208"},
	})
	if err != nil {
		return err
	}
	if m["ErrorNo"] != "0" && m["ErrorNo"] != "" {
		o.say("3-D Secure answered error " + m["ErrorNo"] + ": the shop goes on without it.")
	}
	o.secure = secure{
		TransactionID: m["TransactionId"], Version: m["ThreeDSVersion"], ACSURL: m["ACSUrl"], StepUpURL: m["StepUpUrl"], Payload: m["Payload"],
		Status: m["PAResStatus"], ECI: m["EciFlag"], CAVV: m["Cavv"], XID: m["Xid"], DSTransaction: m["DSTransactionId"],
	}
	if m["Enrolled"] == "Y" && o.secure.ACSURL != "" && o.secure.Status == "" { // 3-D Secure 1.0 says it so
		o.secure.Status = "C"
	}
	o.secret(o.secure.CAVV)
	return nil
}

// authenticate fetches the result of a challenge; a PaRes is 3-D Secure 1.0's.
func (s *Shop) authenticate(ctx context.Context, o *Order, paRes string) error {
	elements := []element{{"TransactionId", o.secure.TransactionID}}
	if paRes != "" {
		elements = append(elements, element{"PAResPayload", paRes})
	}
	m, err := s.cmpi(ctx, o, "cmpi_authenticate", elements)
	if err != nil {
		return err
	}
	if m["ErrorNo"] != "0" && m["ErrorNo"] != "" {
		return fmt.Errorf("3-D Secure could not finish: error %s", m["ErrorNo"])
	}
	x := &o.secure
	x.Status, x.Signature, x.ECI, x.CAVV = m["PAResStatus"], m["SignatureVerification"], m["EciFlag"], m["Cavv"]
	if m["Xid"] != "" {
		x.XID = m["Xid"]
	}
	if m["DSTransactionId"] != "" {
		x.DSTransaction = m["DSTransactionId"]
	}
	o.secret(x.CAVV)
	return nil
}

// cmpi sends one message: XML in a form field, signed by SHA-256 of timestamp and
// API key.
func (s *Shop) cmpi(ctx context.Context, o *Order, name string, elements []element) (map[string]string, error) {
	stamp := strconv.FormatInt(clock.Machine().UnixMilli(), 10)
	sum := sha256.Sum256([]byte(stamp + s.Env["CARDINAL_API_KEY"]))
	head := []element{
		{"MsgType", name}, {"Version", "1.7"}, {"TransactionType", "C"}, {"Algorithm", "SHA-256"}, {"Identifier", s.Env["CARDINAL_IDENTIFIER"]},
		{"OrgUnit", s.Env["CARDINAL_ORG_UNIT"]}, {"Signature", base64.StdEncoding.EncodeToString(sum[:])}, {"Timestamp", stamp},
	}
	var b strings.Builder
	for _, e := range append(head, elements...) {
		b.WriteString("<" + e.name + ">")
		_ = xml.EscapeText(&b, []byte(e.value)) // a Builder takes every write
		b.WriteString("</" + e.name + ">\n")
	}
	msg := "<CardinalMPI>\n" + b.String() + "</CardinalMPI>"
	_, body, err := s.send(ctx, o, call{
		company: "Cardinal", name: name, url: s.Env["CARDINAL_URL"], contentType: "application/x-www-form-urlencoded",
		body: []byte(url.Values{"cmpi_msg": {msg}}.Encode()),
	})
	if err != nil {
		return nil, err
	}
	var doc struct {
		Items []struct {
			XMLName xml.Name
			Value   string `xml:",chardata"`
		} `xml:",any"`
	}
	if err := xml.Unmarshal(body, &doc); err != nil {
		return nil, fmt.Errorf("Cardinal answered something that cannot be read: %w", err) //nolint:staticcheck // a company's name
	}
	out := map[string]string{}
	for _, i := range doc.Items {
		out[i.XMLName.Local] = i.Value
	}
	return out, nil
}

// journey is where the browser goes for the challenge, and with what: Cardinal's
// step-up page for 3-D Secure 2, the issuer itself for 1.0.
func (s *Shop) journey(o *Order) (action string, fields []field, err error) {
	back := s.URL + "/return"
	if !o.secure.emv() {
		return o.secure.ACSURL, []field{{"PaReq", o.secure.Payload}, {"TermUrl", back}, {"MD", o.ID}}, nil
	}
	claims, err := json.Marshal(map[string]any{
		"jti": o.ID, "iat": clock.Machine().Unix(), "iss": s.Env["CARDINAL_IDENTIFIER"], "OrgUnitId": s.Env["CARDINAL_ORG_UNIT"],
		"ReferenceId": "df-" + o.ID, "ReturnUrl": back, "ObjectifyPayload": true,
		"Payload": map[string]string{"ACSUrl": o.secure.ACSURL, "Payload": o.secure.Payload, "TransactionId": o.secure.TransactionID},
	})
	if err != nil {
		return "", nil, fmt.Errorf("write the claims: %w", err)
	}
	enc := base64.RawURLEncoding
	signed := enc.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + enc.EncodeToString(claims)
	mac := hmac.New(sha256.New, []byte(s.Env["CARDINAL_API_KEY"]))
	_, _ = mac.Write([]byte(signed)) // a hash takes every write
	return o.secure.StepUpURL, []field{{"JWT", signed + "." + enc.EncodeToString(mac.Sum(nil))}, {"MD", o.ID}}, nil
}

// field is a hidden field of a form.
type field struct{ Name, Value string }
