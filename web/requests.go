package web

// Requests is the journal: its filter and what it chose.
type Requests struct {
	Text, Operation, Outcome, Flow string
	// Operations are suggested in the filter.
	Operations []string
	Table      Table
}

// Filtered says that the filter leaves something out.
func (v Requests) Filtered() bool {
	return v.Text != "" || v.Operation != "" || v.Outcome != "" || v.Flow != ""
}
