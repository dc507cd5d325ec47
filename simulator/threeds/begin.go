package threeds

import (
	"time"

	"cardsim/simulator/issuer"
	"cardsim/simulator/notify"
	"cardsim/simulator/sandbox"
)

// begin makes the challenge of a transaction: session, limits, deadline, and for
// an enrolled card the first sending of its code (reference cipher-acs.md B1).
// The deadline counts from here (decisions 14).
func begin(s sandbox.Scope, t *Transaction, row behaviour, b bank, r LookupRequest) error {
	c := &Challenge{
		ID: s.World.Link(sandbox.LinkChallenge, t.ID).Hex32(), State: Pending, Right: row.right, SealedCode: s.World.Seal(r.Plan.Code),
		Addresses: Addresses{ReturnURL: r.ReturnURL, NotificationURL: r.NotificationURL},
	}
	c.Right.StatusReason = reasonIn(t.Version, c.Right.StatusReason)
	t.Challenge = c
	limits(s, c, b)
	if d := s.World.Settings.Duration("acs.firstCReq"); d > 0 && t.Version.EMV() {
		by := s.Now.Add(d)
		c.OpenBy = &by
	}
	if !b.enrolled {
		return nil
	}
	c.Tenant, c.Destination, c.To, c.Channel = b.tenant.ID, b.channel.Masked, b.channel.Value, notify.SMS
	if b.channel.Type == issuer.Email {
		c.Channel = notify.Email
	}
	return send(s, t)
}

// limits gives a challenge its tenant's limits, or the sandbox's own (reference
// cipher-acs.md A5, inferred).
func limits(s sandbox.Scope, c *Challenge, b bank) {
	set := s.World.Settings
	attempts, resends, life := set.Int("acs.sandboxAttempts"), set.Int("acs.sandboxResends"), set.Duration("acs.sandboxExpiry")
	if b.enrolled {
		cfg := b.tenant.Config
		attempts, resends = cfg.ChallengeConfig.IncorrectChallengeAttemptLimit, cfg.ChallengeConfig.ResendOTPLimit
		life = time.Duration(cfg.AuthExpiryInSeconds) * time.Second
	}
	if set.Text("acs.attemptLimit") == "after-nth" {
		attempts++
	}
	c.AttemptLimit, c.ResendLimit = max(1, attempts), max(0, resends)
	c.Deadline = s.Now.Add(life)
}

// send puts the code of the next sending into the outbox. The text holds a place
// for the code: it is filled in by whoever shows the message, and never stored.
func send(s sandbox.Scope, t *Transaction) error {
	t.Challenge.Sendings++
	m, known := s.World.Merchant(t.Merchant)
	shop := t.Merchant
	if known {
		shop = m.Name
	}
	_, err := notify.Send(s, notify.Message{
		Channel: t.Challenge.Channel, To: t.Challenge.To, Flow: t.Flow, Challenge: t.Challenge.ID, Sending: t.Challenge.Sendings,
		Text: "Your code for " + t.Money.String() + " at " + shop + " is " + notify.Code + ". Do not share it.",
	})
	return wrap(err, "send a one-time password")
}
