package scheme

import (
	"fmt"
	"strconv"
	"time"

	"cardsim/simulator/agenda"
	"cardsim/simulator/sandbox"
)

// AgendaKind is the kind of a cryptogram's expiry in the agenda; the id is the
// digest of its value.
const AgendaKind = "cryptogram"

// Lapsed is a cryptogram that expired without having been used.
type Lapsed struct {
	PaymentDataID string
	Token         string // the tokenid it was issued for
	Flow          string // the journey it was asked for in; empty for none
}

// expires is the first instant at which a cryptogram is too old: it is good for
// its lifetime, the last instant included (decisions, acquirer's table, *ours*).
func (c cryptogram) expires(w *sandbox.World) time.Time {
	return c.Issued.Add(w.Settings.Duration(lifetimeSetting) + 1)
}

// lifetimeSetting is how long a cryptogram is good for.
const lifetimeSetting = "acehub.cryptogramLifetime"

// remind notes when a fresh cryptogram expires.
func (c *cryptogram) remind(s sandbox.Scope, digest string) error {
	at := c.expires(s.World)
	c.Noted = &at
	return agenda.Put(s.Tx, s.World.ID, c.date(digest))
}

// forget takes a cryptogram out of the agenda: it has been used.
func (c *cryptogram) forget(s sandbox.Scope, digest string) error {
	if c.Noted == nil {
		return nil
	}
	date := c.date(digest)
	c.Noted = nil
	return agenda.Remove(s.Tx, s.World.ID, date)
}

// date is where a cryptogram stands in the agenda. It is the instant that was
// noted, whatever the lifetime is by now.
func (c *cryptogram) date(digest string) agenda.Item {
	return agenda.Item{At: *c.Noted, Kind: AgendaKind, Rank: fmt.Sprintf("%s/%020d", c.Token, c.Ordinal), ID: digest}
}

// Due ends a cryptogram whose time has come, at the scope's instant: what moving a
// clock fires (interface §3). Where the lifetime was made longer meanwhile, it is
// noted anew and fired is false.
func Due(s sandbox.Scope, digest string) (l Lapsed, fired bool, err error) {
	c, ok, err := issued.Get(s.Tx, s.World.ID, digest)
	if err != nil || !ok || c.Used || c.Expired {
		return Lapsed{}, false, err
	}
	if s.Now.Before(c.expires(s.World)) {
		if err := c.remind(s, digest); err != nil {
			return Lapsed{}, false, err
		}
		return Lapsed{}, false, issued.Put(s.Tx, s.World.ID, digest, c)
	}
	c.Expired, c.Noted = true, nil
	l = Lapsed{PaymentDataID: paymentDataID(s.World, c.Token, c.Ordinal), Token: c.Token, Flow: c.Flow}
	return l, true, issued.Put(s.Tx, s.World.ID, digest, c)
}

// paymentDataID is the id that a cryptogram was handed out under.
func paymentDataID(w *sandbox.World, token string, ordinal uint64) string {
	return w.Draw("paymentdataid", token, strconv.FormatUint(ordinal, 10)).Hex32()
}
