package scheme

import (
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// idLength is that of a tokenid: 32 hex digits.
const idLength = 32

// TokenByID finds a token by its tokenid, in whatever state. What has not the
// form of a tokenid is not found.
func TokenByID(s sandbox.Scope, id string) (Token, bool, error) {
	if len(id) != idLength || strings.Trim(id, "0123456789abcdef") != "" {
		return Token{}, false, nil
	}
	return tokens.Get(s.Tx, s.World.ID, id)
}

// TokenByNumber finds a token by the reference of its number. Where several share it, an
// active one is preferred to a dead one, then the newest.
func TokenByNumber(s sandbox.Scope, number core.CardRef) (Token, bool, error) {
	if number.IsZero() {
		return Token{}, false, nil
	}
	h, ok, err := numbers.Get(s.Tx, s.World.ID, number.Fingerprint)
	if err != nil || !ok {
		return Token{}, false, err
	}
	t, ok, err := TokenByID(s, h.Token)
	if err != nil || !ok || t.Usable(s.Now) {
		return t, ok, err
	}
	other, found, err := youngest(s, t, func(o Token) bool { return o.Number.Fingerprint == t.Number.Fingerprint })
	if found {
		return other, true, err
	}
	return t, true, err
}

// SetState moves a token to a state. An unknown id is core.CodeNotFound, a move
// that is not legal core.CodeRule. It acts on this tokenid alone, also where
// another has the same number (decisions 17).
func SetState(s sandbox.Scope, id string, to State) (Token, error) {
	t, ok, err := TokenByID(s, id)
	switch {
	case err != nil:
		return Token{}, err
	case !ok:
		return Token{}, core.Errf(core.CodeNotFound, "tokenid", "no such token")
	case !t.State.CanBecome(to):
		return t, core.Errf(core.CodeRule, "status", "a token that is %s cannot become %s", t.State, to)
	case t.State == to:
		return t, nil
	}
	t.State = to
	if to == Deactivated {
		if err := living.Delete(s.Tx, s.World.ID, t.lifeKey()); err != nil {
			return t, err
		}
	}
	return t, tokens.Put(s.Tx, s.World.ID, t.ID, t)
}
