package web

// Sorry is what a console page shows in place of its content when it cannot.
type Sorry struct {
	// Detail says what happened and what to do.
	Detail string
}
