package strictyaml

import "reflect"

// decodeAny reads a node into an empty interface: text, int, float64, bool,
// nil, []any or map[string]any.
func decodeAny(n *Node, v reflect.Value) {
	switch n.Kind {
	case Null:
		v.SetZero()
	case Mapping:
		decodeAs(n, v, map[string]any{})
	case Sequence:
		decodeAs(n, v, []any{})
	case Int:
		decodeAs(n, v, 0)
	case Float:
		decodeAs(n, v, 0.0)
	case Bool:
		decodeAs(n, v, false)
	case Text:
		v.Set(reflect.ValueOf(n.Value))
	}
}

// decodeAs reads into a value of the sample's type and puts it into v.
func decodeAs(n *Node, v reflect.Value, sample any) {
	fresh := reflect.New(reflect.TypeOf(sample)).Elem()
	decodeKind(n, fresh, nil)
	v.Set(fresh)
}
