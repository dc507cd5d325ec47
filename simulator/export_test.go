package simulator

import "net/http"

// Providers is the providers' handler without its listener, for benchmarks of what a
// request costs apart from the network.
func Providers(s *Simulator) http.Handler { return s.front }
