package cipher

import (
	"net/http"
	"strings"
	"testing"

	"cardsim/simulator/journal"
	"cardsim/simulator/store"
)

func newJournal(t testing.TB, db *store.DB) *journal.Journal {
	t.Helper()
	j, err := journal.Open(db, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := j.Close(); err != nil {
			t.Errorf("close the journal: %v", err)
		}
	})
	return j
}

// entry is the newest journal entry, whole and as one text.
func (h *house) entry() (journal.Entry, string) {
	h.t.Helper()
	list := h.journal.List(h.world.ID, journal.Query{Limit: 1})
	if len(list.Items) != 1 {
		h.t.Fatal("the journal is empty")
	}
	e, ok := h.journal.Get(h.world.ID, list.Items[0].ID)
	if !ok || e.Request == nil || e.Response == nil {
		h.t.Fatalf("entry %+v is not whole", e)
	}
	return e, e.Request.Body + e.Response.Body + strings.Join(e.Warnings, " ")
}

func TestJournal(t *testing.T) {
	h := build(t, options{})
	created := h.post(createNew).want(t, http.StatusOK)
	e, text := h.entry()
	if e.Operation != opCreate || e.Outcome != "ok" || e.Result != "" || e.Status != 200 || e.Reference != "D7480" || e.Card == nil || e.Card.Last4 != "3895" {
		t.Errorf("entry of Create Card: %+v", e)
	}
	if strings.Contains(text, "1112228948763895") {
		t.Errorf("the journal shows the number: %s", text)
	}

	h.post(createNew).want(t, http.StatusOK)
	if e, _ := h.entry(); len(e.Warnings) != 1 {
		t.Errorf("enrolling again leaves the warnings %q", e.Warnings)
	}

	h.post(enrol("A", "111111844739172", "D7480")).fails(t, er002)
	if e, _ := h.entry(); e.Outcome != "er002" || e.Result != "ER002" || e.Refusal == nil || e.Refusal.Code != "conflict" {
		t.Errorf("entry of a conflict: %+v", e)
	}

	h.call(http.MethodPatch, "/tenants/900912/cards/"+created.text("cardId"), disable).want(t, http.StatusOK)
	if e, _ := h.entry(); e.Operation != opUpdate || e.Card == nil || e.Card.Bin != "111222" {
		t.Errorf("entry of Update Card: %+v", e)
	}
}

// TestJournalHidesTheNumberWhereverItStands sends it well and badly formed.
func TestJournalHidesTheNumberWhereverItStands(t *testing.T) {
	const pan = "1112228948763895"
	for name, info := range map[string]string{
		"as a string":       `{"scheme":"DEFAULT","cardNumber":"` + pan + `"}`,
		"as an integer":     `{"scheme":"DEFAULT","cardNumber":` + pan + `}`,
		"scheme missing":    `{"cardNumber":"` + pan + `"}`,
		"too long":          `{"scheme":"DEFAULT","cardNumber":"` + pan + `0000"}`,
		"by digest":         `{"scheme":"SHA256","cardNumberSha":"` + shaNew + `","maskedcardNumber":"111222xxxxxx3895"}`,
		"digest not padded": `{"scheme":"SHA256","cardNumberSha":"` + strings.TrimSuffix(shaNew, "=") + `"}`,
		"as the mask":       `{"scheme":"SHA256","cardNumberSha":"` + shaNew + `","maskedCardNumber":"` + pan + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			h := build(t, options{})
			h.post(`{"name":"A","cardInfo":` + info + `,"identities":[{"type":"tenantUniqueVector","value":"V1"}]}`)
			if _, text := h.entry(); strings.Contains(text, pan) || strings.Contains(text, strings.TrimSuffix(shaNew, "=")) {
				t.Errorf("the journal shows %s", text)
			}
		})
	}
}

func TestJournalHidesTokens(t *testing.T) {
	h := build(t, options{})
	for _, header := range [][]string{{tokenHeader, secret}, {"Authorization", "Bearer " + secret}} {
		h.call(http.MethodGet, "/tenants/"+closed, "", header...).want(t, http.StatusOK)
		e, text := h.entry()
		for name, value := range e.Request.Headers {
			text += name + ": " + value
		}
		if strings.Contains(text, secret) {
			t.Errorf("the journal shows the token: %s", text)
		}
	}
}
