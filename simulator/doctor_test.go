package simulator_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/doctor"
	"cardsim/simulator/simulatortest"
	"cardsim/simulator/store"
)

// lived is the file of a simulator that has seen a whole journey, an authorisation
// with its capture and a refund, and a sandbox made by a call.
func lived(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "lived.db")
	c, s := startOn(t, simulator.Config{Data: path})
	live(t, c)
	if _, err := s.CreateSandbox(simulator.SandboxOptions{ID: "made"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func live(t *testing.T, c *simulatortest.Client) {
	t.Helper()
	if _, err := c.CreateToken(c.Env["CARDTOKENS_API_KEY"], simulatortest.Card{PAN: "4111111145551142", Month: 1, Year: 2031}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Enrol("4000000000001091", "V-1", "+4512345678"); err != nil {
		t.Fatal(err)
	}
	held, err := c.Pay(simulatortest.Payment{
		Action:      "authorize",
		Transaction: map[string]any{"trackingCode": "DOCTOR-1-abcdef", "brandId": 1010, "amount": 10, "currencyCode": "EUR"},
		Card:        map[string]any{"number": "4111111111111111", "expiryMonth": 1, "expiryYear": 2031, "cvv": "123"},
	})
	if err != nil || held.Result != 0 {
		t.Fatalf("%+v, %v", held, err)
	}
}

// spoil changes a file by hand.
func spoil(t *testing.T, path string, fn func(*store.Tx) error) {
	t.Helper()
	db, err := store.Open(path, store.Options{Ephemeral: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(fn); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// first is the first row of a table.
func first(t *testing.T, path, table string) (key string, value []byte) {
	t.Helper()
	db, err := store.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.View(func(tx *store.Tx) error {
		return store.Rows(tx, func(r store.Row) error {
			if key == "" {
				key, value = r.Key, r.Value
			}
			return nil
		}, table)
	}); err != nil || key == "" {
		t.Fatalf("table %s has no row, %v", table, err)
	}
	return key, value
}

func TestDoctorOfALivedFile(t *testing.T) {
	path := lived(t)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	report, err := doctor.Examine(path)
	if err != nil || !report.Healthy || len(report.Problems) != 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	ids := []string{}
	for _, s := range report.Sandboxes {
		ids = append(ids, s.ID)
	}
	if !slices.Equal(ids, []string{"default", "made"}) || len(report.Checks) != 9 || report.Schema != 1 || report.Bytes != int64(len(before)) {
		t.Errorf("%+v", report)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("the file was changed, %v", err)
	}
}

// Each thing that can be wrong with what is stored is found by the check of its owner.
func TestDoctorFindsWhatDoesNotFit(t *testing.T) {
	put := func(table, key, value string) func(*store.Tx) error {
		return func(tx *store.Tx) error { return store.PutRaw(tx, "default", table, key, []byte(value)) }
	}
	change := func(table, old, new string) func(t *testing.T, path string) func(*store.Tx) error {
		return func(t *testing.T, path string) func(*store.Tx) error {
			key, value := first(t, path, table)
			changed := strings.Replace(string(value), old, new, 1)
			if changed == string(value) {
				t.Fatalf("table %s: %s has no %s", table, value, old)
			}
			return put(table, key, changed)
		}
	}
	remove := func(table string) func(t *testing.T, path string) func(*store.Tx) error {
		return func(t *testing.T, path string) func(*store.Tx) error {
			key, _ := first(t, path, table)
			return func(tx *store.Tx) error { return store.NewTable[any](table).Delete(tx, "default", key) }
		}
	}
	simply := func(fn func(*store.Tx) error) func(*testing.T, string) func(*store.Tx) error {
		return func(*testing.T, string) func(*store.Tx) error { return fn }
	}
	tests := map[string]struct {
		damage      func(t *testing.T, path string) func(*store.Tx) error
		check, want string
	}{
		"a book with more taken than held": {change("pay.ledger", `"from":"cardholder","to":"reserved"`, `"from":"reserved","to":"merchant"`), doctor.CheckMoney, "the ledger"},
		"a posting of another amount":      {change("pay.ledger", `"minor":1000`, `"minor":999`), doctor.CheckMoney, "is an approved authorize of 1000 and moved 999"},
		"a payment of another amount":      {change("pay.payments", `"minor":1000`, `"minor":9`), doctor.CheckMoney, "moved 1000"},
		"a payment that is gone":           {remove("pay.payments"), doctor.CheckMoney, "which is not there"},
		"a ledger that is gone":            {remove("pay.ledger"), doctor.CheckMoney, "moved 0"},
		"money of a declined payment":      {change("pay.payments", `"result":"approved"`, `"result":"declined"`), doctor.CheckMoney, "is declined and moved money all the same"},
		"a payment that does not decode":   {simply(put("pay.payments", "x", `[]`)), doctor.CheckMoney, "is no pay.Payment"},
		"an arrival beyond its counter":    {simply(put("counters", "pay.arrivals", "0")), doctor.CheckMoney, "lies beyond the counter pay.arrivals"},
		"a token that is gone":             {remove("scheme.tokens"), doctor.CheckScheme, "which is not there"},
		"a token in no state":              {change("scheme.tokens", `"state":"ACTIVE"`, `"state":"BROKEN"`), doctor.CheckScheme, "in no state that there is"},
		"a dead token among the living":    {change("scheme.tokens", `"state":"ACTIVE"`, `"state":"DEACTIVATED"`), doctor.CheckScheme, "living"},
		"a cardholder that is gone":        {remove("issuer.holders"), doctor.CheckIssuer, "none of the cards of its holder"},
		"a card that is gone":              {remove("issuer.cards"), doctor.CheckIssuer, "which is not there"},
		"a finder that leads nowhere":      {simply(put("threeds.finders", "order/8000", `"nowhere"`)), doctor.CheckThreeDS, "nowhere, which is not there"},
		"a message with another's name":    {simply(put("notify.messages", "msg-0000000009", `{"id":"msg-0000000001"}`)), doctor.CheckMessages, "calls itself"},
		"a counter at nothing":             {simply(put("counters", "x", "0")), doctor.CheckRows, "no whole number above 0"},
		"a sandbox that is gone": {simply(func(tx *store.Tx) error {
			return store.PutRaw(tx, "ghost", "pay.tokens", "x", []byte("{}"))
		}), doctor.CheckRows, "belongs to a sandbox that is not there"},
		"a made sandbox without state": {simply(func(tx *store.Tx) error {
			return store.NewTable[any]("sandbox.worlds").Delete(tx, "made", "world")
		}), doctor.CheckSandbox, "names a sandbox made that has nothing stored"},
	}
	whole, err := os.ReadFile(lived(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "spoilt.db")
			if err := os.WriteFile(path, whole, 0o600); err != nil {
				t.Fatal(err)
			}
			spoil(t, path, tt.damage(t, path))
			report, err := doctor.Examine(path)
			if err != nil || report.Healthy {
				t.Fatalf("%+v, %v", report, err)
			}
			for _, p := range report.Problems {
				if p.Check == tt.check && strings.Contains(p.Problem, tt.want) && p.Advice != "" {
					return
				}
			}
			t.Errorf("found %+v", report.Problems)
		})
	}
}

// killed is a file whose program was killed after a journey: a copy of it in use.
func killed(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "lives.db")
	c, _ := startOn(t, simulator.Config{Data: path})
	live(t, c)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(t.TempDir(), "killed.db")
	if err := os.WriteFile(left, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return left
}

func TestDoctorOfAKilledFile(t *testing.T) {
	path := killed(t)
	r, err := doctor.Examine(path)
	if err != nil || !r.Healthy || !r.Logged {
		t.Fatalf("%v %+v", err, r)
	}
	if !slices.ContainsFunc(r.Tables, func(table doctor.Table) bool { return table.Name == "scheme.tokens" && table.Rows == 1 }) {
		t.Errorf("the token is not among the tables: %+v", r.Tables)
	}

	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// What is in the log is in no table yet, so this is a place in the log.
	place := []byte("scheme.tokens\x00default")
	if !bytes.Contains(content, place) {
		t.Fatal("the token is not in the log")
	}
	content = bytes.ReplaceAll(content, place, []byte("scheme.tokenz\x00default"))
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err = doctor.Examine(path)
	if err != nil || r.Healthy || len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Problem, "log") {
		t.Errorf("%v %+v", err, r.Problems)
	}
}

func TestDoctorBoundsItsReport(t *testing.T) {
	path := lived(t)
	spoil(t, path, func(tx *store.Tx) error {
		for i := range 300 {
			if err := store.PutRaw(tx, "ghost", "t", string(rune('a'+i%26))+strings.Repeat("x", i), []byte("1")); err != nil {
				return err
			}
		}
		return nil
	})
	report, err := doctor.Examine(path)
	if err != nil || len(report.Problems) != 200 || report.Omitted != 100 {
		t.Errorf("%d problems, %d omitted, %v", len(report.Problems), report.Omitted, err)
	}
}
