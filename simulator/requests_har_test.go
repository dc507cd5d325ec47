package simulator_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// harKind is what a member must be: a JSON type, an object of members, or a list of
// such objects.
type (
	harObject map[string]any
	harList   struct{ of harObject }
)

const (
	harText   = "text"
	harNumber = "number"
	harTime   = "ISO 8601"
)

// har12 are the members that version 1.2 of the specification does not call
// optional (postData is, as a whole).
func har12() harObject {
	pair := harList{harObject{"name": harText, "value": harText}}
	return harObject{"log": harObject{
		"version": harText, "creator": harObject{"name": harText, "version": harText},
		"entries": harList{harObject{
			"startedDateTime": harTime, "time": harNumber, "cache": harObject{}, "timings": harObject{"send": harNumber, "wait": harNumber, "receive": harNumber},
			"request": harObject{
				"method": harText, "url": harText, "httpVersion": harText, "cookies": pair, "headers": pair, "queryString": pair,
				"headersSize": harNumber, "bodySize": harNumber,
			},
			"response": harObject{
				"status": harNumber, "statusText": harText, "httpVersion": harText, "cookies": pair, "headers": pair,
				"content": harObject{"size": harNumber, "mimeType": harText}, "redirectURL": harText, "headersSize": harNumber, "bodySize": harNumber,
			},
		}},
	}}
}

// harMistakes holds a value to what must be there.
func harMistakes(at string, kind, v any) (wrong []string) {
	switch kind := kind.(type) {
	case harObject:
		o, ok := v.(map[string]any)
		if !ok {
			return []string{at + " is no object"}
		}
		for name, below := range kind {
			if _, there := o[name]; !there {
				wrong = append(wrong, at+"."+name+" is missing")
				continue
			}
			wrong = append(wrong, harMistakes(at+"."+name, below, o[name])...)
		}
		return wrong
	case harList:
		list, ok := v.([]any)
		if !ok {
			return []string{at + " is no list"}
		}
		for i, item := range list {
			wrong = append(wrong, harMistakes(fmt.Sprintf("%s[%d]", at, i), kind.of, item)...)
		}
		return wrong
	}
	text, isText := v.(string)
	_, isNumber := v.(float64)
	_, badTime := time.Parse("2006-01-02T15:04:05.000Z07:00", text)
	if kind == harNumber && !isNumber || kind != harNumber && !isText || kind == harTime && badTime != nil {
		return []string{fmt.Sprintf("%s is %v, no %s", at, v, kind)}
	}
	return nil
}

// lostStory answers nothing to one payment.
const lostStory = `version: 1
name: lost
rules:
  - {name: lost, on: acehub.payment.create, when: 'request.transaction.trackingCode == "HAR-LOST"', do: {fault: {kind: reset, at: after-commit}}}
`

// archive is the part of an HTTP Archive that the test looks into.
type archive struct {
	Log struct {
		Entries []struct {
			ID        string `json:"_id"`
			Operation string `json:"_operation"`
			Outcome   string `json:"_outcome"`
			Flow      string `json:"_flow"`
			Request   struct{ Method, URL string }
			Response  struct {
				Status  int
				Error   string `json:"_error"`
				Content struct{ Text string }
			}
		}
	}
}

func TestHARIsOne(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	journeyTo(t, c, "HAR-1")
	var ignored any
	putScenarios(t, c, yamlType, lostStory, &ignored)
	if _, err := c.Pay(tracked(plain(good("HAR-2")), "HAR-LOST")); err == nil {
		t.Fatal("the answer is not lost")
	}
	a := raw(t, c, http.MethodGet, s+"/requests/har", "")
	if a.Status != http.StatusOK || a.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("HTTP %d %s", a.Status, a.Body)
	}
	var whole any
	if err := json.Unmarshal(a.Body, &whole); err != nil {
		t.Fatal(err)
	}
	if wrong := harMistakes("", har12(), whole); len(wrong) > 0 {
		t.Errorf("%s", strings.Join(wrong, "\n"))
	}
	var h archive
	if err := a.JSON(&h); err != nil {
		t.Fatal(err)
	}
	entries := h.Log.Entries
	if len(entries) != 6 || entries[0].Operation != "cardtokens.token.create" || entries[0].Flow == "" || entries[0].ID >= entries[5].ID {
		t.Fatalf("%s", a.Body)
	}
	if first := entries[0]; first.Request.URL != c.Env["CARDSIM_URL"]+"/api/token" || first.Request.Method != "POST" || first.Response.Status != 200 || first.Response.Content.Text == "" || first.Response.Error != "" {
		t.Errorf("%+v", first)
	}
	if lost := entries[5]; lost.Outcome != "fault reset" || lost.Response.Status != 0 || lost.Response.Error == "" || lost.Response.Content.Text != "" {
		t.Errorf("%+v", lost)
	}
	if strings.Contains(string(a.Body), "4000000000001091") {
		t.Error("a card number stands in the archive")
	}
	for query, want := range map[string]int{"limit=2": 2, "operation=cardinal.*": 2, "where=status+%3D%3D+0": 1, "flow=none": 0} {
		var part archive
		if err := raw(t, c, http.MethodGet, s+"/requests/har?"+query, "").JSON(&part); err != nil || len(part.Log.Entries) != want {
			t.Errorf("%s: %d entries, want %d, %v", query, len(part.Log.Entries), want, err)
		}
	}
}
