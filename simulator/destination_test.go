package simulator_test

import (
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// TestARunningChallengeKeepsItsDestination: the cardholder's new number counts
// from the next challenge on.
func TestARunningChallengeKeepsItsDestination(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	holder, err := c.Enrol("4000000000001091", "V1", "+4511111111")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Lookup(good("KEEP-1")); err != nil {
		t.Fatal(err)
	}
	a, err := c.Do("PATCH", c.Env["CIPHER_URL"]+"/tenants/"+c.Env["CIPHER_TENANT_ID"]+"/cardHolders/"+holder.AuthProfileID+"/identities",
		[]byte(`{"identitiesInfo":[{"type":"phoneNumber","value":"+4522222222"}]}`), "X-Zeta-AuthToken", c.Env["CIPHER_AUTH_TOKEN"])
	if err != nil || a.Status != 200 {
		t.Fatalf("HTTP %d %s %v", a.Status, a.Body, err)
	}
	list, err := c.Challenges()
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	if _, err := c.Act(list[0].ID, map[string]string{"action": "resend"}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Lookup(good("KEEP-2")); err != nil {
		t.Fatal(err)
	}
	messages, err := c.Messages()
	if err != nil || len(messages) != 3 {
		t.Fatalf("%+v, %v", messages, err)
	}
	for i, want := range []string{"+4522222222", "+4511111111", "+4511111111"} { // newest first
		if messages[i].To != want {
			t.Errorf("message %d went to %s, want %s", i, messages[i].To, want)
		}
	}
	if messages[1].Code == "" || messages[2].Code != "" {
		t.Errorf("the code of the resend is %q, the first one's is still shown: %q", messages[1].Code, messages[2].Code)
	}
}
