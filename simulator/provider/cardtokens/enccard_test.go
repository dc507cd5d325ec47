package cardtokens

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"cardsim/fixtures/keys"
)

// seedCard is the card of seed 001 as text: 75 bytes (reference cardtokens.md §14).
const seedCard = `{"pan":"6007220000000004","expmonth":2,"expyear":2028,"securitycode":"000"}`

type padding func(*rsa.PublicKey, []byte) ([]byte, error)

func pkcs1(k *rsa.PublicKey, plain []byte) ([]byte, error) {
	return rsa.EncryptPKCS1v15(rand.Reader, k, plain) //nolint:staticcheck // the protocol demands it
}

func oaep512(k *rsa.PublicKey, plain []byte) ([]byte, error) {
	return rsa.EncryptOAEP(sha512.New(), rand.Reader, k, plain, nil)
}

func oaep256(k *rsa.PublicKey, plain []byte) ([]byte, error) {
	return rsa.EncryptOAEP(sha256.New(), rand.Reader, k, plain, nil)
}

// encrypt is what a client does with a card.
func encrypt(t testing.TB, b *bench, card string, pad padding) string {
	t.Helper()
	sealed, err := pad(&b.w.Key.PublicKey, []byte(card))
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(sealed)
}

func encJSON(enccard string) string {
	return `{"enccard":"` + enccard + `","merchantid":"` + shopID + `"}`
}

func TestEncryptedCards(t *testing.T) {
	b := newBench(t)
	sealed := encrypt(t, b, seedCard, pkcs1)
	if len(sealed) != 684 || !strings.HasSuffix(sealed, "=") {
		t.Errorf("enccard has %d characters, want 684 with one = at the end", len(sealed))
	}
	for name, body := range map[string]string{
		"PKCS #1 v1.5":         encJSON(sealed),
		"OAEP with SHA-512":    encJSON(encrypt(t, b, seedCard, oaep512)),
		"escaped padding":      encJSON(strings.ReplaceAll(sealed, "=", `\u003d`)),
		"wrapped base64":       encJSON(sealed[:76] + `\r\n` + sealed[76:152] + `\n` + sealed[152:]),
		"capital name":         strings.Replace(encJSON(sealed), "enccard", "EncCard", 1),
		"with a plain card":    `{"card":{"pan":"nonsense"},` + encJSON(sealed)[1:],
		"strings and capitals": encJSON(encrypt(t, b, `{"Pan":"6007220000000004","Expmonth":"02","Expyear":"2028","Securitycode":""}`, pkcs1)),
		"blanks around":        encJSON(encrypt(t, b, "\n "+seedCard+"\n", pkcs1)),
	} {
		b.wantForm(name, seed001Answer, b.call(http.MethodPost, "/api/token", body))
	}
}

// TestOneErrorForEveryBrokenEnccard: no padding oracle (reference cardtokens.md §5).
func TestOneErrorForEveryBrokenEnccard(t *testing.T) {
	b := newBench(t)
	sealed := encrypt(t, b, seedCard, pkcs1)
	want := b.call(http.MethodPost, "/api/token", encJSON("AAAA"))
	if want.status != http.StatusInternalServerError || strings.Contains(want.text("err"), "padding") {
		t.Fatalf("broken enccard: %d %s", want.status, want.body)
	}
	for name, enccard := range map[string]string{
		"no base64":           "!!!!",
		"URL alphabet":        "-_-_",
		"no padding":          strings.TrimRight(sealed, "="),
		"one bit changed":     "AAAA" + sealed[4:],
		"plain text":          base64.StdEncoding.EncodeToString([]byte(seedCard)),
		"not JSON":            encrypt(t, b, "6007220000000004", pkcs1),
		"a string":            encrypt(t, b, `"6007220000000004"`, pkcs1),
		"null":                encrypt(t, b, "null", pkcs1),
		"an array":            encrypt(t, b, "["+seedCard+"]", pkcs1),
		"empty":               encrypt(t, b, "", pkcs1),
		"two objects":         encrypt(t, b, "{}{}", pkcs1),
		"not JSON, OAEP":      encrypt(t, b, "6007220000000004", oaep512),
		"OAEP with SHA-256":   encrypt(t, b, seedCard, oaep256),
		"longer than the key": sealed[:len(sealed)-4] + sealed,
	} {
		if got := b.call(http.MethodPost, "/api/token", encJSON(enccard)); got.body != want.body || got.status != want.status {
			t.Errorf("%s: %d %s, want %d %s", name, got.status, got.body, want.status, want.body)
		}
	}
	for name, body := range map[string]string{"a number": `{"enccard":12}`, "an object": `{"enccard":{}}`} {
		if got := b.call(http.MethodPost, "/api/token", body); got.body != want.body {
			t.Errorf("%s: %s, want %s", name, got.body, want.body)
		}
	}
}

// TestOpensslEncryptsTheCard follows reference cardtokens.md §5 with openssl.
func TestOpensslEncryptsTheCard(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("there is no openssl here")
	}
	b := newBench(t)
	dir := t.TempDir()
	pub, card := filepath.Join(dir, "pub.pem"), filepath.Join(dir, "card.json")
	for path, content := range map[string][]byte{pub: keys.CardtokensPublicPEM(), card: []byte(seedCard)} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, options := range map[string][]string{
		"pkcs1": {"-pkeyopt", "rsa_padding_mode:pkcs1"},
		"oaep":  {"-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:sha512", "-pkeyopt", "rsa_mgf1_md:sha512"},
	} {
		args := append([]string{"pkeyutl", "-encrypt", "-pubin", "-inkey", pub, "-in", card}, options...)
		sealed, err := exec.Command(openssl, args...).Output()
		if err != nil {
			t.Fatalf("openssl %s: %v", name, err)
		}
		a := b.call(http.MethodPost, "/api/token", encJSON(base64.StdEncoding.EncodeToString(sealed)))
		b.wantForm("openssl "+name, seed001Answer, a)
	}
}

func TestManyEncryptedCardsAtOnce(t *testing.T) {
	b := newBench(t)
	body := encJSON(encrypt(t, b, seedCard, pkcs1))
	ids := make([]string, 8)
	var wg sync.WaitGroup
	for i := range ids {
		wg.Go(func() { ids[i] = b.call(http.MethodPost, "/api/token", body).text("tokenid") })
	}
	wg.Wait()
	seen := map[string]bool{}
	for _, id := range ids {
		if id == "" || seen[id] {
			t.Errorf("tokenid %q is empty or came twice", id)
		}
		seen[id] = true
	}
}

func TestRequireEncryption(t *testing.T) {
	b := newBench(t)
	b.set("requireEncryption", true)
	if a := b.call(http.MethodPost, "/api/token", createJSON("6007220000000004", shopID)); a.status != http.StatusInternalServerError {
		t.Errorf("a plain card: %d %s", a.status, a.body)
	}
	b.wantForm("encrypted", seed001Answer, b.call(http.MethodPost, "/api/token", encJSON(encrypt(t, b, seedCard, pkcs1))))
}
