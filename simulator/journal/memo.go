package journal

import (
	"hash/maphash"
	"sync/atomic"
)

// memo remembers answers that were looked through and need no mask: who polls gets the
// same one again and again, and looking through it is a fifth of the work. It holds
// nothing that the journal does not hold. Safe for concurrent use.
type memo struct {
	seed  maphash.Seed
	slots [memoSlots]memoSlot
}

const (
	memoSlots  = 256
	memoLength = 4 << 10 // of the longest body that is remembered, in bytes
)

// memoSlot is the place of all bodies with one remainder. A body is kept the second time
// that it comes, so that those which come once cost next to nothing.
type memoSlot struct {
	once atomic.Uint64 // the sum of the last body that was not the kept one
	kept atomic.Pointer[unmasked]
}

// unmasked is a body that needs no mask where these secrets are known.
type unmasked struct {
	body string
	about
}

// about is what a mask depends on besides the body. The secrets are a keyed sum: they
// stay no longer than their request.
type about struct {
	kind    Kind
	secrets uint64
}

func newMemo() *memo { return &memo{seed: maphash.MakeSeed()} }

// masked is maskedBody.
func (m *memo) masked(kind Kind, body []byte, secrets []string) []byte {
	if len(body) == 0 || len(body) > memoLength {
		return maskedBody(kind, body, secrets)
	}
	sum, now := maphash.Bytes(m.seed, body), about{kind, m.sum(secrets)}
	slot := &m.slots[sum%memoSlots]
	if k := slot.kept.Load(); k != nil && k.about == now && k.body == string(body) {
		return body
	}
	masked := maskedBody(kind, body, secrets)
	again := slot.once.Swap(sum) == sum
	if again && string(masked) == string(body) {
		slot.kept.Store(&unmasked{string(body), now})
	}
	return masked
}

func (m *memo) sum(secrets []string) uint64 {
	var h maphash.Hash
	h.SetSeed(m.seed)
	for _, s := range secrets {
		_, _ = h.WriteString(s) // never fails (hash/maphash)
		_ = h.WriteByte(0)
	}
	return h.Sum64()
}
