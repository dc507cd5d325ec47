package issuer

import (
	"fmt"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// SeedEnrolments enrols what the fixtures say, in their order. Cards that are
// enrolled already stay as they are, so that it may be called at every start and
// after a reset.
func SeedEnrolments(s sandbox.Scope) error {
	for _, e := range s.World.Enrolments() {
		if err := seedOne(s, e); err != nil {
			return fmt.Errorf("enrol card %s of the fixtures at tenant %s: %w", e.Card, e.Tenant, err)
		}
	}
	return nil
}

func seedOne(s sandbox.Scope, e sandbox.Enrolment) error {
	t, ok := s.World.Tenant(e.Tenant)
	if !ok {
		return core.Errf(core.CodeNotFound, "", "the sandbox has no tenant %q", e.Tenant)
	}
	ref := s.World.Ref(e.Card)
	if _, enrolled, err := CardOf(s, t, ref.Fingerprint); enrolled || err != nil {
		return err
	}
	var identities []Identity
	for kind, value := range e.Identities {
		identities = append(identities, Identity{Type: kind, Value: value})
	}
	_, _, err := Enrol(s, t, Enrolment{Name: e.Name, Card: ref, Identities: ordered(identities), Mode: ModeFile})
	return err
}
