package strictyaml

import (
	"fmt"
	"reflect"
	"time"
)

// special types that are told apart before their kind is looked at.
var (
	nodeType     = reflect.TypeFor[*Node]()
	durationType = reflect.TypeFor[time.Duration]()
	timeType     = reflect.TypeFor[time.Time]()
)

// decodeValue reads a node into a settable value. enum lists the permitted
// texts of a scalar, of a list's entries or of a mapping's values; nil permits
// all.
func decodeValue(n *Node, v reflect.Value, enum []string) {
	if n.Kind == Refused {
		return
	}
	if v.Type() == nodeType {
		v.Set(reflect.ValueOf(n))
		return
	}
	if u, ok := v.Addr().Interface().(Unmarshaler); ok {
		u.UnmarshalNode(n, n.report)
		return
	}
	if v.Kind() == reflect.Interface && v.NumMethod() == 0 {
		decodeAny(n, v)
		return
	}
	if n.Kind == Null {
		n.Key().Report(n.label()+" has no value", "give it a value, or leave the key out")
		return
	}
	decodeKind(n, v, enum)
}

func decodeKind(n *Node, v reflect.Value, enum []string) {
	switch {
	case v.Type() == durationType:
		decodeDuration(n, v)
	case v.Type() == timeType:
		decodeTime(n, v)
	case v.Kind() == reflect.Pointer:
		fresh := reflect.New(v.Type().Elem())
		decodeValue(n, fresh.Elem(), enum)
		v.Set(fresh)
	case v.Kind() == reflect.Struct:
		decodeStruct(n, v)
	case v.Kind() == reflect.Map:
		decodeMap(n, v, enum)
	case v.Kind() == reflect.Slice:
		decodeSlice(n, v, enum)
	default:
		if decodeScalar(n, v) {
			checkEnum(n, enum)
		}
	}
}

func decodeSlice(n *Node, v reflect.Value, enum []string) {
	if !n.want(Sequence) {
		return
	}
	list := reflect.MakeSlice(v.Type(), len(n.items), len(n.items))
	for i, item := range n.items {
		decodeValue(item, list.Index(i), enum)
	}
	v.Set(list)
}

func decodeMap(n *Node, v reflect.Value, enum []string) {
	if !n.want(Mapping) {
		return
	}
	if v.Type().Key().Kind() != reflect.String {
		n.Report(fmt.Sprintf("%s cannot be read: the program wants keys that are not text", n.label()), "")
		return
	}
	m := reflect.MakeMapWithSize(v.Type(), len(n.pairs))
	for _, p := range n.pairs {
		elem := reflect.New(v.Type().Elem()).Elem()
		decodeValue(p.Value, elem, enum)
		m.SetMapIndex(reflect.ValueOf(p.Key.Value).Convert(v.Type().Key()), elem)
	}
	v.Set(m)
}

// want reports a node that is not of the kind, and tells whether it is.
func (n *Node) want(kind Kind) bool {
	if n.Kind == kind {
		return true
	}
	n.Report(fmt.Sprintf("%s must be %s, not %s", n.label(), kind, n.found()), "")
	return false
}

// found describes what stands there: short scalars by their text, since that is
// what the reader looks for.
func (n *Node) found() string {
	switch n.Kind {
	case Int, Float, Bool:
		return shorten(n.Value)
	case Text:
		return fmt.Sprintf("the text %q", shorten(n.Value))
	}
	return describe(n.Kind)
}

// shorten keeps messages to a line.
func shorten(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
