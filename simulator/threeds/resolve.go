package threeds

import (
	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
)

// Resolve finds the card behind a number: itself, or the card of the network
// token that has the number (decisions 16). A card of the catalogue is never
// taken for a token. The refusal says that the token is dead, and so is good for
// nothing anywhere (interface §2); the card is known all the same.
func Resolve(s sandbox.Scope, number core.PAN) (core.CardRef, *core.Refusal, error) {
	ref := s.World.Ref(number)
	if _, listed := s.World.Profile(ref.Fingerprint); listed {
		return ref, nil, nil
	}
	token, ok, err := scheme.TokenByNumber(s, ref)
	if err != nil || !ok {
		return ref, nil, wrap(err, "look for a network token")
	}
	if !token.Usable(s.Now) {
		return token.Card, core.Refusef(scheme.TokenNotActive, "CardNumber is a network token that is not active or past its expiry"), nil
	}
	return token.Card, nil, nil
}
