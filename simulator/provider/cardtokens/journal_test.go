package cardtokens

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"cardsim/simulator/journal"
	"cardsim/simulator/scheme"
)

// entries are the journal's, as text.
func (b *bench) entries() (all []journal.Entry, text string) {
	b.t.Helper()
	all = b.log.List(b.w.ID, journal.Query{Match: func(journal.Entry) bool { return true }}).Items
	for _, e := range all {
		whole, _ := b.log.Get(b.w.ID, e.ID)
		raw, err := json.Marshal(whole)
		if err != nil {
			b.t.Fatal(err)
		}
		text += string(raw)
	}
	return all, text
}

func TestNothingSecretReachesTheJournal(t *testing.T) {
	b := newBench(t)
	b.key = liveKey
	const pan, code = "4111111145551142", "7318"
	card := strings.Replace(strings.Replace(seedCard, "6007220000000004", pan, 1), `"000"`, `"`+code+`"`, 1)
	sealed := encrypt(t, b, card, pkcs1)
	secrets := []string{pan, `"` + code, sealed[:60], liveKey}
	for _, body := range []string{encJSON(sealed), `{"card":` + card + `,"merchantid":"` + shopID + `"}`} {
		a := b.call(http.MethodPost, "/api/token", body)
		path := "/api/token/" + a.text("tokenid")
		c := b.call(http.MethodPost, path+"/cryptogram", cryptogramJSON)
		b.call(http.MethodGet, path+"/status", "")
		secrets = append(secrets, a.text("token"), c.text("cryptogram"))
	}
	b.call(http.MethodPost, "/api/token", strings.Replace(createJSON("4111111145551143", shopID), "000", code, 1))
	secrets = append(secrets, "4111111145551143")
	all, text := b.entries()
	if len(all) != 7 {
		t.Errorf("%d entries, want 7", len(all))
	}
	for _, s := range secrets {
		if strings.Contains(text, s) {
			t.Errorf("the journal holds %s", s)
		}
	}
}

func TestJournalTellsTheTruth(t *testing.T) {
	b := newBench(t)
	b.key = liveKey
	id := b.token("4111111145551142").text("tokenid")
	b.setState(id, scheme.Suspended)
	b.call(http.MethodPost, "/api/token/"+id+"/cryptogram", cryptogramJSON)
	b.call(http.MethodPost, "/api/token", createJSON("4539990000003008", shopID))
	all, _ := b.entries()
	for i, want := range []struct{ outcome, result, refusal, operation string }{
		{"scheme-declined", "cardNotEligible", "declining-test-card", opCreate},
		{"scheme-declined", "declined", scheme.TokenNotActive, opCryptogram},
		{"created", "200", "", opCreate},
	} {
		e := all[i]
		refusal := ""
		if e.Refusal != nil {
			refusal = e.Refusal.Code
		}
		if e.Outcome != want.outcome || e.Result != want.result || refusal != want.refusal || e.Operation != want.operation {
			t.Errorf("entry %d: %s %s %s %s, want %+v", i, e.Operation, e.Outcome, e.Result, refusal, want)
		}
		if e.Card == nil || e.Card.Brand != "visa" {
			t.Errorf("entry %d tells no card", i)
		}
	}
	if all[1].Reference != "123j12323" {
		t.Errorf("reference %q", all[1].Reference)
	}
}
