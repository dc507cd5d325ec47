package sandbox

import "sync"

// catalogue is a world's cards by fingerprint. It is made when the first card
// is asked for: most sandboxes of a big test suite see few cards, and each has
// fingerprints of its own.
type catalogue struct {
	cards []CardProfile // shared between worlds: never changed
	once  sync.Once
	index map[string]int
}

// find returns a card without its reference.
func (c *catalogue) find(key []byte, fingerprint string) (CardProfile, bool) {
	c.once.Do(func() {
		c.index = make(map[string]int, len(c.cards))
		for i, card := range c.cards {
			c.index[card.Number.Ref(key).Fingerprint] = i
		}
	})
	i, ok := c.index[fingerprint]
	if !ok {
		return CardProfile{}, false
	}
	return c.cards[i], true
}

// referred is a catalogue card with its reference in this world.
func (w *World) referred(p CardProfile) CardProfile {
	return p.as(p.Number.Ref(w.fpKey).Fingerprint)
}

// as is the card with its reference under a fingerprint.
func (p CardProfile) as(fingerprint string) CardProfile {
	p.Ref = p.Number.RefAs(fingerprint)
	if p.Brand != "" {
		p.Ref.Brand = p.Brand
	}
	return p
}

// Profile is the catalogue's entry of a card; ok is false for a card that no
// provider published and no fixture added.
func (w *World) Profile(fingerprint string) (p CardProfile, ok bool) {
	if p, ok = w.catalogue.find(w.fpKey, fingerprint); ok {
		return p.as(fingerprint), true
	}
	if extra := w.extra.Load(); extra != nil {
		p, ok = (*extra)[fingerprint]
	}
	return p, ok
}

// Profiles lists the catalogue, in no order.
func (w *World) Profiles() []CardProfile {
	list := make([]CardProfile, 0, len(w.catalogue.cards))
	for _, p := range w.catalogue.cards {
		list = append(list, w.referred(p))
	}
	return list
}

// AddCards makes the cards of the active scenarios test cards of this world, in
// place of those added before (decisions 12). The catalogue's own stay as they
// are. A card whose number is not known comes with its reference.
func (w *World) AddCards(cards []CardProfile) {
	extra := make(map[string]CardProfile, len(cards))
	for _, c := range cards {
		if !c.Number.IsZero() {
			c.Ref = c.Number.Ref(w.fpKey)
		}
		extra[c.Ref.Fingerprint] = c
	}
	w.extra.Store(&extra)
}
