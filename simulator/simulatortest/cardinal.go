package simulatortest

import (
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

// Elements are the members of a cmpi message by name.
type Elements map[string]string

// Cmpi sends a signed cmpi message and reads the answer.
func (c *Client) Cmpi(msgType string, members Elements) (Elements, error) {
	stamp := strconv.FormatInt(clock.Machine().UnixMilli(), 10)
	sum := sha256.Sum256([]byte(stamp + c.Env["CARDINAL_API_KEY"]))
	all := Elements{
		"MsgType": msgType, "Version": "1.7", "TransactionType": "C", "Algorithm": "SHA-256",
		"Identifier": c.Env["CARDINAL_IDENTIFIER"], "OrgUnit": c.Env["CARDINAL_ORG_UNIT"],
		"Signature": base64.StdEncoding.EncodeToString(sum[:]), "Timestamp": stamp,
	}
	for k, v := range members {
		all[k] = v
	}
	var msg strings.Builder
	msg.WriteString("<CardinalMPI>")
	for k, v := range all {
		msg.WriteString("<" + k + ">")
		if err := xml.EscapeText(&msg, []byte(v)); err != nil {
			return nil, err
		}
		msg.WriteString("</" + k + ">")
	}
	msg.WriteString("</CardinalMPI>")
	a, err := c.Do(http.MethodPost, c.Env["CARDINAL_URL"], []byte(url.Values{"cmpi_msg": {msg.String()}}.Encode()),
		"Content-Type", "application/x-www-form-urlencoded")
	if err != nil {
		return nil, err
	}
	if a.Status != http.StatusOK {
		return nil, fmt.Errorf("%s: HTTP %d %s", msgType, a.Status, a.Body)
	}
	var doc struct {
		Items []struct {
			XMLName xml.Name
			Value   string `xml:",chardata"`
		} `xml:",any"`
	}
	if err := xml.Unmarshal(a.Body, &doc); err != nil {
		return nil, fmt.Errorf("%s answered %q: %w", msgType, a.Body, err)
	}
	out := Elements{}
	for _, i := range doc.Items {
		out[i.XMLName.Local] = i.Value
	}
	return out, nil
}

// Order is what a lookup is about.
type Order struct {
	Number   string
	Minor    int64
	Currency string // ISO 4217 numeric
	Card     Card
}

// Lookup sends a cmpi_lookup with the fields that EMV 3-D Secure needs.
func (c *Client) Lookup(o Order) (Elements, error) {
	return c.Cmpi("cmpi_lookup", Elements{
		"OrderNumber": o.Number, "Amount": strconv.FormatInt(o.Minor, 10), "CurrencyCode": o.Currency,
		"CardNumber": o.Card.PAN, "CardExpMonth": fmt.Sprintf("%02d", o.Card.Month), "CardExpYear": strconv.Itoa(o.Card.Year),
		"BillingFirstName": "Ada", "BillingLastName": "Tester", "BillingAddress1": "Gammel Havn 1", "BillingCity": "Aalborg",
		"BillingPostalCode": "9000", "BillingCountryCode": "208", "DFReferenceId": "df-1", "DeviceChannel": "Browser",
	})
}

// Approve plays the cardholder of a transaction's challenge without a browser.
func (c *Client) Approve(transactionID string) (Acted, error) {
	list, err := c.Challenges()
	if err != nil {
		return Acted{}, err
	}
	for _, ch := range list {
		if ch.TransactionID == transactionID {
			return c.Act(ch.ID, map[string]string{"action": "approve"})
		}
	}
	return Acted{}, fmt.Errorf("no challenge of transaction %s among %d", transactionID, len(list))
}

// Authenticate sends a cmpi_authenticate.
func (c *Client) Authenticate(transactionID string) (Elements, error) {
	return c.Cmpi("cmpi_authenticate", Elements{"TransactionId": transactionID})
}
