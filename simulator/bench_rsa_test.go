package simulator_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cardsim/fixtures/keys"
	"cardsim/simulator"
	"cardsim/simulator/loadtest"
	"cardsim/simulator/simulatortest"
)

// publishedKey is the key pair that enccard is decrypted with.
func publishedKey(b *testing.B) *rsa.PrivateKey {
	b.Helper()
	block, _ := pem.Decode(keys.CardtokensPrivatePEM())
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		b.Fatal(err)
	}
	return key.(*rsa.PrivateKey)
}

// boxes are the enccards of some cards.
func boxes(b *testing.B, key *rsa.PublicKey) [][]byte {
	b.Helper()
	var all [][]byte
	for n := range 64 {
		card := fmt.Sprintf(`{"pan":%q,"expmonth":1,"expyear":2031,"securitycode":"123"}`, numbered16("47", n))
		box, err := rsa.EncryptPKCS1v15(rand.Reader, key, []byte(card)) //nolint:staticcheck // the protocol demands v1.5 (seed 001)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, box)
	}
	return all
}

// enccards asks for tokens of them.
func enccards(c *simulatortest.Client, all [][]byte) loaded {
	var texts [][]byte
	for _, box := range all {
		body := fmt.Sprintf(`{"enccard":%q,"merchantid":%q}`, base64.StdEncoding.EncodeToString(box), c.Env["CARDTOKENS_MERCHANT_ID"])
		texts = append(texts, loadtest.Post("/api/token", body, "X-Api-Key: "+liveKey(c), "Content-Type: application/json"))
	}
	return loaded{c.Env["CARDSIM_URL"], func(n int) []byte { return texts[n%len(texts)] }}
}

// decryptions decrypts so many boxes on all processors and returns how many a second.
func decryptions(b *testing.B, key *rsa.PrivateKey, all [][]byte, count int) float64 {
	b.Helper()
	var next, failed atomic.Int64
	var wg sync.WaitGroup
	begin := time.Now()
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for n := int(next.Add(1)) - 1; n < count; n = int(next.Add(1)) - 1 {
				if _, err := rsa.DecryptPKCS1v15(nil, key, all[n%len(all)]); err != nil { //nolint:staticcheck // as above
					failed.Add(1)
				}
			}
		})
	}
	wg.Wait()
	if failed.Load() > 0 {
		b.Fatalf("%d of %d are not decrypted", failed.Load(), count)
	}
	return float64(count) / time.Since(begin).Seconds()
}

// BenchmarkEnccard: tokens of encrypted cards against nothing but their decryption on
// all processors, in turn; within 10 %.
//
//	go test ./simulator -run xxx -bench Enccard -benchtime 2000x
func BenchmarkEnccard(b *testing.B) {
	key := publishedKey(b)
	all := boxes(b, &key.PublicKey)
	c, _ := simulatortest.Start(b, simulator.Config{})
	side := enccards(c, all)
	share := max(1, b.N/turns)
	var rates [2][]float64
	b.ResetTimer()
	for sent := 0; sent < b.N; sent += share {
		rates[0] = append(rates[0], decryptions(b, key, all, share))
		rates[1] = append(rates[1], side.send(b, sent, share))
	}
	plain, served := middle(rates[0]), middle(rates[1])
	b.ReportMetric(plain, "rsa/s")
	b.ReportMetric(served, "req/s")
	b.ReportMetric(100*(plain/served-1), "added-%")
}

// BenchmarkReadsBesideEnccard: what clients that read wait while 16 others keep all
// processors busy with RSA, against the same with nobody else there.
//
//	go test ./simulator -run xxx -bench ReadsBeside -benchtime 20000x
func BenchmarkReadsBesideEnccard(b *testing.B) {
	key := publishedKey(b)
	c, _ := simulatortest.Start(b, simulator.Config{})
	reads := tokenReads(c, []string{oneToken(b, c)})
	side := enccards(c, boxes(b, &key.PublicKey))
	b.Run("alone", func(b *testing.B) { waits(b, reads) })
	b.Run("beside", func(b *testing.B) {
		var stop atomic.Bool
		var served atomic.Int64
		var wg sync.WaitGroup
		began := time.Now()
		for range 16 {
			wg.Go(func() {
				for !stop.Load() {
					n := int(served.Add(1))
					if err := (loadtest.Load{Address: place(side.address), Connections: 1, Requests: 1, Status: http.StatusOK, Request: func(int) []byte { return side.request(n) }}).Run(); err != nil {
						b.Error(err)
						return
					}
				}
			})
		}
		waits(b, reads)
		b.ReportMetric(float64(served.Load())/time.Since(began).Seconds(), "enccard/s")
		stop.Store(true)
		wg.Wait()
	})
}

// waits reads over four connections and tells how long the answers took.
func waits(b *testing.B, reads loaded) {
	b.Helper()
	var mu sync.Mutex
	var all []time.Duration
	b.ResetTimer()
	err := loadtest.Load{
		Address: place(reads.address), Connections: 4, Requests: b.N, Request: reads.request, Status: http.StatusOK,
		Latency: func(d time.Duration) {
			mu.Lock()
			defer mu.Unlock()
			all = append(all, d)
		},
	}.Run()
	b.StopTimer()
	if err != nil {
		b.Fatal(err)
	}
	slices.Sort(all)
	b.ReportMetric(float64(all[len(all)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds()), "p99-µs")
}
