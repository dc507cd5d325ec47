package strictyaml

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
)

// syntaxError turns the YAML module's complaint into a problem. The module
// speaks of tokens and productions; people wrote lines and quotes.
func (r *Report) syntaxError(err error) {
	var load *yaml.LoadError
	if !errors.As(err, &load) {
		r.at(position{1, 1}, "this is not YAML: "+err.Error(), "")
		return
	}
	at := r.inside(load.Mark)
	opened := r.inside(load.ContextMark)
	if load.Message == "found unexpected end of stream" || load.Message == "found unexpected document indicator" {
		r.at(opened, "the quote opened here is never closed", "")
		return
	}
	if at, ok := r.missingSpace(at, load.Message); ok {
		r.at(at, "there is no space after this colon", "write a space after the colon: `key: value`")
		return
	}
	message, suggestion := r.explain(at, load.Message)
	if load.ContextMark.Line > 0 && strings.HasPrefix(load.Message, "did not find expected ','") {
		message += fmt.Sprintf(", to go on with or to close what was opened on line %d, column %d", opened.line, opened.column)
	}
	r.at(at, message, suggestion)
}

// explained maps the module's messages to ours; what is not in it is passed on
// as it is.
var explained = map[string]string{
	"mapping values are not allowed in this context":         "a key cannot stand here: indent it like its neighbours, or quote the value that holds this colon",
	"block sequence entries are not allowed in this context": "a list entry cannot stand here: begin the list on a line of its own",
	"did not find expected key":                              "this line fits neither the mapping above nor a new one: check its indentation",
	"did not find expected '-' indicator":                    "this line fits neither the list above nor a new one: check its indentation",
	"did not find expected ',' or ']'":                       "a comma or ] is missing before this",
	"did not find expected ',' or '}'":                       "a comma or } is missing before this",
	"did not find expected node content":                     "a value is missing here",
	"could not find expected ':'":                            "this line is no `key: value`: the colon is missing, or the indentation is wrong",
	"found unknown escape character":                         "this escape does not exist in double quotes; use single quotes, or double the backslash",
	"found incompatible YAML document":                       "this YAML version is not supported; leave the directive out",
	"did not find expected <document start>":                 "this does not belong to the document that ended above",
	"found a comment without preceding whitespace":           "a comment needs a space before its #",
}

func (r *Report) explain(at position, message string) (text, suggestion string) {
	character := r.character(at)
	switch {
	case character == '\t':
		return "a tab cannot indent", "indent with spaces"
	case message == "found character that cannot start any token":
		return fmt.Sprintf("a value cannot begin with %c", character), "put the value in quotes"
	}
	if text, ok := explained[message]; ok {
		return text, ""
	}
	return "this is not YAML: " + message, ""
}

// gluedKey is a line such as `name:value`, which YAML takes for text, so that
// it complains about the next line instead.
var gluedKey = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*(?:- +)?[A-Za-z_][A-Za-z0-9_.-]*:[^\s:/]`)
})

// missingSpace finds the line above that made a key impossible at this place.
func (r *Report) missingSpace(at position, message string) (position, bool) {
	if !strings.HasPrefix(message, "mapping values") && !strings.HasPrefix(message, "could not find") {
		return position{}, false
	}
	for number := at.line - 1; number >= 1 && number >= at.line-2; number-- {
		line := r.line(number)
		if gluedKey().MatchString(string(line)) {
			return position{number, slices.Index(line, ':') + 1}, true
		}
	}
	return position{}, false
}

// inside moves a mark past the end of the file back to its last line, so that
// there is a line to show.
func (r *Report) inside(m yaml.Mark) position {
	p := position{max(m.Line, 1), max(m.Column, 1)}
	for p.line > 1 && p.line >= len(r.lines) && strings.TrimSpace(string(r.line(p.line))) == "" {
		p.line--
		p.column = len(r.line(p.line)) + 1
	}
	return p
}

// character is the one at the position, 0 past the end of its line.
func (r *Report) character(p position) rune {
	line := r.line(p.line)
	if p.column < 1 || p.column > len(line) {
		return 0
	}
	return line[p.column-1]
}
