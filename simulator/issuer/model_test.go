package issuer

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// model is what a tenant's books must say, kept in the plainest way.
type model struct {
	holders map[string]map[string]string // vector -> type -> value
	cards   map[string]string            // number -> vector
	states  map[string]string            // number -> state
	ids     map[string]string            // number -> cardId
}

// TestTenantBooks drives enrolments and updates at random and compares every
// answer with the model: the vector rule, re-enrolment, states, all or none.
func TestTenantBooks(t *testing.T) {
	numbers := []string{oldSample, newSample, "4000000000001091", "5200000000001096"}
	shared, run := open(t, sandbox.Spec{}), 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		d := shared.anew(fmt.Sprint("run-", run))
		m := model{map[string]map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}}
		rt.Repeat(map[string]func(*rapid.T){
			"enrol":  func(rt *rapid.T) { m.enrol(rt, d, rapid.SampledFrom(numbers).Draw(rt, "card")) },
			"update": func(rt *rapid.T) { m.update(rt, d) },
			"state":  func(rt *rapid.T) { m.setState(rt, d, rapid.SampledFrom(numbers).Draw(rt, "card")) },
			"":       func(rt *rapid.T) { m.compare(rt, d) },
		})
	})
}

func drawIdentities(rt *rapid.T) map[string]string {
	out := map[string]string{}
	if v := rapid.SampledFrom([]string{"", "+4511111111", "+4522222222"}).Draw(rt, "phone"); v != "" {
		out[PhoneNumber] = v
	}
	if v := rapid.SampledFrom([]string{"", "a@b.dk"}).Draw(rt, "mail"); v != "" {
		out[Email] = v
	}
	return out
}

func (m *model) enrol(rt *rapid.T, d *desk, number string) {
	vector := rapid.SampledFrom([]string{"V1", "V2"}).Draw(rt, "vector")
	given := drawIdentities(rt)
	list := identities(Vector, vector)
	for kind, value := range given {
		list = append(list, Identity{Type: kind, Value: value})
	}
	card, _, err := d.enrol(Enrolment{Name: "N", Card: d.ref(number), Identities: list})
	stored, known := m.holders[vector]
	owner, enrolled := m.cards[number]
	if known && fmt.Sprint(stored) != fmt.Sprint(given) || enrolled && owner != vector {
		var e *core.Error
		if !errors.As(err, &e) || e.Code != core.CodeConflict {
			rt.Fatalf("enrolment that conflicts gives %v", err)
		}
		return
	}
	if err != nil {
		rt.Fatal(err)
	}
	if enrolled && card.ID != m.ids[number] {
		rt.Fatalf("enrolled again as %s, was %s", card.ID, m.ids[number])
	}
	m.holders[vector], m.cards[number], m.ids[number] = given, vector, card.ID
	if !enrolled {
		m.states[number] = Enabled
	}
}

func (m *model) update(rt *rapid.T, d *desk) {
	vector := rapid.SampledFrom([]string{"V1", "V2"}).Draw(rt, "vector")
	changes := drawIdentities(rt)
	var list []Identity
	for kind, value := range changes {
		list = append(list, Identity{Type: kind, Value: value})
	}
	id := holderID(d.world, "900912", vector)
	err := d.do(func(s sandbox.Scope) error {
		_, err := UpdateIdentities(s, d.world.Tenants[0], id, list)
		return err
	})
	if _, known := m.holders[vector]; known != (err == nil) {
		rt.Fatalf("update of %s: %v", vector, err)
	}
	if err == nil {
		for kind, value := range changes {
			m.holders[vector][kind] = value
		}
	}
}

func (m *model) setState(rt *rapid.T, d *desk, number string) {
	state := rapid.SampledFrom([]string{Enabled, Disabled}).Draw(rt, "state")
	id, enrolled := m.ids[number]
	err := d.do(func(s sandbox.Scope) error {
		_, _, err := SetState(s, d.world.Tenants[0], id, state)
		return err
	})
	if enrolled != (err == nil) {
		rt.Fatalf("state of %s: %v", number, err)
	}
	if enrolled {
		m.states[number] = state
	}
}

func (m *model) compare(rt *rapid.T, d *desk) {
	err := d.do(func(s sandbox.Scope) error {
		for number, vector := range m.cards {
			card, holder, ok, err := Find(s, d.ref(number).Fingerprint)
			if err != nil {
				return err
			}
			got := map[string]string{}
			for _, id := range holder.Identities {
				got[id.Type] = id.Value
			}
			if !ok || got[Vector] != vector || card.State != m.states[number] {
				return fmt.Errorf("card %s is %+v of %+v", number, card, holder)
			}
			delete(got, Vector)
			if fmt.Sprint(got) != fmt.Sprint(m.holders[vector]) {
				return fmt.Errorf("holder %s has %v, want %v", vector, got, m.holders[vector])
			}
		}
		return nil
	})
	if err != nil {
		rt.Fatal(err)
	}
}
