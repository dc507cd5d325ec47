package director

import (
	"encoding/json"
	"fmt"

	"cardsim/scenarios"
	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// CardsError holds everything that is wrong with cards that were to be given.
type CardsError struct{ Problems []scenarios.CardProblem }

// Error counts the problems and shows the first.
func (e *CardsError) Error() string {
	if len(e.Problems) == 1 {
		return e.Problems[0].String()
	}
	return fmt.Sprintf("%s (and %d more problems)", e.Problems[0].String(), len(e.Problems)-1)
}

// Give says how cards of a sandbox behave, in place of what was given before, all
// or none. It outlives scenarios, a reset and a restart. text is a document that
// holds cards, as a scenario does; problems are a *CardsError.
func (d *Director) Give(w *sandbox.World, text []byte) error {
	cards, problems := scenarios.CheckCards("cards", text, d.catalogue)
	if len(problems) > 0 {
		return &CardsError{problems}
	}
	list := make([]Behaviour, 0, len(cards))
	for _, c := range cards {
		list = append(list, behaviourOf(w, c, ByAPI))
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	err := d.db.Update(func(tx *store.Tx) error {
		if err := w.Alive(); err != nil {
			return err
		}
		return keepGiven(tx, w, list)
	})
	if err != nil {
		return err
	}
	d.hand(w, list)
	d.tell(News{Sandbox: w.ID, Cards: true})
	return nil
}

// recall reads what was given before the program was started, or imported.
func (d *Director) recall(w *sandbox.World) error {
	var list []Behaviour
	err := d.db.View(func(tx *store.Tx) (err error) {
		list, err = storedGiven(tx, w)
		return err
	})
	if err == nil {
		d.hand(w, list)
	}
	return err
}

// hand puts given behaviour in force and makes the cards of it, and those of the
// active scenarios, test cards.
func (d *Director) hand(w *sandbox.World, list []Behaviour) {
	d.given[w.ID] = newBehaviours(list)
	var extra []sandbox.CardProfile
	for _, b := range list {
		extra = append(extra, b.profile())
	}
	if s := d.stages[w.ID]; s != nil {
		for _, b := range s.behaviours.order {
			extra = append(extra, b.profile())
		}
	}
	w.AddCards(extra)
}

// keptCard is given behaviour at rest: of the card number only the reference, and
// what may hold anything sealed (decisions 24).
type keptCard struct {
	Card          core.CardRef       `json:"card"`
	ThreeDS       *keptThreeDS       `json:"threeds,omitempty"`
	Authorization *keptAuthorization `json:"authorization,omitempty"`
	Code          string             `json:"otp,omitempty"` // sealed
}

type keptThreeDS struct {
	Flow   string `json:"flow,omitempty"`
	Result string `json:"result,omitempty"`
}

type keptAuthorization struct {
	Outcome string `json:"outcome"`
	With    string `json:"with,omitempty"` // JSON, sealed
}

// GivenTable names the table of given behaviour, which a reset keeps.
const GivenTable = "director.cards"

var keptCards = store.NewTable[[]keptCard](GivenTable)

func keepGiven(tx *store.Tx, w *sandbox.World, list []Behaviour) error {
	kept := make([]keptCard, 0, len(list))
	for _, b := range list {
		k := keptCard{Card: b.Card, Code: w.Seal(b.code)}
		if t := b.ThreeDS; t != nil {
			k.ThreeDS = &keptThreeDS{t.Flow, t.Result}
		}
		if a := b.Authorization; a != nil {
			with, err := json.Marshal(a.With)
			if err != nil {
				return fmt.Errorf("encode the behaviour of a card: %w", err)
			}
			k.Authorization = &keptAuthorization{a.Outcome, w.Seal(string(with))}
		}
		kept = append(kept, k)
	}
	if err := keptCards.Put(tx, w.ID, keptKey, kept); err != nil {
		return fmt.Errorf("keep the behaviour of cards: %w", err)
	}
	return nil
}

func storedGiven(tx *store.Tx, w *sandbox.World) ([]Behaviour, error) {
	kept, _, err := keptCards.Get(tx, w.ID, keptKey)
	if err != nil {
		return nil, fmt.Errorf("read the behaviour of cards: %w", err)
	}
	list := make([]Behaviour, 0, len(kept))
	for _, k := range kept {
		b := Behaviour{Card: k.Card, code: w.Unseal(k.Code), By: ByAPI}
		if t := k.ThreeDS; t != nil {
			b.ThreeDS = &scenarios.ThreeDS{Flow: t.Flow, Result: t.Result}
		}
		if a := k.Authorization; a != nil {
			b.Authorization = &scenarios.Authorization{Outcome: a.Outcome}
			if err := json.Unmarshal([]byte(w.Unseal(a.With)), &b.Authorization.With); err != nil {
				return nil, fmt.Errorf("read the behaviour of a card: %w", err)
			}
		}
		list = append(list, b)
	}
	return list, nil
}
