package threeds

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
	"cardsim/simulator/store"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestNothingSecretIsStored: card numbers, codes, CAVVs and what the browser
// brought are in no table in clear.
func TestNothingSecretIsStored(t *testing.T) {
	d := open(t, nil)
	d.enrol(emvCard)
	r := d.request(emv22)
	r.Plan = Plan{Outcome: OutcomeChallenge, Code: "135790246"}
	r.ReferenceID = "df-4111111145551142"
	fixed := d.look(r)
	if d.code(fixed) != "135790246" {
		t.Errorf("the fixed code is %q", d.code(fixed))
	}
	tenants := d.lookup(emvCard)
	code := d.code(tenants)
	tenants, _ = d.submit(tenants, code)
	old := d.opened(oldCard, Addresses{TermURL: "http://shop.example/secret-term", MD: md})
	secrets := []string{emv22, emvCard, oldCard, "135790246", code, "4111111145551142", "secret-term", tenants.CAVV(d.w), old.CAVV(d.w)}
	err := d.db.View(func(tx *store.Tx) error {
		return store.Each(tx, d.w.ID, func(table, key string, value []byte) error {
			for _, secret := range secrets {
				if strings.Contains(key, secret) || strings.Contains(string(value), secret) {
					t.Errorf("table %s holds %s: %s", table, secret, value)
				}
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := d.read(old.ID).Challenge.Addresses; got.MD != md || got.TermURL != "http://shop.example/secret-term" {
		t.Errorf("the addresses came back as %+v", got)
	}
}

// TestStoredForm: users keep files, so that what is stored may only grow.
func TestStoredForm(t *testing.T) {
	d := open(t, nil)
	d.enrol(emv22)
	txn := d.opened(oldCard, Addresses{TermURL: "http://shop.example/term", MD: "7"})
	waiting := d.lookup(emv22)
	got, err := json.MarshalIndent([]Transaction{txn, waiting}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/stored.golden.json"
	if *update {
		if err := os.WriteFile(golden, append(got, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(got)+"\n" != string(want) {
		t.Errorf("the stored form changed (go test -update writes it anew):\n%s", got)
	}
}

func TestListIsNewestFirst(t *testing.T) {
	d := open(t, nil)
	var ids []string
	for _, pan := range []string{emvCard, oldCard, plainCard} {
		ids = append([]string{d.lookup(pan).ID}, ids...)
	}
	d.do(func(s sandbox.Scope) error {
		list, err := List(s)
		if len(list) != 3 || list[0].ID != ids[0] || list[2].ID != ids[2] {
			t.Errorf("%+v", list)
		}
		return err
	})
}

// TestOrderIDCollision: the next free value (decisions, "Chance").
func TestOrderIDCollision(t *testing.T) {
	free := open(t, nil).lookup(emvCard)
	d := open(t, nil)
	d.do(func(s sandbox.Scope) error { return finders.Put(s.Tx, s.World.ID, byOrder+free.OrderID, "taken") })
	got := d.lookup(emvCard)
	if got.ID != free.ID || got.OrderID <= free.OrderID || len(got.OrderID) != 16 {
		t.Errorf("OrderId %s, free would be %s", got.OrderID, free.OrderID)
	}
}

func TestFindersTakeAnything(t *testing.T) {
	d := open(t, nil)
	txn := d.lookup(emvCard)
	d.do(func(s sandbox.Scope) error {
		for _, id := range []string{"", "x", "\x00", strings.Repeat("a", 40000), txn.ID + "\x00", "é", strings.Repeat("\x00", 20)} {
			for name, find := range map[string]func(sandbox.Scope, string) (Transaction, bool, error){
				"id": ByID, "order": ByOrderID, "acs": ByACSTransID, "challenge": ByChallenge, "xid": ByXID,
			} {
				if _, ok, err := find(s, id); ok || err != nil {
					t.Errorf("%s %.10q: %v, %v", name, id, ok, err)
				}
			}
		}
		for name, found := range map[string]func() (Transaction, bool, error){
			"order": func() (Transaction, bool, error) { return ByOrderID(s, txn.OrderID) },
			"acs":   func() (Transaction, bool, error) { return ByACSTransID(s, txn.ACSTransID) },
			"own":   func() (Transaction, bool, error) { return ByChallenge(s, txn.Challenge.ID) },
			"xid":   func() (Transaction, bool, error) { return ByXID(s, scheme.XID(txn.ID)) },
		} {
			if got, ok, err := found(); !ok || err != nil || got.ID != txn.ID {
				t.Errorf("%s: %v, %v", name, ok, err)
			}
		}
		return nil
	})
}

// TestIDsOfBeforeLinks: in a file of a former version the ids lead nowhere by themselves,
// and finders lead to the transaction.
func TestIDsOfBeforeLinks(t *testing.T) {
	const acsID, challengeID = "ee6499ab-4956-4c34-b0b7-1b11a593f416", "15b002dbd7294a29b28938ef7a46e190"
	d := open(t, nil)
	txn := d.lookup(emvCard)
	link, challenge := txn.ACSTransID, txn.Challenge.ID
	txn.ACSTransID, txn.Challenge.ID = acsID, challengeID
	d.do(func(s sandbox.Scope) error {
		for _, name := range []string{byACS + acsID, byChallenge + challengeID} {
			if err := finders.Put(s.Tx, s.World.ID, name, txn.ID); err != nil {
				return err
			}
		}
		return keep(s, txn)
	})
	d.do(func(s sandbox.Scope) error {
		for id, find := range map[string]func(sandbox.Scope, string) (Transaction, bool, error){
			acsID: ByACSTransID, challengeID: ByChallenge,
		} {
			if got, ok, err := find(s, id); !ok || err != nil || got.ID != txn.ID {
				t.Errorf("%s: %v, %v", id, ok, err)
			}
		}
		for id, find := range map[string]func(sandbox.Scope, string) (Transaction, bool, error){
			link: ByACSTransID, challenge: ByChallenge,
		} {
			if _, ok, err := find(s, id); ok || err != nil {
				t.Errorf("%s is a link to a transaction that has other ids: %v, %v", id, ok, err)
			}
		}
		return nil
	})
}

// TestNoIDNoLink: what a transaction does not have leads nowhere.
func TestNoIDNoLink(t *testing.T) {
	d := open(t, nil)
	txn := d.lookup(oldCard)
	d.do(func(s sandbox.Scope) error {
		link := s.World.Link(sandbox.LinkACS, txn.ID).String()
		if _, ok, err := ByACSTransID(s, link); ok || err != nil || txn.Version.EMV() {
			t.Errorf("%s: %v, %v", link, ok, err)
		}
		return nil
	})
}

// TestEveryRowIsComplete: each case of the tables leads somewhere, and 1.0 has no
// status at lookup.
func TestEveryRowIsComplete(t *testing.T) {
	for v, last := range map[core.ThreeDSVersion]int{core.ThreeDS21: 16, core.ThreeDS10: 12} {
		for n := 1; n <= last; n++ {
			row, ok := rowOf(v, n, "")
			if !ok || !row.timeout && row.enrolled == "" || row.challenge && row.right.Status == "" {
				t.Errorf("%s case %d is %+v", v, n, row)
			}
		}
		if _, ok := rowOf(v, last+1, ""); ok {
			t.Errorf("%s has a case %d", v, last+1)
		}
	}
}
