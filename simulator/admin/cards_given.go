package admin

import (
	"bytes"
	"errors"
	"net/http"

	"cardsim/scenarios"
	"cardsim/simulator/director"
	"cardsim/simulator/sandbox"
)

// GivenCards is how cards behave: the body of PUT S/cards, with the names and rules
// of a scenario's cards. It may also be sent as YAML.
type GivenCards struct {
	Cards []GivenCard `json:"cards"` // all that is given; an empty list takes back what was
}

// GivenCard is how one card is to behave. A number that no catalogue knows becomes
// a test card.
type GivenCard struct {
	// PAN is the card number, 12 to 19 digits. It is kept as a fingerprint.
	PAN           string             `json:"pan"`
	ThreeDS       *CardThreeDS       `json:"threeds,omitempty"`
	Authorization *CardAuthorization `json:"authorization,omitempty"`
	// OTP is the code that is right in a challenge, 1 to 16 digits. It is kept sealed.
	OTP string `json:"otp,omitempty"`
}

// putCards replaces what was given of cards before, all or none; an empty list
// takes it back. It outlives scenarios, a reset and a restart; where an active
// scenario speaks of the same card, the scenario wins (*ours*).
func (a *API) putCards(r *http.Request, w *sandbox.World) (any, error) {
	body, err := readBody(r)
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, problem(http.StatusBadRequest, `a body is needed: {"cards":[…]}, in which an empty list takes back what was given`)
	}
	if err := a.Director.Give(w, body); err != nil {
		return nil, refusedCards(err)
	}
	return List[Card]{Items: a.cards(w)}, nil
}

func refusedCards(err error) error {
	var wrong *director.CardsError
	if !errors.As(err, &wrong) {
		return err
	}
	return refused("the cards are not taken, those before stay", problemsOf(wrong.Problems))
}

// problemsOf places each problem by pointer, line and column.
func problemsOf(list []scenarios.CardProblem) []ProblemError {
	out := make([]ProblemError, 0, len(list))
	for _, p := range list {
		at := problemAt(p.Problem)
		at.Pointer = p.Pointer
		out = append(out, at)
	}
	return out
}
