package simulator

import (
	"net/http"
	"time"
)

// Providers is the providers' handler without its listener, for benchmarks of what a
// request costs apart from the network.
func Providers(s *Simulator) http.Handler { return s.front }

// Follow has the default sandbox's clock take the machine's time from elsewhere.
func Follow(s *Simulator, machine func() time.Time) { s.worlds.Default().Clock.Follow(machine) }
