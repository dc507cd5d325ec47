package simulator_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"cardsim/simulator"
	"cardsim/simulator/core"
	"cardsim/simulator/loadtest"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
	"cardsim/simulator/simulatortest"
	"cardsim/simulator/store"
)

// The benchmarks of this file show what a simulator costs that has grown:
//
//	go test ./simulator -run xxx -bench 'Tokens|Sandboxes' -benchtime 20000x -grown 1000000 -timeout 60m
//	go test ./simulator -run xxx -bench 'StartProgram|Exec$' -benchtime 20x -grown 1000000 -timeout 60m
//
// Each side is loaded in turn by 16 connections; told are the medians and what is added.
var (
	grownTokens    = flag.Int("grown", 20_000, "how many tokens the database of the benchmarks holds that has grown")
	grownSandboxes = flag.Int("grown-sandboxes", 1000, "how many sandboxes BenchmarkSandboxes makes")
)

// BenchmarkTokens: a database full of tokens against an empty one, both in files that
// last; at most 20 % slower. Read is one token, or ten thousand from all over the table;
// written are tokens of cards that were never seen.
func BenchmarkTokens(b *testing.B) {
	path := filepath.Join(b.TempDir(), "grown.db")
	ids := grow(b, path, *grownTokens)
	empty, _ := simulatortest.Start(b, simulator.Config{Data: filepath.Join(b.TempDir(), "empty.db")})
	grown, _ := simulatortest.Start(b, simulator.Config{Data: path})
	first := tokenReads(empty, []string{oneToken(b, empty)})
	b.Run("read one", func(b *testing.B) { inTurn(b, first, tokenReads(grown, ids[:1])) })
	b.Run("read all over", func(b *testing.B) { inTurn(b, first, tokenReads(grown, ids)) })
	b.Run("write", func(b *testing.B) { inTurn(b, tokenWrites(empty), tokenWrites(grown)) })
}

// tokenReads asks for the status of tokens, one after another.
func tokenReads(c *simulatortest.Client, ids []string) loaded {
	texts := make([][]byte, 0, len(ids))
	for _, id := range ids {
		texts = append(texts, loadtest.Get("/api/token/"+id+"/status", "X-Api-Key: "+liveKey(c)))
	}
	return loaded{c.Env["CARDSIM_URL"], func(n int) []byte { return texts[n%len(texts)] }}
}

// tokenWrites makes tokens of new cards.
func tokenWrites(c *simulatortest.Client) loaded {
	var card atomic.Int64
	return loaded{c.Env["CARDSIM_URL"], func(int) []byte { return tokenRequest(c, numbered16("49", int(card.Add(1)))) }}
}

func tokenRequest(c *simulatortest.Client, pan string) []byte {
	body := fmt.Sprintf(`{"card":{"pan":%q,"expmonth":1,"expyear":2031,"securitycode":"123"},"merchantid":%q}`, pan, c.Env["CARDTOKENS_MERCHANT_ID"])
	return loadtest.Post("/api/token", body, "X-Api-Key: "+liveKey(c), "Content-Type: application/json")
}

// numbered16 is the n-th card number with a prefix of two digits.
func numbered16(prefix string, n int) string {
	body := fmt.Sprintf("%s%013d", prefix, n)
	return body + string(core.LuhnDigit(body))
}

func oneToken(b *testing.B, c *simulatortest.Client) string {
	b.Helper()
	token, err := c.CreateToken(liveKey(c), simulatortest.Card{PAN: "4000000000001091", Month: 1, Year: 2031, CVV: "123"})
	if err != nil {
		b.Fatal(err)
	}
	return token.TokenID
}

// aChallenge reads the page of a challenge as its browser does: without a credential.
func aChallenge(b *testing.B, c *simulatortest.Client) loaded {
	b.Helper()
	look, err := c.Lookup(good("BROWSER-1"))
	if err != nil {
		b.Fatal(err)
	}
	id, err := challengeOf(c, look["TransactionId"])
	if err != nil {
		b.Fatal(err)
	}
	text := loadtest.Get("/acs/challenge/" + id)
	return loaded{c.Env["CARDSIM_URL"], func(int) []byte { return text }}
}

// grow makes a database with so many tokens, in no time beside asking the API for
// them, and returns some ten thousand of their ids, spread over all. The rows are the
// product's own: only HTTP and the journal are passed by.
func grow(b *testing.B, path string, count int) []string {
	b.Helper()
	first := firstToken(b, path)
	w, err := sandbox.New(sandbox.Spec{ID: "default", Seed: 1, Merchants: []*sandbox.Merchant{{ID: first.Merchant}}})
	if err != nil {
		b.Fatal(err)
	}
	db, err := store.Open(path, store.Options{Ephemeral: true})
	if err != nil {
		b.Fatal(err)
	}
	const together = 1_000 // larger transactions would leave more free pages than real ones do
	every := max(1, count/10_000)
	ids := []string{first.ID}
	for done := 0; done < count; done += together {
		err := db.Update(func(tx *store.Tx) error {
			s := w.At(first.Created, tx)
			for n := done; n < min(done+together, count); n++ {
				token, err := scheme.Provision(s, provisioning(w, first, n))
				if err != nil {
					return err
				}
				if n%every == 0 {
					ids = append(ids, token.ID)
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	toDisk(b, path)
	return ids
}

// toDisk writes out what the system still holds of a file, so that nobody who is
// measured later has to wait for it.
func toDisk(b *testing.B, path string) {
	b.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		b.Fatal(err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		b.Fatal(err)
	}
}

func provisioning(w *sandbox.World, like scheme.Token, n int) scheme.Provisioning {
	pan, _ := core.ParsePAN(numbered16("48", n))
	return scheme.Provisioning{Merchant: w.Own(), MerchantID: like.MerchantID, Card: w.Ref(pan), CardExpiry: like.CardExpiry, Scheme: scheme.Visa}
}

// firstToken makes a database as the program does, with one token in it.
func firstToken(b *testing.B, path string) (token scheme.Token) {
	b.Helper()
	c, s := startOn(b, simulator.Config{Data: path})
	oneToken(b, c)
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	db, err := store.OpenReader(path)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.View(func(tx *store.Tx) error {
		return store.Rows(tx, func(r store.Row) error { return json.Unmarshal(r.Value, &token) }, "scheme.tokens")
	}); err != nil || token.ID == "" {
		b.Fatalf("%+v %v", token, err)
	}
	return token
}

// BenchmarkSandboxes: calls of one among a thousand sandboxes, and calls spread over all
// of them, and a browser in the last of them, against a simulator that has only the
// default one; at most 10 % slower.
func BenchmarkSandboxes(b *testing.B) {
	one, _ := simulatortest.Start(b, simulator.Config{})
	c, s := simulatortest.Start(b, simulator.Config{})
	reads, writes := make([]loaded, *grownSandboxes), make([]loaded, *grownSandboxes)
	var last *simulatortest.Client
	began := time.Now()
	for i := range *grownSandboxes {
		made, err := s.CreateSandbox(simulator.SandboxOptions{ID: fmt.Sprintf("many-%d", i)})
		if err != nil {
			b.Fatal(err)
		}
		in := &simulatortest.Client{Env: made.Env, HTTP: c.HTTP}
		reads[i], writes[i] = tokenReads(in, []string{oneToken(b, in)}), tokenWrites(in)
		last = in
	}
	b.Logf("%d sandboxes, each with a token, made in %s", *grownSandboxes, time.Since(began).Round(time.Millisecond))
	spread := func(all []loaded) loaded {
		return loaded{c.Env["CARDSIM_URL"], func(n int) []byte { return all[n%len(all)].request(n) }}
	}
	first := tokenReads(one, []string{oneToken(b, one)})
	b.Run("read one", func(b *testing.B) { inTurn(b, first, reads[0]) })
	b.Run("read all over", func(b *testing.B) { inTurn(b, first, spread(reads)) })
	b.Run("write", func(b *testing.B) { inTurn(b, tokenWrites(one), spread(writes)) })
	b.Run("browser", func(b *testing.B) { inTurn(b, aChallenge(b, one), aChallenge(b, last)) })
}
