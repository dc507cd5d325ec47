package acs

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/journal"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"
	"cardsim/simulator/threeds"
)

// TestBrowserFindsItsSandbox: the same card, order and page in two sandboxes; each
// browser stays in its own.
func TestBrowserFindsItsSandbox(t *testing.T) {
	db, worlds := storetest.Open(t), sandbox.NewRegistry(false)
	found := map[string]threeds.Transaction{}
	for _, id := range []string{sandbox.DefaultID, "team-a"} {
		w, err := sandbox.New(sandbox.Spec{ID: id, Seed: 1, Clock: &start, Cards: catalogue(t), Merchants: []*sandbox.Merchant{sandbox.DerivedMerchant(1, id)}})
		if err != nil {
			t.Fatal(err)
		}
		if err := worlds.Add(w); err != nil {
			t.Fatal(err)
		}
		pan, _ := core.ParsePAN(old)
		err = db.Update(func(tx *store.Tx) (err error) {
			found[id], err = threeds.Lookup(w.At(start, tx), threeds.LookupRequest{
				Merchant: w.Own(), OrderNumber: "1", Card: w.Ref(pan), Expiry: core.Expiry{Month: 1, Year: 2029}, Money: core.Money{Minor: 100, Currency: "EUR"},
			})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	j, err := journal.Open(db, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	front := provider.NewFront(provider.Options{
		DB: db, Worlds: worlds, Journal: j, Log: slog.New(slog.DiscardHandler), Base: func(r *http.Request) string { return "http://" + r.Host },
	})
	front.Mount(provider.Mount{Provider: New(signing(t)), Prefixes: []string{Prefix}})
	server := httptest.NewServer(front)
	t.Cleanup(func() {
		server.Close()
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	})
	for id, tx := range found {
		w, _ := worlds.ByID(id)
		payload, err := threeds.Payload(w, tx)
		if err != nil {
			t.Fatal(err)
		}
		form := url.Values{"PaReq": {payload}, "TermUrl": {termURL}, "MD": {id}}
		resp, err := http.Post(server.URL+"/acs/pareq", "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		list := j.List(id, journal.Query{Operation: opOpen})
		if resp.StatusCode != http.StatusOK || len(list.Items) != 1 || list.Items[0].Outcome != "open" {
			t.Errorf("in %s: HTTP %d, journal %+v", id, resp.StatusCode, list.Items)
		}
	}
}
