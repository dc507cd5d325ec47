package simulator_test

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/admin"
	"cardsim/simulator/simulatortest"
)

// Cards of the tests: one of the catalogue, whose own way is a challenge, and one
// that nobody published and whose last digit is wrong.
const (
	listedCard = "4000000000001091"
	newCard    = "4929123456781232"
)

const givenCards = `{"cards": [
	{"pan": "4000000000001091", "threeds": {"flow": "frictionless"}, "authorization": {"outcome": "declined", "with": {"code": 300400999, "message": "Not this card"}}},
	{"pan": "4929123456781232", "threeds": {"flow": "challenge", "result": "authenticated"}, "authorization": {"outcome": "approved"}, "otp": "135790"}
]}`

func putCards(t *testing.T, c *simulatortest.Client, body string, into any) int {
	t.Helper()
	a := raw(t, c, http.MethodPut, s+"/cards", body, "Content-Type", "application/json")
	if into != nil {
		if err := a.JSON(into); err != nil {
			t.Fatal(err)
		}
	}
	return a.Status
}

// order is one of a card, good for a lookup and a payment.
func orderOf(pan, number string) simulatortest.Order {
	o := good(number)
	o.Card.PAN = pan
	return o
}

// behaves checks that both cards do as they were told.
func behaves(t *testing.T, c *simulatortest.Client, number string) {
	t.Helper()
	found, err := c.Lookup(orderOf(listedCard, number+"-A"))
	if err != nil || found["PAResStatus"] != "Y" || found["ACSUrl"] != "" {
		t.Errorf("the listed card is not frictionless: %v %v", found, err)
	}
	paid := payCard(t, c, listedCard, number+"-PAY-A")
	if paid.Result != -4 || !strings.Contains(string(paid.Raw), "300400999") || !strings.Contains(string(paid.Raw), "Not this card") {
		t.Errorf("the listed card is not declined in these words: %s", paid.Raw)
	}
	asked, err := c.Lookup(orderOf(newCard, number+"-B"))
	if err != nil || asked["PAResStatus"] != "C" {
		t.Fatalf("the new card is not asked: %v %v", asked, err)
	}
	list, err := c.Challenges()
	if err != nil || len(list) == 0 {
		t.Fatalf("challenges %+v %v", list, err)
	}
	if wrong, err := c.Act(list[0].ID, map[string]string{"action": "submit", "otp": "1234"}); err != nil || wrong.State != "open" {
		t.Errorf("the usual code: %+v %v", wrong, err)
	}
	if right, err := c.Act(list[0].ID, map[string]string{"action": "submit", "otp": "135790"}); err != nil || right.Result != "Y" {
		t.Errorf("the card's own code: %+v %v", right, err)
	}
	if paid := payCard(t, c, newCard, number+"-PAY-B"); paid.Result != 0 {
		t.Errorf("the new card is not approved: %s", paid.Raw)
	}
}

func payCard(t *testing.T, c *simulatortest.Client, pan, code string) simulatortest.Paid {
	t.Helper()
	paid, err := c.Pay(simulatortest.Payment{
		Action:      "payment",
		Transaction: map[string]any{"trackingCode": code, "brandId": 1010, "amount": 12.5, "currencyCode": "EUR"},
		Card:        map[string]any{"number": pan, "expiryMonth": "1", "expiryYear": "2031", "holderName": "Ada Tester", "cvv": "123"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return paid
}

func TestGivenCardsBehave(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	if paid := payCard(t, c, newCard, "BEFORE-1"); paid.Result != -1 {
		t.Fatalf("a number with a wrong check digit: %s", paid.Raw)
	}
	var list admin.List[admin.Card]
	if status := putCards(t, c, givenCards, &list); status != 200 || len(list.Items) < 100 {
		t.Fatalf("HTTP %d, %d cards", status, len(list.Items))
	}
	first, second := list.Items[0], list.Items[1]
	if first.PAN == nil || *first.PAN != listedCard || first.Source != "catalogue" || first.BehaviourBy != "api" || first.ThreeDS.Flow != "frictionless" || first.Authorization.Outcome != "declined" || first.OwnOTP {
		t.Errorf("%+v", first)
	}
	if second.PAN != nil || second.Last4 != "1232" || second.Source != "api" || !second.OwnOTP || second.ThreeDS.Result != "authenticated" {
		t.Errorf("%+v", second)
	}
	behaves(t, c, "GIVEN-1")
	if status := putCards(t, c, `{"cards": []}`, &list); status != 200 || list.Items[0].BehaviourBy != "" {
		t.Errorf("HTTP %d %+v", status, list.Items[0])
	}
	if paid := payCard(t, c, newCard, "AFTER-001"); paid.Result != -1 {
		t.Errorf("taken back, and yet: %s", paid.Raw)
	}
}

func TestAScenarioWinsOverGivenCards(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	putCards(t, c, givenCards, nil)
	story := "version: 1\nname: kinder\nrules: []\ncards:\n  - {pan: \"4000000000001091\", authorization: {outcome: approved}}\n"
	var active admin.Scenarios
	putScenarios(t, c, yamlType, story, &active)
	if paid := payCard(t, c, listedCard, "KINDER-1"); paid.Result != 0 {
		t.Errorf("the scenario approves: %s", paid.Raw)
	}
	if found, err := c.Lookup(orderOf(listedCard, "KINDER-2")); err != nil || found["PAResStatus"] != "C" {
		t.Errorf("the scenario leaves 3-D Secure to the tables: %v %v", found, err)
	}
	if found, err := c.Lookup(orderOf(newCard, "KINDER-3")); err != nil || found["PAResStatus"] != "C" {
		t.Errorf("of the other card it says nothing: %v %v", found, err)
	}
	putScenarios(t, c, yamlType, "", &active)
	if paid := payCard(t, c, listedCard, "KINDER-4"); paid.Result != -4 {
		t.Errorf("without the scenario what was given holds again: %s", paid.Raw)
	}
}

func TestGivenCardsStay(t *testing.T) {
	file := t.TempDir() + "/cardsim.db"
	c, sim := simulatortest.Start(t, simulator.Config{Data: file})
	putCards(t, c, givenCards, nil)
	if err := c.Admin("POST", "/reset", nil, nil); err != nil {
		t.Fatal(err)
	}
	behaves(t, c, "RESET-1")
	if err := sim.Close(); err != nil {
		t.Fatal(err)
	}
	stored, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{newCard, "135790"} {
		if strings.Contains(string(stored), secret) {
			t.Errorf("%q stands in the file", secret)
		}
	}
	again, _ := simulatortest.Start(t, simulator.Config{Data: file})
	behaves(t, again, "START-1")
	other, _ := simulatortest.Start(t, simulator.Config{Data: t.TempDir() + "/x.db", Scenarios: []string{"slow-day"}})
	if found, err := other.Lookup(orderOf(listedCard, "OTHER-1")); err != nil || found["PAResStatus"] != "C" {
		t.Errorf("another simulator: %v %v", found, err)
	}
}

func TestBadCardsAreRefused(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	putCards(t, c, givenCards, nil)
	tests := []struct {
		name, body string
		status     int
		want       []admin.ProblemError // of a Detail its beginning
	}{
		{"nothing", "", 400, nil},
		{"not closed", `{"cards": [`, 422, []admin.ProblemError{{Line: 1, Column: 12}}},
		{"no cards", `{"card": []}`, 422, []admin.ProblemError{{Line: 1, Column: 2, Pointer: "/card", Detail: `unknown key "card"`}}},
		{"everything at once", "{\"cards\": [\n\t{\"pan\": \"12\"},\n\t{\"pan\": \"4000000000001091\", \"threeds\": {\"flow\": \"chalenge\"}, \"otp\": 1},\n\t{\"pan\": \"4000000000001091\", \"authorization\": {\"outcome\": \"maybe\"}}]}", 422, []admin.ProblemError{
			{Line: 2, Column: 10, Pointer: "/cards/0/pan", Detail: "a card number has 12 to 19 digits"},
			{Line: 3, Column: 50, Pointer: "/cards/1/threeds/flow", Detail: `flow "chalenge" is no outcome of cardinal.lookup; did you mean`},
			{Line: 3, Column: 70, Pointer: "/cards/1/otp"},
			{Line: 4, Column: 10, Pointer: "/cards/2/pan", Detail: "this card is given twice"},
			{Line: 4, Column: 59, Pointer: "/cards/2/authorization/outcome", Detail: `outcome "maybe" does not exist`},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var p admin.Problem
			if status := putCards(t, c, tt.body, &p); status != tt.status || len(p.Errors) != len(tt.want) {
				t.Fatalf("HTTP %d %+v", status, p)
			}
			for i, want := range tt.want {
				if got := p.Errors[i]; got.Pointer != want.Pointer || got.Line != want.Line || got.Column != want.Column || !strings.HasPrefix(got.Detail, want.Detail) {
					t.Errorf("problem %d: %+v", i, got)
				}
			}
		})
	}
	behaves(t, c, "STILL-1")
}

func TestCardsCanBeSearched(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	if list := page[admin.Card](t, c, "/cards?card=1091&brand=visa&source=catalogue"); len(list.Items) != 1 || len(list.Items[0].Cases) == 0 || list.Items[0].Summary == "" {
		t.Errorf("%+v", list)
	}
	if a := raw(t, c, "GET", s+"/cards?colour=red", ""); a.Status != http.StatusBadRequest {
		t.Errorf("HTTP %d %s", a.Status, a.Body)
	}
}
