package web

// Record is one thing of a sandbox, as the admin API tells it.
type Record struct {
	Flow Cell   // leads to its journey
	Text string // JSON, indented
}
