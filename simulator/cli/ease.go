package cli

import "cardsim/simulator/collector"

// ease sets the collector's pace, unless the environment has its own mind about it.
func ease(io IO) {
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		if _, set := io.Env(name); set {
			return
		}
	}
	collector.Ease()
}
