package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"cardsim/scenarios/strictyaml"
	"cardsim/simulator/core"
)

// faultPoints are the places in the order a request passes them.
var faultPoints = []core.FaultPoint{core.BeforeValidation, core.AfterValidation, core.AfterCommit, core.MidBody, core.AfterAnswer}

// faultKinds are the kinds of fault.
var faultKinds = []core.FaultKind{
	core.FaultReset, core.FaultHang, core.FaultEmpty, core.FaultTruncate, core.FaultGarbage, core.FaultDrip, core.FaultWrongLength, core.FaultHTTP,
}

// places lists where a kind may strike, its default first (decisions 22).
func places(kind core.FaultKind) []string {
	var list []string
	for _, at := range faultPoints {
		if (core.Fault{Kind: kind, At: at}).Allowed() {
			list = append(list, string(at))
		}
	}
	return list
}

// CheckNode fills in the defaults and judges kind, place and status together.
func (f *Fault) CheckNode(n *strictyaml.Node, _ *strictyaml.Report) {
	possible := places(core.FaultKind(f.Kind))
	known := slices.Contains(faultKinds, core.FaultKind(f.Kind))
	at := n.Get("at")
	if at == nil && known {
		f.At = possible[0]
	}
	if at != nil && known && slices.Contains(faultPoints, core.FaultPoint(f.At)) && !slices.Contains(possible, f.At) {
		at.Report(fmt.Sprintf("%s cannot strike at %s", f.Kind, f.At), "it strikes at "+strings.Join(possible, ", "))
	}
	status := n.Get("status")
	switch {
	case status == nil:
		if f.Kind == string(core.FaultHTTP) {
			f.Status = defaultFaultHTTP
		}
	case known && f.Kind != string(core.FaultHTTP):
		status.Key().Report("status belongs to the kind http, not to "+f.Kind, "")
	default:
		checkStatus(status, f.Status)
	}
}

// spoils tells whether the fault at the node leaves an answer that it spoils.
func spoils(n *strictyaml.Node) bool {
	var kind, at string
	if v := n.Get("kind"); v != nil {
		kind = v.Value
	}
	if v := n.Get("at"); v != nil {
		at = v.Value
	}
	possible := places(core.FaultKind(kind))
	if at == "" && len(possible) > 0 {
		at = possible[0]
	}
	early := []core.FaultPoint{core.BeforeValidation, core.AfterValidation, core.AfterCommit}
	return !slices.Contains(early, core.FaultPoint(at))
}

// checkStatus wants a status that ends an exchange.
func checkStatus(n *strictyaml.Node, status int) {
	if n.Kind == strictyaml.Int && (status < lowestStatus || status > highestStatus) {
		n.Report(fmt.Sprintf("an HTTP status lies between %d and %d", lowestStatus, highestStatus), "")
	}
}

// CheckNode fills in the default and checks what HTTP can carry.
func (r *Respond) CheckNode(n *strictyaml.Node, _ *strictyaml.Report) {
	if status := n.Get("status"); status == nil {
		r.Status = defaultRespond
	} else {
		checkStatus(status, r.Status)
	}
	headers := n.Get("headers")
	if headers == nil {
		return
	}
	for _, p := range headers.Pairs() {
		if !isToken(p.Key.Value) {
			p.Key.Report("this cannot be the name of a header", "")
		}
		if strings.ContainsAny(p.Value.Value, "\r\n") {
			p.Value.Report("a header stands on one line", "")
		}
	}
}

// isToken tells whether a text can name a header (RFC 9110 §5.6.2).
func isToken(s string) bool {
	for _, c := range s {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !letter && !strings.ContainsRune("!#$%&'*+-.^_`|~", c) {
			return false
		}
	}
	return s != ""
}
