package strictyaml

import "reflect"

// Unmarshaler is a type that reads itself from a node: a value that may be a
// word or a mapping, say. It reports what is wrong to the report (or at a node,
// which is the same) and leaves itself as it is then.
type Unmarshaler interface {
	UnmarshalNode(n *Node, r *Report)
}

// Checker is a struct with rules that its types cannot show. CheckNode runs
// once the fields are read, whether or not there were problems in them, so it
// must bear zero values.
type Checker interface {
	CheckNode(n *Node, r *Report)
}

// Decode reads a source with exactly one document into the pointer and returns
// every problem in it, in the order of the file; none means that it is good.
// With problems the target holds what could be read, for no other use than to
// be thrown away. file is only a name for the messages.
func Decode(file string, src []byte, into any) []Problem {
	_, report := Read(file, src, into)
	return report.Problems()
}

// Read does the same as [Decode] and also gives the document and the open
// report, for callers with checks of their own across the document. The node is
// nil when there is nothing to check because reading itself failed.
func Read(file string, src []byte, into any) (*Node, *Report) {
	report := newReport(file, src)
	documents := parse(report, src)
	if len(documents) == 0 {
		report.emptyFile()
		return nil, report
	}
	if len(documents) > 1 {
		report.at(documents[1].begin, "a second document begins here, but this file takes one", "put it into a file of its own")
	}
	return documents[0], readDocument(documents[0], into)
}

// DecodeAll reads a source with one document or more, each into a T, and
// returns every problem in all of them. A syntax error anywhere means that no
// document is returned.
func DecodeAll[T any](file string, src []byte) ([]T, []Problem) {
	report := newReport(file, src)
	documents := parse(report, src)
	if len(documents) == 0 {
		report.emptyFile()
		return nil, report.Problems()
	}
	all := make([]T, len(documents))
	for i, n := range documents {
		readDocument(n, &all[i])
	}
	return all, report.Problems()
}

// ReadAll gives every document of a source and the open report, for callers that
// decode and check each document for themselves. Empty documents are reported
// and left out; a syntax error anywhere means that there is no document.
func ReadAll(file string, src []byte) ([]*Node, *Report) {
	report := newReport(file, src)
	documents := parse(report, src)
	if len(documents) == 0 {
		report.emptyFile()
		return nil, report
	}
	filled := make([]*Node, 0, len(documents))
	for _, n := range documents {
		if n.Kind == Null {
			n.Report("the document is empty", "")
			continue
		}
		filled = append(filled, n)
	}
	return filled, report
}

func readDocument(n *Node, into any) *Report {
	if n.Kind == Null {
		n.Report("the document is empty", "")
		return n.report
	}
	decodeTarget(n, into)
	return n.report
}

// emptyFile reports a source without a document, unless reading it failed.
func (r *Report) emptyFile() {
	if len(r.problems) == 0 {
		r.at(position{1, 1}, "the file is empty", "")
	}
}

// decodeTarget reads into what the pointer points to. Anything but a pointer
// is a mistake of the programmer, which the report makes visible at once.
func decodeTarget(n *Node, into any) {
	v := reflect.ValueOf(into)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		n.Report("this cannot be read: the program gave no pointer to read it into", "")
		return
	}
	decodeValue(n, v.Elem(), nil)
}
