package threeds

import (
	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// Steps are what a headless cardholder can do (interface §7).
func Steps() []string {
	return []string{"approve", "wrong-otp", "resend", "cancel", "abandon", "expire", "double-submit"}
}

// play lets a scenario's cardholder act at once after the lookup (decisions 15).
func play(s sandbox.Scope, t Transaction, steps []string) (Transaction, error) {
	warnings := t.Warnings
	for _, step := range steps {
		if !t.Running() || step == "abandon" {
			break
		}
		var err error
		if t, err = act(s, t, step); err != nil {
			return t, err
		}
	}
	t.Warnings = warnings
	return t, nil
}

func act(s sandbox.Scope, t Transaction, step string) (Transaction, error) {
	id := t.Challenge.ID
	var err error
	switch step {
	case "approve":
		t, _, err = Approve(s, id)
	case "wrong-otp":
		t, _, err = judge(s, id, func(*Challenge) bool { return false })
	case "resend":
		t, _, err = Resend(s, id)
	case "cancel":
		t, err = Cancel(s, id)
	case "expire":
		t, err = Expire(s, id)
	case "double-submit":
		if t, _, err = Approve(s, id); err == nil {
			t, _, err = Approve(s, id)
		}
	default:
		err = core.Errf(core.CodeInvalid, "", "a cardholder cannot %q", step)
	}
	return t, err
}
