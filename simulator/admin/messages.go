package admin

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"cardsim/simulator/notify"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/threeds"
)

// Message is a message of the outbox as people and tests read it. The code is
// shown while its challenge runs and is kept nowhere (interface §4).
type Message struct {
	ID       string           `json:"id"`             // rises with age: msg-0000000001
	At       time.Time        `json:"at"`             // sandbox time of the sending
	Channel  string           `json:"channel"`        // sms, email or webhook
	To       string           `json:"to"`             // phone number, address or URL
	Flow     string           `json:"flow,omitempty"` // id of the journey
	Text     string           `json:"text"`           // as its reader sees it; the code of an ended challenge is masked
	Code     string           `json:"code,omitempty"` // the one-time password, while its challenge runs and no newer one was sent
	Attempts []notify.Attempt `json:"attempts"`       // deliveries tried, oldest first
}

// hiddenCode stands where the code of an ended challenge stood.
const hiddenCode = "******"

func (m Message) facts() facts { return facts{flow: m.Flow} }

// channels are the kinds of a message.
func channels() []string { return []string{notify.SMS, notify.Email, notify.Webhook} }

func messageParameters() []Parameter {
	return append([]Parameter{{Name: "channel", Summary: "only of this kind", Enum: channels()}}, wholePages()...)
}

// listMessages lists the outbox, newest first. Unless a limit is given its page is
// the largest there is: the contract promises every message (interface §4).
func (a *API) listMessages(r *http.Request, w *sandbox.World) (any, error) {
	query := r.URL.Query()
	if err := checkParameters(query, messageParameters()...); err != nil {
		return nil, err
	}
	channel := query.Get("channel")
	if channel != "" && !slices.Contains(channels(), channel) {
		return nil, problem(http.StatusBadRequest, "channel is sms, email or webhook")
	}
	q := listing{after: query.Get("after")}
	if q.after != "" && !notify.IsID(q.after) {
		return nil, errAfter()
	}
	var err error
	if q.limit, err = pageLimit(query, maxLimit); err != nil {
		return nil, err
	}
	others := func(m notify.Message) bool { return channel != "" && m.Channel != channel }
	return lister[notify.Message, Message]{walk: notify.Newest, skip: others, show: showMessage}.answer(a, w, q)
}

// showMessage fills in the code of a message whose challenge still runs and has sent
// nothing newer.
func showMessage(s sandbox.Scope, m notify.Message) (Message, error) {
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
