package strictyaml

import (
	"cmp"
	"slices"
)

// Report collects the problems of one file. It is made by [Read] and handed to
// every [Unmarshaler]; it is not for use by several goroutines at once.
type Report struct {
	file     string
	lines    []string
	problems []Problem
}

// Problems returns what was found so far, in the order of the file. The same
// message at the same place is given once.
func (r *Report) Problems() []Problem {
	slices.SortStableFunc(r.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return slices.Clone(slices.Compact(r.problems))
}

// Add reports a problem at the node: at its first character. The suggestion may
// be empty.
func (r *Report) Add(n *Node, message, suggestion string) {
	r.at(position{n.Line, n.Column}, message, suggestion)
}

// position is a place in the source, line and column from 1.
type position struct{ line, column int }

func (r *Report) at(p position, message, suggestion string) {
	r.problems = append(r.problems, Problem{
		File: r.file, Line: p.line, Column: p.column,
		Message: message, Source: r.line(p.line), Suggestion: suggestion,
	})
}

// line gives the source line with that number, empty past the end of the file.
func (r *Report) line(number int) string {
	if number < 1 || number > len(r.lines) {
		return ""
	}
	return r.lines[number-1]
}
