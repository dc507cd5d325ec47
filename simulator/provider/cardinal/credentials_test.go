package cardinal

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"strconv"
	"strings"
	"testing"
	"time"

	"cardsim/simulator/clock"
)

// The vectors of reference cardinal.md §2.2.
func TestSignatureVectors(t *testing.T) {
	tests := []struct{ algorithm, key, stamp, want string }{
		{"SHA-256", "13f1fd1b-ab2d-4c1f-8e2c-ca61878f2a44", "1485534293321", "X5TupwjjpO9hg5qIHG2h9aMCekWiqbYkzPkXkPopFMw="},
		{"SHA-512", "13f1fd1b-ab2d-4c1f-8e2c-ca61878f2a44", "1485534293321", "21rO7Y+71hmSJSiJ2O4zo7xnaVg6ALwA0KaWtrQiOJBfOFgTqZaV0+6deiemF8sWzlfaUGnUF1pX21QCXpHdMA=="},
		{"SHA-256", "sandbox-api-key-0001", "1700000000000", "ZHgvisB1uk4CtprIuflPFrIxumPSmqIfZCTXDbU5Ils="},
		{"SHA-512", "sandbox-api-key-0001", "1700000000000", "TAVkuTbRX1hy5z2MnWsMMJ4X8zs5SZoAI8tIMvL/6uSCpekP7o9OlvFJgZ/G8StOykpVIh+UbiAlyBTXsabeOQ=="},
	}
	for _, tt := range tests {
		if got, ok := signature(tt.algorithm, tt.stamp, tt.key); !ok || got != tt.want {
			t.Errorf("%s of %s: %s", tt.algorithm, tt.stamp, got)
		}
	}
	for _, bad := range []string{"SHA256", "sha-256", "MD5", ""} {
		if _, ok := signature(bad, "1", "k"); ok {
			t.Errorf("algorithm %q passes", bad)
		}
	}
}

func (b *bench) signedAt(at time.Time, algorithm string) el {
	stamp := strconv.FormatInt(at.UnixMilli(), 10)
	text := []byte(stamp + b.shop.Cardinal.APIKey)
	sum := sha256.Sum256(text)
	digest := sum[:]
	if algorithm == "SHA-512" {
		long := sha512.Sum512(text)
		digest = long[:]
	}
	return el{"Timestamp": stamp, "Algorithm": algorithm, "Signature": base64.StdEncoding.EncodeToString(digest)}
}

func TestTimestampWindow(t *testing.T) {
	b := open(t, nil)
	tests := map[string]struct {
		at   time.Time
		good bool
	}{
		"oldest":          {noon.Add(-5 * time.Minute), true},
		"too old":         {noon.Add(-5*time.Minute - time.Millisecond), false},
		"latest":          {noon.Add(5 * time.Second), true},
		"in the future":   {noon.Add(5*time.Second + time.Millisecond), false},
		"machine's clock": {clock.Machine(), true}, // interface §3: an honest caller of a frozen sandbox
	}
	for name, tt := range tests {
		for _, algorithm := range []string{"SHA-256", "SHA-512"} {
			got := b.send(b.lookupOf(emvFrictionless).with(b.signedAt(tt.at, algorithm)))
			if (got["ErrorNo"] == "0") != tt.good {
				t.Errorf("%s, %s: ErrorNo %s", name, algorithm, got["ErrorNo"])
			}
			if !tt.good && b.refusal() != refusedTime {
				t.Errorf("%s: the journal says %q", name, b.refusal())
			}
		}
	}
}

func TestWrongCredentialsAreOneErrorWithItsReasonInTheJournal(t *testing.T) {
	b := open(t, nil)
	trio := el{"Algorithm": "", "Identifier": "", "OrgUnit": "", "Signature": "", "Timestamp": "", "ProcessorId": b.shop.Cardinal.ProcessorID, "MerchantId": b.shop.Cardinal.MerchantID}
	tests := []struct {
		name   string
		change el
		reason string
	}{
		{"signature", el{"Signature": "AAAA"}, refusedSignature},
		{"no signature", el{"Signature": ""}, refusedSignature},
		{"org unit", el{"OrgUnit": "0000"}, refusedOrgUnit},
		{"algorithm", el{"Algorithm": "SHA-1"}, refusedAlgorithm},
		{"timestamp text", b.signedAt(time.UnixMilli(1), "SHA-256"), refusedTime},
		{"password", trio.with(el{"TransactionPwd": "wrong"}), refusedPassword},
		{"no password", trio, refusedPassword},
		{"nothing", el{"Algorithm": "", "Identifier": "", "OrgUnit": "", "Signature": "", "Timestamp": ""}, refusedNone},
	}
	for _, tt := range tests {
		a := b.post(b.lookupOf(emvFrictionless).with(tt.change))
		want := "<CardinalMPI><ErrorDesc>Error Processing Message Request</ErrorDesc><ErrorNo>1001</ErrorNo></CardinalMPI>"
		if a.Status != 200 || a.Body != want {
			t.Errorf("%s: HTTP %d %s", tt.name, a.Status, a.Body)
		}
		if got := b.refusal(); got != tt.reason {
			t.Errorf("%s: the journal says %q, want %q", tt.name, got, tt.reason)
		}
	}
}

func TestBothStylesPass(t *testing.T) {
	b := open(t, nil)
	c := b.shop.Cardinal
	trio := el{"ProcessorId": c.ProcessorID, "MerchantId": c.MerchantID, "TransactionPwd": c.TransactionPwd}
	onlyTrio := trio.with(el{"Algorithm": "", "Identifier": "", "OrgUnit": "", "Signature": "", "Timestamp": ""})
	if got := b.send(b.lookupOf(emvFrictionless).with(onlyTrio)); got["ErrorNo"] != "0" {
		t.Errorf("the trio: %v", got)
	}
	if got := b.send(b.lookupOf(emvFrictionless).with(trio).with(el{"TransactionPwd": "wrong"})); got["ErrorNo"] != "0" {
		t.Errorf("with both the API key counts: %v", got)
	}
	unseen := b.send(b.lookupOf(emvFrictionless).with(el{"Identifier": "nobody"}))
	if unseen["ErrorNo"] != "0" || !b.warned("unknown") {
		t.Errorf("an unseen identity in open mode: %v, warnings %v", unseen, b.Last(t).Warnings)
	}
}

func TestCredentialErrorNumberIsASetting(t *testing.T) {
	b := open(t, map[string]any{"credentialError": 4243})
	got := b.send(b.lookupOf(emvFrictionless).with(el{"Signature": "AAAA"}))
	compare(t, "setting", got, el{"ErrorNo": "4243", "ErrorDesc": "*"})
}

// TestPlusTurnedBlank: a sender that forgets to percent-encode the Base64 text
// (reference cardinal.md §2.2).
func TestPlusTurnedBlank(t *testing.T) {
	b := open(t, nil)
	m := b.lookupOf(emvFrictionless)
	for at := noon; !strings.Contains(m["Signature"], "+"); at = at.Add(-time.Millisecond) {
		m = m.with(b.signedAt(at, "SHA-256"))
	}
	encoded := thin(t, b.post(m).Body)
	if encoded["ErrorNo"] != "0" {
		t.Fatalf("well encoded: %v", encoded)
	}
	a := b.raw("cmpi_msg=" + m.xml())
	if got := thin(t, a.Body); got["ErrorNo"] != "1001" || !b.warned("percent-encoding") {
		t.Errorf("%v, warnings %v", got, b.Last(t).Warnings)
	}
}
