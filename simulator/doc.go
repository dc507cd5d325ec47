// Package simulator assembles the parts into a program value: Config in, a
// running Simulator out, with its URLs and Close. It is the one place that
// knows every part; it decides nothing that a part could decide.
//
//	s, err := simulator.New(simulator.Config{})
//	if err != nil { … }
//	defer s.Close()
//	http.Post(s.URL()+"/api/token", …)
package simulator
