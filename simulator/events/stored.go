package events

import (
	"slices"
	"strings"

	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// source makes events of one kind from what is written to a table. make fills in
// id, flow and state; it says false where the thing is as it was.
type source struct {
	table string
	kind  Kind
	make  func(e *Event, w store.Write) bool
}

// sources are the tables that people and tests know things of.
var sources = []source{
	{"scheme.tokens", Token, token},
	{"threeds.transactions", Transaction, transaction},
	{"threeds.transactions", Challenge, challenge},
	{"pay.payments", Payment, payment},
	{ledger, Payment, posted},
	{"notify.messages", Message, message},
	{"issuer.cards", Cardholder, enrolledCard},
	{"issuer.holders", Cardholder, holder},
	{sandbox.StateTable, Clock, moved},
	{sandbox.StateTable, Settings, switched},
}

// ledger holds the postings of a payment under its id and an ordinal.
const ledger = "pay.ledger"

// samePosting says that two writes, one after the other, are postings of one
// operation on a payment, of which it is enough to hear once.
func samePosting(a, b store.Write) bool {
	return a.Table == ledger && b.Table == ledger && a.Sandbox == b.Sandbox && root(a.Key) == root(b.Key)
}

func root(key string) string {
	id, _, _ := strings.Cut(key, "/")
	return id
}

// Tables are those whose commits the hub wants to be told of, by Stored.
func Tables() []string {
	var list []string
	for _, s := range sources {
		if !slices.Contains(list, s.table) {
			list = append(list, s.table)
		}
	}
	return list
}

// Stored tells of what was committed. What it means is worked out by those who
// read, not while a request waits for its commit.
func (h *Hub) Stored(writes []store.Write) {
	items := make([]*item, 0, len(writes)+1)
	var before store.Write
	for i, w := range writes {
		again := i > 0 && samePosting(before, w)
		if before = w; again {
			continue
		}
		for _, s := range sources {
			if s.table == w.Table {
				items = append(items, &item{
					sandbox: w.Sandbox, kind: s.kind, weight: itemCost + len(w.Before) + len(w.After),
					make: func() (Event, bool) { return s.event(w) },
				})
			}
		}
	}
	h.add(items...)
}

// event works out what a write means.
func (s source) event(w store.Write) (Event, bool) {
	e := Event{Sandbox: w.Sandbox, Kind: s.kind, Action: Changed}
	switch {
	case w.Before == nil && w.After == nil:
		return e, false // it came and went in one commit, or never was
	case w.Before == nil:
		e.Action = Created
	case w.After == nil:
		e.Action = Deleted
	}
	return e, s.make(&e, w)
}
