package scheme

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cardsim/simulator/sandbox"
)

// slip is a cryptogram in the merchant's hand.
type slip struct {
	value  string
	token  int
	issued time.Time
	tried  bool
}

// machine plays a merchant against the schemes and keeps a model beside it.
type machine struct {
	*bench
	tokens []Token
	states []State
	slips  []slip
}

func (m *machine) provisionAny(t *rapid.T) {
	if len(m.tokens) > 5 {
		t.Skip("enough tokens")
	}
	network := rapid.SampledFrom([]Scheme{Visa, Mastercard, Test}).Draw(t, "scheme")
	m.tokens = append(m.tokens, m.provision(rapid.SampledFrom([]string{visaCard, mcCard}).Draw(t, "card"), network))
	m.states = append(m.states, Active)
}

func (m *machine) anyToken(t *rapid.T) int {
	if len(m.tokens) == 0 {
		t.Skip("no token")
	}
	return rapid.IntRange(0, len(m.tokens)-1).Draw(t, "token")
}

func (m *machine) move(t *rapid.T) {
	i := m.anyToken(t)
	to := rapid.SampledFrom([]State{Active, Suspended, Deactivated}).Draw(t, "to")
	if !m.states[i].CanBecome(to) {
		t.Skip("not legal")
	}
	m.setState(m.tokens[i], to)
	m.states[i] = to
}

func (m *machine) issueAny(t *rapid.T) {
	i := m.anyToken(t)
	var value string
	m.do(func(s sandbox.Scope) error {
		now, _, err := TokenByID(s, m.tokens[i].ID)
		if err != nil {
			return err
		}
		c, err := IssueCryptogram(s, now, "")
		if live := m.states[i] == Active; live != (err == nil) {
			t.Fatalf("token is %s, issuing said %v", m.states[i], err)
		}
		value = c.Value
		return nil
	})
	for _, s := range m.slips {
		if value != "" && s.value == value {
			t.Fatal("a cryptogram was issued twice")
		}
	}
	if value != "" {
		m.slips = append(m.slips, slip{value: value, token: i, issued: m.w.Clock.Now()})
	}
}

func (m *machine) pay(t *rapid.T) {
	if len(m.slips) == 0 {
		t.Skip("no cryptogram")
	}
	c := &m.slips[rapid.IntRange(0, len(m.slips)-1).Draw(t, "cryptogram")]
	with := m.anyToken(t)
	sameNumber := m.tokens[with].Number.Fingerprint == m.tokens[c.token].Number.Fingerprint
	fresh := m.w.Clock.Now().Sub(c.issued) <= 15*time.Minute
	want := sameNumber && !c.tried && fresh && m.states[c.token] == Active
	if got := m.spend(m.tokens[with], c.value); (got == "") != want {
		t.Fatalf("refusal %q; same number %v, tried %v, fresh %v, token %s", got, sameNumber, c.tried, fresh, m.states[c.token])
	}
	c.tried = true
}

func (m *machine) check(t *rapid.T) {
	for i, tok := range m.tokens {
		if got := m.reload(tok).State; got != m.states[i] {
			t.Fatalf("token %d is %s, want %s", i, got, m.states[i])
		}
	}
}

// TestTokensAndCryptogramsAgainstAModel: whatever the order of calls, a cryptogram
// is good once, for its own number, while it is fresh and its tokenid lives.
func TestTokensAndCryptogramsAgainstAModel(t *testing.T) {
	base := newBench(t)
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		m := &machine{bench: &bench{t: t, w: world(t, fmt.Sprintf("run-%d", run), 1), db: base.db}}
		rt.Repeat(map[string]func(*rapid.T){
			"provision": m.provisionAny,
			"move":      m.move,
			"issue":     m.issueAny,
			"pay":       m.pay,
			"wait": func(rt *rapid.T) {
				m.advance(time.Duration(rapid.IntRange(1, 10).Draw(rt, "minutes")) * time.Minute)
			},
			"": m.check,
		})
	})
}
