package scenarios

import (
	"strconv"
	"unique"

	"github.com/expr-lang/expr/ast"
)

// plainNames are those that stand for a text or a number.
var plainNames = map[string]operand{
	"merchant": func(e *environment) value { return textOf(e.Merchant) },
	"currency": func(e *environment) value { return textOf(e.Currency) },
	"flow":     func(e *environment) value { return textOf(e.Flow) },
	"sandbox":  func(e *environment) value { return textOf(e.Sandbox) },
	"amount":   func(e *environment) value { return numberOf(decimal, e.Amount) },
	"minor":    func(e *environment) value { return numberOf(whole, float64(e.Minor)) },
	"call":     func(e *environment) value { return numberOf(whole, float64(e.Call)) },
}

// ofCard are the members of card.
var ofCard = map[string]operand{
	"brand":  func(e *environment) value { return textOf(e.Card.Brand) },
	"bin":    func(e *environment) value { return textOf(e.Card.Bin) },
	"last4":  func(e *environment) value { return textOf(e.Card.Last4) },
	"issuer": func(e *environment) value { return textOf(e.Card.Issuer) },
}

// memberOf makes an operand of card.x, headers["X"], query.x and request.a.b.
func memberOf(n *ast.MemberNode) operand {
	root, path, ok := memberPath(n)
	if !ok || len(path) == 0 {
		return nil
	}
	first := path[0].key
	switch {
	case root == "request":
		return remembered(root, path, func(e *environment) (value, int) { return inRequest(e.Request, path) })
	case len(path) > 1:
		return nil
	case root == "card":
		return ofCard[first]
	case root == "headers": // one that was not sent is an empty text
		return remembered(root, path, func(e *environment) (value, int) { return textOf(e.Headers[first]), 0 })
	case root == "query":
		return remembered(root, path, func(e *environment) (value, int) { return textOf(e.Query[first]), 0 })
	}
	return nil
}

// recollection is what was looked up last: neighbouring rules mostly ask for the
// same.
type recollection struct {
	name string
	v    value
	at   int // of a broken value: the step of the path that there was nothing for
}

// remembered looks a path up, if it is another one than the last.
func remembered(root string, path []member, look func(e *environment) (v value, at int)) operand {
	name := root
	for _, step := range path { // quoted, so that no other path has this name
		name += strconv.Quote(step.key)
	}
	name = unique.Make(name).Value() // compared without being read
	return func(e *environment) value {
		if e.last.name != name {
			v, at := look(e)
			e.last = recollection{name, v, at}
		}
		v := e.last.v
		if v.kind == broken {
			v.text = path[e.last.at].wrong // each rule has it at a place of its own
		}
		return v
	}
}

// member is one step of a path, with what is said when there is nothing to take it
// from.
type member struct{ key, wrong string }

// memberPath is the name at the root of a member and the keys below it.
func memberPath(n ast.Node) (root string, path []member, ok bool) {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return n.Value, nil, true
	case *ast.MemberNode:
		key, isText := n.Property.(*ast.StringNode)
		if root, path, ok = memberPath(n.Node); !ok || !isText || n.Optional || n.Method {
			return "", nil, false
		}
		wrong := failure(n.Location().From, "cannot fetch "+key.Value+" from <nil>")
		return root, append(path, member{key.Value, wrong}), true
	}
	return "", nil, false
}

// inRequest follows a path into the request. Of a broken value at says which step
// there was nothing for.
func inRequest(m map[string]any, path []member) (v value, at int) {
	for i, step := range path {
		v := m[step.key]
		last := i == len(path)-1
		if below, ok := v.(map[string]any); ok && !last {
			m = below
			continue
		}
		switch {
		case last:
			return plainValue(v), 0
		case v == nil:
			return value{kind: broken}, i + 1
		}
		return value{}, 0 // a member of what has none
	}
	return value{}, 0
}

// plainValue is a value of the request, as plain has left it.
func plainValue(v any) value {
	switch v := v.(type) {
	case nil:
		return value{kind: nothing}
	case string:
		return textOf(v)
	case bool:
		return truthValue(v)
	case int:
		return numberOf(whole, float64(v))
	case float64:
		return numberOf(decimal, v)
	}
	return value{}
}
