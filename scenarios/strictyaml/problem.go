package strictyaml

import (
	"encoding/json"
	"fmt"
)

// Problem is one mistake in one file, at the key or the value that is wrong.
// Source and Suggestion repeat what stands in the file: they are for the one who
// wrote it, not for logs, since a fixture holds card numbers and secrets.
type Problem struct {
	// File is the name the caller gave to the source, as given.
	File string
	// Line counts from 1.
	Line int
	// Column counts from 1, in characters, not in bytes.
	Column int
	// Message is one clear sentence without a full stop.
	Message string
	// Source is the line of the source, without its line break; empty for lines
	// of more than 2000 characters, which nobody wrote by hand.
	Source string
	// Suggestion says what was probably meant, or is empty.
	Suggestion string
}

// String gives the problem as `file:line:column: message`, the form that
// editors and terminals turn into a link.
func (p Problem) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// problemJSON fixes the names that programs read, whatever the Go names become.
type problemJSON struct {
	File       string `json:"file"`
	Line       int    `json:"line"`
	Column     int    `json:"column"`
	Message    string `json:"message"`
	Source     string `json:"source"`
	Suggestion string `json:"suggestion,omitempty"`
}

// MarshalJSON gives the problem as an object with the members file, line,
// column, message, source and, when there is one, suggestion.
func (p Problem) MarshalJSON() ([]byte, error) {
	return json.Marshal(problemJSON(p))
}
