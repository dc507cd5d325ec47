package notify

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func inWorld(t *testing.T, fn func(s sandbox.Scope) error) {
	t.Helper()
	w, err := sandbox.New(sandbox.Spec{ID: "test", Merchants: []*sandbox.Merchant{{ID: "own"}}})
	if err != nil {
		t.Fatal(err)
	}
	err = storetest.Open(t).Update(func(tx *store.Tx) error { return fn(w.At(noon, tx)) })
	if err != nil {
		t.Fatal(err)
	}
}

func TestOutboxIsNewestFirst(t *testing.T) {
	inWorld(t, func(s sandbox.Scope) error {
		for _, m := range []Message{
			{Channel: SMS, To: "+4512345678", Text: "Your code is " + Code},
			{Channel: Email, To: "a@b.dk", Text: "second"},
			{Channel: Webhook, To: "http://127.0.0.1/hook", Text: "{}"},
			{Channel: SMS, To: "+4512345678", Text: "fourth"},
		} {
			if _, err := Send(s, m); err != nil {
				return err
			}
		}
		for channel, want := range map[string][]string{
			"":      {"msg-0000000004", "msg-0000000003", "msg-0000000002", "msg-0000000001"},
			SMS:     {"msg-0000000004", "msg-0000000001"},
			Email:   {"msg-0000000002"},
			Webhook: {"msg-0000000003"},
			"post":  {},
		} {
			list, err := List(s, channel)
			if err != nil {
				return err
			}
			ids := []string{}
			for _, m := range list {
				ids = append(ids, m.ID)
			}
			if diff := cmp.Diff(want, ids); diff != "" {
				t.Errorf("channel %q (-want +got):\n%s", channel, diff)
			}
		}
		return nil
	})
}

func TestAttempts(t *testing.T) {
	inWorld(t, func(s sandbox.Scope) error {
		sms, err := Send(s, Message{Channel: SMS, To: "+4512345678", Text: "x"})
		if err != nil {
			return err
		}
		if diff := cmp.Diff([]Attempt{{At: noon, Status: Delivered}}, sms.Attempts); diff != "" {
			t.Errorf("attempts of an SMS (-want +got):\n%s", diff)
		}
		hook, err := Send(s, Message{Channel: Webhook, To: "http://127.0.0.1/hook", Text: "{}"})
		if err != nil {
			return err
		}
		if len(hook.Attempts) != 0 {
			t.Errorf("a webhook begins with the attempts %+v", hook.Attempts)
		}
		for _, status := range []string{"500", "200"} {
			if _, err := Tried(s, hook.ID, Attempt{At: noon, Status: status}); err != nil {
				return err
			}
		}
		kept, ok, err := ByID(s, hook.ID)
		if err != nil {
			return err
		}
		if !ok || len(kept.Attempts) != 2 || kept.Attempts[1].Status != "200" {
			t.Errorf("kept is %+v", kept)
		}
		if _, err := Tried(s, "msg-0000000009", Attempt{}); err == nil {
			t.Error("an attempt is added to a message that is not there")
		}
		return nil
	})
}

// TestStoredForm pins the JSON: users keep these records.
func TestStoredForm(t *testing.T) {
	inWorld(t, func(s sandbox.Scope) error {
		m, err := Send(s, Message{
			Channel: SMS, To: "+4512345678", Flow: "f1", Challenge: "c1", Sending: 1, Text: "Your code is " + Code,
		})
		if err != nil {
			return err
		}
		got, err := json.Marshal(m)
		if err != nil {
			return err
		}
		const want = `{"id":"msg-0000000001","at":"2026-11-22T12:00:00Z","channel":"sms","to":"+4512345678","flow":"f1",` +
			`"challenge":"c1","sending":1,"text":"Your code is {code}","attempts":[{"at":"2026-11-22T12:00:00Z","status":"delivered"}]}`
		if string(got) != want {
			t.Errorf("stored as\n%s, want\n%s", got, want)
		}
		return nil
	})
}
