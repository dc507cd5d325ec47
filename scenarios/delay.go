package scenarios

import (
	"math"
	"time"
)

// drawn tells whether the delay depends on chance.
func (d *Delay) drawn() bool { return d != nil && (d.Max > 0 || d.P99 > 0) }

// z99 is how many standard deviations the 99th percentile lies above the middle.
const z99 = 2.3263478740408408

// stretch is how far beyond its 99th percentile a delay may come, as a factor: the
// tail of the distribution has no end, a test suite has (ours).
const stretch = 10

// farthest keeps a draw away from both ends, where the distribution is infinite.
const farthest = 1e-12

// sample gives the delay for a draw from 0 up to, not including, 1.
func (d *Delay) sample(draw float64) time.Duration {
	switch {
	case d == nil:
		return 0
	case d.P99 > 0:
		return d.percentile(draw)
	case d.Max > 0:
		return d.Min + time.Duration(draw*float64(d.Max-d.Min))
	}
	return d.Fixed
}

// percentile draws from the log-normal distribution whose percentiles are the two
// given: what the answer times of networks look like.
func (d *Delay) percentile(draw float64) time.Duration {
	draw = min(max(draw, farthest), 1-farthest)
	sigma := math.Log(float64(d.P99)/float64(d.P50)) / z99
	z := math.Sqrt2 * math.Erfinv(2*draw-1)
	most := stretch * float64(d.P99)
	return time.Duration(min(float64(d.P50)*math.Exp(z*sigma), most))
}
