package simulator_test

import (
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"testing"

	"cardsim/simulator/loadtest"
	"cardsim/simulator/simulatortest"
)

// BenchmarkCmpi: a call costs at most two and a half times what a bare server needs
// that decodes the same request and encodes the same answer. The documents were
// exchanged before and are sent again.
func BenchmarkCmpi(b *testing.B) {
	const connections = 16
	c := busy(b, false)
	for _, call := range cmpiCalls(b, c) {
		text := loadtest.Post("/maps/txns.asp", string(call.sent), "Content-Type: application/x-www-form-urlencoded")
		bareAt := xmlServer(b, call.received)
		b.Run(call.name+"/bare", func(b *testing.B) { benchLoad(b, bareAt, connections, func(int) []byte { return text }) })
		b.Run(call.name+"/cardsim", func(b *testing.B) {
			benchLoad(b, c.Env["CARDSIM_URL"], connections, func(int) []byte { return text })
		})
	}
}

// exchanged is what went to and fro in one call.
type exchanged struct {
	name           string
	sent, received []byte
}

func cmpiCalls(b *testing.B, c *simulatortest.Client) []exchanged {
	b.Helper()
	var last exchanged
	c.Spy = func(direction, _ string, body []byte) {
		if direction == "sent" {
			last.sent = body
		} else {
			last.received = body
		}
	}
	defer func() { c.Spy = nil }()
	card := simulatortest.Card{PAN: "4000000000001091", Month: 1, Year: 2031}
	got, err := c.Lookup(simulatortest.Order{Number: "BENCH-CMPI", Minor: 1250, Currency: "978", Card: card})
	if err != nil || got["ErrorNo"] != "0" {
		b.Fatalf("%v %v", err, got)
	}
	lookup := exchanged{"lookup", last.sent, last.received}
	if _, err := c.Approve(got["TransactionId"]); err != nil {
		b.Fatal(err)
	}
	if got, err = c.Authenticate(got["TransactionId"]); err != nil || got["ErrorNo"] != "0" {
		b.Fatalf("%v %v", err, got)
	}
	return []exchanged{lookup, {"authenticate", last.sent, last.received}}
}

// cmpiDocument is a CardinalMPI document of any message.
type cmpiDocument struct {
	XMLName xml.Name `xml:"CardinalMPI"`
	Members []struct {
		XMLName xml.Name
		Text    string `xml:",chardata"`
	} `xml:",any"`
}

// xmlServer decodes every request and encodes an answer that was got before.
func xmlServer(b *testing.B, received []byte) string {
	b.Helper()
	var answer cmpiDocument
	if err := xml.Unmarshal(received, &answer); err != nil {
		b.Fatal(err)
	}
	return bare(b, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err == nil {
			var form url.Values
			if form, err = url.ParseQuery(string(body)); err == nil {
				err = xml.Unmarshal([]byte(form.Get("cmpi_msg")), &cmpiDocument{})
			}
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		text, err := xml.Marshal(answer)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_, _ = w.Write(text)
	})
}
