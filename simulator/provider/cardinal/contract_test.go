package cardinal

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/provider/providertest"
	"cardsim/simulator/sandbox"
)

func TestContract(t *testing.T) {
	at, shop := noon, sandbox.DerivedMerchant(1, "default")
	stamp := strconv.FormatInt(at.UnixMilli(), 10)
	sum := sha256.Sum256([]byte(stamp + shop.Cardinal.APIKey))
	good := el{
		"MsgType": "cmpi_lookup", "Version": "1.7", "TransactionType": "C", "Algorithm": "SHA-256", "Identifier": shop.Cardinal.Identifier,
		"OrgUnit": shop.Cardinal.OrgUnit, "Signature": base64.StdEncoding.EncodeToString(sum[:]), "Timestamp": stamp,
		"OrderNumber": "A-1", "Amount": "12345", "CurrencyCode": "978", "CardNumber": emvFrictionless, "CardExpMonth": "01", "CardExpYear": "2029",
	}
	providertest.Run(t, providertest.Contract{
		Mount:   mount(published(t)),
		Spec:    sandbox.Spec{ID: "default", Seed: 1, Clock: &at, Merchants: []*sandbox.Merchant{shop}, Cards: catalogue(t)},
		Unknown: "/maps/nothing.asp",
		Good: providertest.Request{
			Method: "POST", Path: "/maps/txns.asp", Body: "cmpi_msg=" + url.QueryEscape(good.xml()),
			Header: []string{"Content-Type", "application/x-www-form-urlencoded"},
		},
		Document: func(body string) bool {
			return strings.HasPrefix(body, "<CardinalMPI><ErrorDesc>") || strings.Contains(body, "Cardinal cannot go on")
		},
		Silent: []core.Code{core.CodeNoRoute, core.CodeMethod},
	})
}

func TestEveryCodeIsMapped(t *testing.T) {
	for _, code := range core.Codes() {
		if r, ok := rows[code]; !ok || r.number == "" && r.status == 0 {
			t.Errorf("%s has no answer", code)
		}
	}
}

func TestOutcomesAreTheContract(t *testing.T) {
	// Interface §6 and decisions 20.
	want := map[string]string{
		opLookup:       "challenge frictionless attempted not-enrolled unavailable rejected failed bypassed timeout error",
		opAuthenticate: "authenticated attempted failed unavailable rejected signature-invalid error",
	}
	got := map[string][]string{}
	for _, o := range Outcomes() {
		if o.Summary == "" || o.Source == "" || o.Mark == "" {
			t.Errorf("%+v lacks a summary, source or mark", o)
		}
		got[o.Operation] = append(got[o.Operation], o.Name)
	}
	for op, names := range want {
		for _, name := range strings.Fields(names) {
			if !strings.Contains(" "+strings.Join(got[op], " ")+" ", " "+name+" ") {
				t.Errorf("%s lacks outcome %s", op, name)
			}
		}
	}
}
