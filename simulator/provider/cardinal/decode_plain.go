package cardinal

import "strings"

// prologs are those that say nothing that a reader must heed.
var prologs = [...]string{`<?xml version="1.0" encoding="UTF-8"?>`, `<?xml version="1.0" encoding="utf-8"?>`, `<?xml version="1.0"?>`}

// decodePlain reads a message in the form in which nearly every one comes: elements of
// printable ASCII side by side, without attributes, comments or CDATA. It says no to any
// other, right or wrong, which decode reads in full; what it reads, decode reads alike.
func decodePlain(text string) (message, bool) {
	for _, p := range prologs {
		if rest, found := strings.CutPrefix(text, p); found {
			text = rest
			break
		}
	}
	rest, found := strings.CutPrefix(skipBlanks(text), "<CardinalMPI>")
	m := make(message, strings.Count(rest, "</"))
	for count := 0; found && count < maxElements-1; count++ {
		rest = skipBlanks(rest)
		if rest == "</CardinalMPI>" {
			return m, true
		}
		var name, value string
		if name, value, rest, found = cutPlain(rest); found {
			m.keep(name, value)
		}
	}
	return nil, false
}

// keep notes an element: of repeated ones the last that is not empty counts.
func (m message) keep(name, value string) {
	if value != "" || m[name] == "" {
		m[name] = value
	}
}

func skipBlanks(s string) string { return strings.TrimLeft(s, " \t\n") }

// cutPlain takes the first element off.
func cutPlain(s string) (name, value, rest string, ok bool) {
	if s == "" || s[0] != '<' {
		return "", "", "", false
	}
	n := plainName(s[1:])
	name, rest = s[1:1+n], s[1+n:]
	if n == 0 || rest == "" {
		return "", "", "", false
	}
	if after, empty := strings.CutPrefix(rest, "/>"); empty {
		return name, "", after, true
	}
	if rest[0] != '>' {
		return "", "", "", false
	}
	value, rest, ok = strings.Cut(rest[1:], "</")
	if !ok {
		return "", "", "", false
	}
	if rest, ok = strings.CutPrefix(rest, name); !ok || rest == "" || rest[0] != '>' {
		return "", "", "", false
	}
	value, ok = plainText(value)
	return name, value, rest[1:], ok
}

// plainName is the length of the name that s begins with.
func plainName(s string) int {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c == '_':
		case i > 0 && (c >= '0' && c <= '9' || c == '-' || c == '.'):
		default:
			return i
		}
	}
	return len(s)
}

// plainText is a text without the blanks around it and without the references to the
// five characters that XML itself uses; it knows no others.
func plainText(s string) (string, bool) {
	references := false
	for i := range len(s) {
		switch c := s[i]; {
		case c == '<' || c == ']' || c > '~' || c < ' ' && c != '\t' && c != '\n':
			return "", false
		case c == '&':
			references = true
		}
	}
	s = strings.Trim(s, " \t\n")
	if !references {
		return s, true
	}
	var b strings.Builder
	b.Grow(len(s))
	for {
		before, rest, more := strings.Cut(s, "&")
		b.WriteString(before)
		if !more {
			return b.String(), true
		}
		name, rest, ended := strings.Cut(rest, ";")
		c := character(name)
		if !ended || c == 0 {
			return "", false
		}
		b.WriteByte(c)
		s = rest
	}
}

// character is what a reference stands for; 0 where that is not one of the five.
func character(name string) byte {
	switch name {
	case "amp":
		return '&'
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "quot":
		return '"'
	case "apos":
		return '\''
	}
	return 0
}
