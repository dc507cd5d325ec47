package simulator_test

import (
	"fmt"
	"net/http"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/admin"
	"cardsim/simulator/simulatortest"
)

// sendCodes has the issuer send so many one-time passwords, the flow of each its own.
func sendCodes(t *testing.T, c *simulatortest.Client, n int) {
	t.Helper()
	if _, err := c.Enrol("4000000000001091", "V1", "+4512345678"); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if _, err := c.Lookup(good(fmt.Sprintf("CODE-%d", i))); err != nil {
			t.Fatal(err)
		}
	}
}

func TestMessagesPage(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	sendCodes(t, c, 5)
	whole := page[admin.Message](t, c, "/messages")
	if len(whole.Items) != 5 || whole.Next != nil {
		t.Fatalf("without a limit: %+v", whole)
	}
	for _, filter := range []string{"", "&channel=sms"} {
		var ids []string
		for path, pages := "/messages?limit=2"+filter, 0; path != ""; pages++ {
			got := page[admin.Message](t, c, path)
			for _, m := range got.Items {
				ids = append(ids, m.ID)
			}
			if path = ""; got.Next != nil {
				path = "/messages?limit=2" + filter + "&after=" + *got.Next
			}
			if wantNext := pages < 2; (got.Next != nil) != wantNext {
				t.Fatalf("page %d: %+v", pages, got)
			}
		}
		if fmt.Sprint(ids) != "[msg-0000000005 msg-0000000004 msg-0000000003 msg-0000000002 msg-0000000001]" {
			t.Errorf("%s: %v", filter, ids)
		}
	}
	if none := page[admin.Message](t, c, "/messages?channel=email&limit=1"); len(none.Items) != 0 || none.Next != nil {
		t.Errorf("no e-mail was sent: %+v", none)
	}
}

func TestMessagesRefuseWhatTheyCannotRead(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	for _, query := range []string{
		"limit=0", "limit=-1", "limit=1001", "limit=many", "limit=1&limit=2", "after=1", "after=msg-1", "after=msg-00000000x1",
		"after=r-000001", "channel=pigeon", "limits=1", "after=%00", "after=msg-00000000001",
	} {
		if a := raw(t, c, http.MethodGet, s+"/messages?"+query, ""); a.Status != http.StatusBadRequest || a.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: HTTP %d %s", query, a.Status, a.Body)
		}
	}
}
