package strictyaml

import (
	"cmp"
	"fmt"
	"slices"
)

// Report collects the problems of one file. It is made by [Read] and handed to
// every [Unmarshaler]; it is not for use by several goroutines at once.
type Report struct {
	file     string
	lines    [][]rune
	problems []Problem
	dropped  int
}

// maxProblems bounds how many problems of one file are kept: whoever has more
// fixes the first ones first, and a file of a megabyte may have a great many.
const maxProblems = 1000

// maxSource is the longest line, in characters, that a problem shows.
const maxSource = 2000

// Problems returns what was found so far, in the order of the file. The same
// message at the same place is given once. After a thousand problems the last
// entry only counts the others.
func (r *Report) Problems() []Problem {
	slices.SortStableFunc(r.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	r.problems = slices.Compact(r.problems)
	all := slices.Clone(r.problems)
	if r.dropped > 0 {
		last := all[len(all)-1]
		last.Message, last.Suggestion = fmt.Sprintf("%d more problems are not shown", r.dropped), ""
		all = append(all, last)
	}
	return all
}

// Add reports a problem at the node: at its first character. The suggestion may
// be empty.
func (r *Report) Add(n *Node, message, suggestion string) {
	r.at(position{n.Line, n.Column}, message, suggestion)
}

// position is a place in the source, line and column from 1.
type position struct{ line, column int }

func (r *Report) at(p position, message, suggestion string) {
	if len(r.problems) == maxProblems {
		r.dropped++
		return
	}
	problem := Problem{File: r.file, Line: p.line, Column: p.column, Message: message, Suggestion: suggestion}
	if line := r.line(p.line); len(line) <= maxSource {
		problem.Source = string(line)
	}
	r.problems = append(r.problems, problem)
}

// line gives the source line with that number, empty past the end of the file.
func (r *Report) line(number int) []rune {
	if number < 1 || number > len(r.lines) {
		return nil
	}
	return r.lines[number-1]
}
