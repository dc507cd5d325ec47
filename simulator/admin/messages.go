package admin

import (
	"net/http"
	"strings"
	"time"

	"cardsim/simulator/notify"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
	"cardsim/simulator/threeds"
)

// Message is a message of the outbox as people and tests read it. The code is
// shown while its challenge runs and is kept nowhere (interface §4).
type Message struct {
	ID       string           `json:"id"`
	At       time.Time        `json:"at"`
	Channel  string           `json:"channel"`
	To       string           `json:"to"`
	Flow     string           `json:"flow,omitempty"`
	Text     string           `json:"text"`
	Code     string           `json:"code,omitempty"`
	Attempts []notify.Attempt `json:"attempts"`
}

// hiddenCode stands where the code of an ended challenge stood.
const hiddenCode = "******"

func messageParameters() []Parameter {
	return []Parameter{{Name: "channel", Summary: "only of this kind", Enum: []string{"sms", "email", "webhook"}}}
}

func (a *API) listMessages(r *http.Request, w *sandbox.World) (any, error) {
	query := r.URL.Query()
	if err := checkParameters(query, messageParameters()...); err != nil {
		return nil, err
	}
	channel := query.Get("channel")
	switch channel {
	case "", "sms", "email", "webhook":
	default:
		return nil, problem(http.StatusBadRequest, "channel is sms, email or webhook")
	}
	items := []Message{}
	err := a.DB.View(func(tx *store.Tx) error {
		s := w.At(w.Clock.Now(), tx)
		messages, err := notify.List(s, channel)
		if err != nil {
			return err
		}
		for _, m := range messages {
			shown, err := show(s, m)
			if err != nil {
				return err
			}
			items = append(items, shown)
		}
		return nil
	})
	return List[Message]{Items: items}, err
}

// show fills in the code of a message whose challenge still runs and has sent
// nothing newer.
func show(s sandbox.Scope, m notify.Message) (Message, error) {
	out := Message{ID: m.ID, At: m.At, Channel: m.Channel, To: m.To, Flow: m.Flow, Attempts: m.Attempts}
	if out.Attempts == nil {
		out.Attempts = []notify.Attempt{}
	}
	shown := hiddenCode
	if m.Challenge != "" {
		txn, found, err := threeds.ByChallenge(s, m.Challenge)
		if err != nil {
			return out, err
		}
		if code, running := threeds.Code(s, txn); found && running && txn.Challenge.Sendings == m.Sending {
			out.Code, shown = code, code
		}
	}
	out.Text = strings.ReplaceAll(m.Text, "{code}", shown)
	return out, nil
}
