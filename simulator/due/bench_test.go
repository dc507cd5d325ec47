package due

import (
	"testing"
	"time"
)

// BenchmarkAdvance moves a clock thirty days over 10,000 things that fall due on
// the way; in the last two cases 20,000 others exist which do not, and nothing does.
func BenchmarkAdvance(b *testing.B) {
	const month = 30 * 24 * time.Hour
	all := []string{ChallengeExpired, CryptogramExpired, PaymentTimeout}
	for _, bench := range []struct {
		name       string
		due, other int
		kinds      []string
	}{
		{"10000 challenges", 10_000, 0, all[:1]},
		{"10000 cryptograms", 10_000, 0, all[1:2]},
		{"10000 payments", 10_000, 0, all[2:]},
		{"10000 of all", 10_000, 0, all},
		{"10000 of all beside 20000", 10_000, 20_000, all},
		{"none beside 20000", 0, 20_000, all},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for range b.N {
				b.StopTimer()
				h := build(b)
				if bench.other > 0 {
					h.fill(bench.other, month, all...)
					h.freeze(noon.Add(2 * month)) // all of them are over
					h.freeze(noon)
				}
				if bench.due > 0 {
					h.fill(bench.due, month-time.Hour, bench.kinds...)
				}
				b.StartTimer()
				if got := h.advance(month); len(got) != bench.due {
					b.Fatalf("%d fell due", len(got))
				}
			}
		})
	}
}
