package director

import (
	"cardsim/scenarios"
	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// Behaviour is how one card behaves in a sandbox, apart from what the published
// tables say of it.
type Behaviour struct {
	Card          core.CardRef
	ThreeDS       *scenarios.ThreeDS       // nil: nothing is said
	Authorization *scenarios.Authorization // nil: nothing is said
	code          string                   // that a challenge takes; empty: the usual one
	// By is who says so: [ByScenario] or [ByAPI].
	By string
}

// The ones who say how a card behaves.
const (
	ByScenario = "scenario"
	ByAPI      = "api"
)

// HasCode says that the behaviour fixes the one-time password.
func (b Behaviour) HasCode() bool { return b.code != "" }

// behaviourOf is a checked card in a world.
func behaviourOf(w *sandbox.World, c scenarios.CardBehaviour, by string) Behaviour {
	return Behaviour{Card: w.Ref(c.PAN.PAN), ThreeDS: c.ThreeDS, Authorization: c.Authorization, code: c.OTP.Digits(), By: by}
}

// behaviours are by the card's fingerprint, with their order.
type behaviours struct {
	of    map[string]Behaviour
	order []Behaviour
}

func newBehaviours(list []Behaviour) behaviours {
	b := behaviours{of: make(map[string]Behaviour, len(list)), order: list}
	for _, one := range list {
		b.of[one.Card.Fingerprint] = one
	}
	return b
}

// Behaviours lists how the cards of a sandbox behave: as the active scenarios say
// and, for other cards, as was given through the admin API (*ours*: a scenario is
// the story under test and wins).
func (d *Director) Behaviours(id string) []Behaviour {
	d.mu.RLock()
	defer d.mu.RUnlock()
	var list []Behaviour
	s := d.stages[id]
	if s != nil {
		list = append(list, s.behaviours.order...)
	}
	for _, b := range d.given[id].order {
		if s != nil {
			if _, told := s.behaviours.of[b.Card.Fingerprint]; told {
				continue
			}
		}
		list = append(list, b)
	}
	return list
}

// profile makes the card a test card (decisions 12).
func (b Behaviour) profile() sandbox.CardProfile {
	p := sandbox.CardProfile{Ref: b.Card, Provider: b.By, Source: "scenario", Summary: "a card of an active scenario"}
	if b.By == ByAPI {
		p.Source, p.Summary = "admin API", "a card given through the admin API"
	}
	return p
}
