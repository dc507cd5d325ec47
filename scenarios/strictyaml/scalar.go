package strictyaml

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"time"
)

// decodeScalar reads a text, a number or a boolean, and tells whether it could.
// Nothing is converted: a number where text is wanted is a problem, because the
// text may have been meant otherwise (leading zeros, exponents).
func decodeScalar(n *Node, v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String:
		return decodeText(n, v)
	case reflect.Bool:
		if !n.want(Bool) {
			return false
		}
		v.SetBool(n.Value[0] == 't' || n.Value[0] == 'T')
		return true
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return decodeInt(n, v)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return decodeUint(n, v)
	case reflect.Float32, reflect.Float64:
		return decodeFloat(n, v)
	}
	n.Report(fmt.Sprintf("%s cannot be read: the program wants a %s", n.label(), v.Type()), "")
	return false
}

func decodeText(n *Node, v reflect.Value) bool {
	switch n.Kind {
	case Text:
		v.SetString(n.Value)
		return true
	case Int, Float, Bool:
		n.Report(fmt.Sprintf("%s must be text, not %s", n.label(), n.Kind), "put it in quotes: "+strconv.Quote(n.Value))
		return false
	}
	return n.want(Text)
}

func decodeInt(n *Node, v reflect.Value) bool {
	if !n.want(Int) || !n.plainDecimal() {
		return false
	}
	i, err := strconv.ParseInt(n.Value, 10, v.Type().Bits())
	if err != nil {
		return n.numberProblem(err)
	}
	v.SetInt(i)
	return true
}

func decodeUint(n *Node, v reflect.Value) bool {
	if !n.want(Int) || !n.plainDecimal() {
		return false
	}
	if n.Value[0] == '-' {
		n.Report(fmt.Sprintf("%s must not be negative", n.label()), "")
		return false
	}
	text := n.Value
	if text[0] == '+' {
		text = text[1:]
	}
	u, err := strconv.ParseUint(text, 10, v.Type().Bits())
	if err != nil {
		return n.numberProblem(err)
	}
	v.SetUint(u)
	return true
}

func decodeFloat(n *Node, v reflect.Value) bool {
	if n.Kind == Int {
		if !n.plainDecimal() {
			return false
		}
	} else if n.Kind != Float {
		n.Report(fmt.Sprintf("%s must be a number, not %s", n.label(), n.found()), "")
		return false
	}
	f, err := strconv.ParseFloat(n.Value, v.Type().Bits())
	if err != nil {
		return n.numberProblem(err)
	}
	v.SetFloat(f)
	return true
}

// plainDecimal refuses the number styles that readers of YAML understand
// differently: leading zeros (octal to some), other bases, underscores.
func (n *Node) plainDecimal() bool {
	digits := n.Value
	if digits[0] == '-' || digits[0] == '+' {
		digits = digits[1:]
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return n.styleProblem()
		}
	}
	if len(digits) > 1 && digits[0] == '0' {
		return n.styleProblem()
	}
	return true
}

func (n *Node) styleProblem() bool {
	n.Report(fmt.Sprintf("%s must be written in plain decimal digits, not %s", n.label(), shorten(n.Value)),
		"write the number without leading zeros, prefix or underscores")
	return false
}

func (n *Node) numberProblem(err error) bool {
	if errors.Is(err, strconv.ErrRange) {
		n.Report(fmt.Sprintf("%s is out of range: %s", n.label(), shorten(n.Value)), "")
	} else {
		n.Report(fmt.Sprintf("%s is not a number that can be read: %s", n.label(), shorten(n.Value)), "")
	}
	return false
}

func decodeDuration(n *Node, v reflect.Value) {
	if n.Kind == Int || n.Kind == Float {
		n.Report(fmt.Sprintf("%s needs a unit", n.label()), fmt.Sprintf("write a duration such as %ss or %sms", n.Value, n.Value))
		return
	}
	if !n.want(Text) {
		return
	}
	d, err := time.ParseDuration(n.Value)
	if err != nil {
		n.Report(fmt.Sprintf("%s must be a duration, not %s", n.label(), n.found()), "write a duration such as 80ms, 2s or 1m30s")
		return
	}
	v.SetInt(int64(d))
}

func decodeTime(n *Node, v reflect.Value) {
	if !n.want(Text) {
		return
	}
	at, err := time.Parse(time.RFC3339, n.Value)
	if err != nil {
		n.Report(fmt.Sprintf("%s must be a point in time, not %s", n.label(), n.found()),
			"write it as in RFC 3339: 2026-01-02T03:04:05Z")
		return
	}
	v.Set(reflect.ValueOf(at))
}
