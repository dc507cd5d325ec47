package events

import (
	"bytes"
	"encoding/json"

	"cardsim/simulator/issuer"
	"cardsim/simulator/notify"
	"cardsim/simulator/pay"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
	"cardsim/simulator/store"
	"cardsim/simulator/threeds"
)

// read decodes what stands now or, of a thing that is gone, what stood.
func read[T any](before, after []byte) (v T, ok bool) {
	text := after
	if text == nil {
		text = before
	}
	return v, json.Unmarshal(text, &v) == nil
}

func token(e *Event, w store.Write) bool {
	t, ok := read[scheme.Token](w.Before, w.After)
	e.ID, e.Flow, e.State = t.ID, t.Flow, string(t.State)
	return ok
}

func transaction(e *Event, w store.Write) bool {
	t, ok := read[threeds.Transaction](w.Before, w.After)
	e.ID, e.Flow, e.State = t.ID, t.Flow, string(t.Status)
	return ok
}

// asked is the part of a transaction that tells of its challenge.
type asked struct {
	Flow      string          `json:"flow"`
	Challenge json.RawMessage `json:"challenge"`
}

// challenge is a part of its transaction, which may change without it.
func challenge(e *Event, w store.Write) bool {
	was, _ := read[asked](w.Before, w.Before)
	is, ok := read[asked](w.Before, w.After)
	if !ok || len(is.Challenge) == 0 || w.After != nil && bytes.Equal(was.Challenge, is.Challenge) {
		return false
	}
	if len(was.Challenge) == 0 {
		e.Action = Created
	}
	c, ok := read[threeds.Challenge](nil, is.Challenge)
	e.ID, e.Flow, e.State = c.ID, is.Flow, string(c.State)
	return ok
}

func payment(e *Event, w store.Write) bool {
	p, ok := read[pay.Payment](w.Before, w.After)
	e.ID, e.Flow, e.State = p.ID, p.Flow, string(p.Result)
	return ok
}

// posted tells of a payment whose money was moved by a follow-up: its own row stays
// as it is.
func posted(e *Event, w store.Write) bool {
	p, ok := read[pay.Posting](w.Before, w.After)
	e.ID, e.Action = root(w.Key), Changed
	return ok && p.Operation != e.ID
}

func message(e *Event, w store.Write) bool {
	m, ok := read[notify.Message](w.Before, w.After)
	e.ID, e.Flow, e.State = m.ID, m.Flow, m.Channel
	return ok
}

func enrolledCard(e *Event, w store.Write) bool {
	c, ok := read[issuer.Card](w.Before, w.After)
	e.ID, e.State = c.ID, c.State
	return ok
}

// holder tells of a holder who was there already: a new one comes with a card.
func holder(e *Event, w store.Write) bool {
	h, ok := read[issuer.Holder](w.Before, w.After)
	e.ID = h.ID
	return ok && w.Before != nil
}

// moved tells of a clock; a new sandbox tells of itself.
func moved(e *Event, w store.Write) bool {
	was, had := read[sandbox.State](nil, w.Before)
	is, has := read[sandbox.State](nil, w.After)
	e.State = string(is.Mode)
	same := was.Mode == is.Mode && (was.At == nil) == (is.At == nil) && (was.At == nil || was.At.Equal(*is.At))
	return had && has && !same
}

// switched tells of settings.
func switched(_ *Event, w store.Write) bool {
	type part struct {
		Settings json.RawMessage `json:"settings"`
	}
	was, had := read[part](nil, w.Before)
	is, has := read[part](nil, w.After)
	return had && has && !bytes.Equal(was.Settings, is.Settings)
}
