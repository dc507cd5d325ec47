// Package director owns which scenarios are active in a sandbox and asks them
// about each request: it is the providers' Planner. It keeps the counters in the
// store, the sources sealed, and what became of each rule since it was activated.
// It never renders an outcome and never reads a scenario file from disk.
package director
