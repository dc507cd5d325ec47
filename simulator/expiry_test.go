package simulator_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// leapDay is the frozen present of these tests: long before the machine's own
// time, so that a caller's timestamps are fresh by the sandbox's clock only.
var leapDay = time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)

// timed is an integrator whose sandbox's time is moved by hand.
type timed struct {
	tale
	n int
}

func frozen(t *testing.T) *timed {
	t.Helper()
	c, _ := simulatortest.Start(t, simulator.Config{Clock: &leapDay})
	return &timed{tale: tale{t, c}}
}

// set puts the clock to an instant.
func (s *timed) set(at time.Time) {
	s.t.Helper()
	s.ok(s.c.Admin(http.MethodPut, "/clock", map[string]any{"mode": "frozen", "now": at}, nil))
}

// settings changes switches.
func (s *timed) settings(patch map[string]map[string]any) {
	s.t.Helper()
	s.ok(s.c.Admin(http.MethodPatch, "/settings", patch, nil))
}

// around does the same a nanosecond before an instant, at it and after it, each
// time from the present on: prepare in the present, look at the instant. want are
// the three answers.
func (s *timed) around(what string, instant time.Time, want [3]string, prepare func() func() string) {
	s.t.Helper()
	for i, offset := range []time.Duration{-1, 0, 1} {
		s.n++
		s.set(leapDay)
		look := prepare()
		s.set(instant.Add(offset))
		if got := look(); got != want[i] {
			s.t.Errorf("%s at %+d ns: %q, want %q", what, offset, got, want[i])
		}
	}
}

func (s *timed) order() simulatortest.Order { return good(fmt.Sprintf("TIME-%04d", s.n)) }

// asked looks a card up and returns its transaction and the challenge that runs.
func (s *timed) asked() (transaction string, ch simulatortest.Challenge) {
	s.t.Helper()
	look, err := s.c.Lookup(s.order())
	s.ok(err)
	list, err := s.c.Challenges()
	s.ok(err)
	same(s.tale, "the newest challenge", list[0].TransactionID, look["TransactionId"])
	return look["TransactionId"], list[0]
}

// TestOTPAtItsExpiry: the right code of an enrolled card is right until its
// deadline, which it is too late at.
func TestOTPAtItsExpiry(t *testing.T) {
	s := frozen(t)
	_, err := s.c.Enrol("4000000000001091", "V1", "+4512345678")
	s.ok(err)
	s.around("the code", leapDay.Add(300*time.Second), [3]string{"finished Y", "expired N", "expired N"}, func() func() string {
		_, ch := s.asked()
		messages, err := s.c.Messages()
		s.ok(err)
		code := messages[0].Code
		if code == "" {
			t.Fatal("the outbox shows no code")
		}
		return func() string {
			acted, err := s.c.Act(ch.ID, map[string]string{"action": "submit", "otp": code})
			s.ok(err)
			return acted.State + " " + acted.Result
		}
	})
}

// TestChallengeAtItsExpiry: in the list, and for the merchant who asks early or
// late.
func TestChallengeAtItsExpiry(t *testing.T) {
	s := frozen(t)
	want := [3]string{"pending , merchant U", "expired N, merchant N", "expired N, merchant N"}
	s.around("a challenge", leapDay.Add(300*time.Second), want, func() func() string {
		transaction, _ := s.asked()
		return func() string {
			list, err := s.c.Challenges()
			s.ok(err)
			auth, err := s.c.Authenticate(transaction)
			s.ok(err)
			return list[0].State + " " + list[0].Result + ", merchant " + auth["PAResStatus"]
		}
	})
}

// TestCryptogramAtItsExpiry: it is good for fifteen minutes, the last instant
// included, or for as long as the setting says.
func TestCryptogramAtItsExpiry(t *testing.T) {
	for lifetime, wait := range map[string]time.Duration{"": 15 * time.Minute, "1m30s": 90 * time.Second} {
		s := frozen(t)
		if lifetime != "" {
			s.settings(map[string]map[string]any{"acehub": {"cryptogramLifetime": lifetime}})
		}
		s.around("a cryptogram", leapDay.Add(wait), [3]string{"0 ", "0 ", "-4 cryptogram-expired"}, func() func() string {
			j, err := s.c.Walk(liveKey(s.c), s.order())
			s.ok(err)
			return func() string { return s.pays(j.Payment()) }
		})
	}
}

// pays is the result of a payment and the journal's reason of a refusal.
func (s *timed) pays(p simulatortest.Payment) string {
	s.t.Helper()
	paid, err := s.c.Pay(p)
	s.ok(err)
	code, err := s.c.Refusal("acehub.payment.create")
	s.ok(err)
	return fmt.Sprintf("%d %s", paid.Result, code)
}

// TestPendingPaymentAtItsDeadline: iDEAL's session lasts 600 seconds.
func TestPendingPaymentAtItsDeadline(t *testing.T) {
	s := frozen(t)
	s.around("a pending payment", leapDay.Add(600*time.Second), [3]string{"2", "4", "4"}, func() func() string {
		paid, err := s.c.Pay(simulatortest.Payment{Action: "payment", Transaction: map[string]any{
			"trackingCode": s.order().Number, "brandId": 3010, "amount": 11, "currencyCode": "EUR", "returnUrl": "https://shop.example/return", "issuerId": 10,
		}})
		s.ok(err)
		same(s.tale, "the result of "+string(paid.Raw), paid.Result, 2)
		return func() string {
			read, err := s.c.AceHub(http.MethodGet, "payments/"+paid.Body.Transaction.ID+"?businessId="+s.c.Env["ACEHUB_BUSINESS_ID"], nil)
			s.ok(err)
			return strconv.Itoa(read.Result)
		}
	})
}

// TestCardsAtTheEndOfTheirMonth: a card is good through the last day of its month,
// UTC, also a 29 February; its network token of scheme testscheme as long.
func TestCardsAtTheEndOfTheirMonth(t *testing.T) {
	s := frozen(t)
	s.settings(map[string]map[string]any{"acehub": {"expiredCard": "decline"}})
	for _, tt := range []struct {
		month, year int
		end         time.Time
	}{
		{2, 2024, time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)}, // has a 29th
		{2, 2025, time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)}, // has none
		{12, 2024, time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)},
		{4, 2024, time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)},
	} {
		s.around(fmt.Sprintf("AceHub and a card until %d/%d", tt.month, tt.year), tt.end, [3]string{"0 ", "-4 expired-card", "-4 expired-card"}, func() func() string {
			return func() string {
				return s.pays(simulatortest.Payment{Action: "authorize",
					Transaction: map[string]any{"trackingCode": s.order().Number, "brandId": 1010, "amount": 5, "currencyCode": "EUR"},
					Card:        map[string]any{"number": "4111111111111111", "expiryMonth": tt.month, "expiryYear": tt.year, "holderName": "Ada Tester"},
				})
			}
		})
		for _, key := range []string{"CARDTOKENS_API_KEY", "CARDTOKENS_LIVE_API_KEY"} {
			card := simulatortest.Card{PAN: "4000000000001091", Month: tt.month, Year: tt.year, CVV: "123"}
			s.around("Cardtokens and that card", tt.end, [3]string{"made", "refused", "refused"}, func() func() string {
				return func() string {
					if _, err := s.c.CreateToken(s.c.Env[key], card); err != nil {
						if !strings.Contains(err.Error(), "HTTP 500") {
							t.Error(err)
						}
						return "refused"
					}
					return "made"
				}
			})
		}
		s.around("its token", tt.end, [3]string{"ACTIVE", "INACTIVE", "INACTIVE"}, func() func() string {
			token, err := s.c.CreateToken(s.c.Env["CARDTOKENS_API_KEY"], simulatortest.Card{PAN: "4000000000001091", Month: tt.month, Year: tt.year, CVV: "123"})
			s.ok(err)
			return func() string {
				status, err := s.c.TokenStatus(s.c.Env["CARDTOKENS_API_KEY"], token.TokenID)
				s.ok(err)
				return status
			}
		})
	}
}

// TestExpiredCardPaysUnlessSet: the vendor's own examples lie in the past
// (decisions 19).
func TestExpiredCardPaysUnlessSet(t *testing.T) {
	s := frozen(t)
	got := s.pays(simulatortest.Payment{Action: "authorize",
		Transaction: map[string]any{"trackingCode": "PAST-0001", "brandId": 1010, "amount": 5, "currencyCode": "EUR"},
		Card:        map[string]any{"number": "4111111111111111", "expiryMonth": 1, "expiryYear": 2024, "holderName": "Ada Tester"},
	})
	same(s.tale, "the result", got, "0 ")
}

// TestTimestampWindow: a signed Timestamp is fresh from five minutes after to five
// seconds before the sandbox's instant, both included.
func TestTimestampWindow(t *testing.T) {
	s := frozen(t)
	stamp := strconv.FormatInt(leapDay.UnixMilli(), 10)
	sum := sha256.Sum256([]byte(stamp + s.c.Env["CARDINAL_API_KEY"]))
	ask := func() func() string {
		return func() string {
			_, err := s.c.Cmpi("cmpi_authenticate", simulatortest.Elements{
				"TransactionId": "AbCdEfGhIjKlMnOpQr01", "Timestamp": stamp, "Signature": base64.StdEncoding.EncodeToString(sum[:]),
			})
			s.ok(err)
			code, err := s.c.Refusal("cardinal.authenticate")
			s.ok(err)
			if code == "timestamp-outside-window" {
				return "late"
			}
			return "fresh"
		}
	}
	s.around("an old Timestamp", leapDay.Add(5*time.Minute), [3]string{"fresh", "fresh", "late"}, ask)
	s.around("one ahead", leapDay.Add(-5*time.Second), [3]string{"late", "fresh", "fresh"}, ask)
}

// TestTokenLifetime: a Cruise token is good for four hours from iat, and up to its
// exp, both excluded.
func TestTokenLifetime(t *testing.T) {
	s := frozen(t)
	ask := func(extra map[string]any) func() func() string {
		return func() func() string {
			return func() string {
				claims := map[string]any{"jti": s.order().Number, "iat": leapDay.Unix(), "iss": s.c.Env["CARDINAL_IDENTIFIER"], "OrgUnitId": s.c.Env["CARDINAL_ORG_UNIT"]}
				for k, v := range extra {
					claims[k] = v
				}
				a, err := s.c.Do(http.MethodPost, s.c.Env["CARDSIM_URL"]+"/V1/Cruise/Collect", []byte(url.Values{"JWT": {s.jwt(claims)}}.Encode()),
					"Content-Type", "application/x-www-form-urlencoded")
				s.ok(err)
				if a.Status == http.StatusBadRequest && strings.Contains(string(a.Body), "Error 1011") {
					return "expired"
				}
				return strconv.Itoa(a.Status)
			}
		}
	}
	want := [3]string{"200", "expired", "expired"}
	s.around("iat", leapDay.Add(4*time.Hour), want, ask(nil))
	s.around("exp", leapDay.Add(time.Hour), want, ask(map[string]any{"exp": leapDay.Add(time.Hour).Unix()}))
}

// jwt signs claims as a merchant does.
func (s *timed) jwt(claims map[string]any) string {
	s.t.Helper()
	text, err := json.Marshal(claims)
	s.ok(err)
	enc := base64.RawURLEncoding
	signed := enc.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + enc.EncodeToString(text)
	mac := hmac.New(sha256.New, []byte(s.c.Env["CARDINAL_API_KEY"]))
	mac.Write([]byte(signed))
	return signed + "." + enc.EncodeToString(mac.Sum(nil))
}

// TestTransactionAge: a lookup can be authenticated for a day.
func TestTransactionAge(t *testing.T) {
	s := frozen(t)
	s.around("a lookup", leapDay.Add(24*time.Hour), [3]string{"0 Y", "old", "old"}, func() func() string {
		transaction, _ := s.asked()
		_, err := s.c.Approve(transaction)
		s.ok(err)
		return func() string {
			auth, err := s.c.Authenticate(transaction)
			s.ok(err)
			if auth["ErrorNo"] != "0" {
				return "old"
			}
			return auth["ErrorNo"] + " " + auth["PAResStatus"]
		}
	})
}
