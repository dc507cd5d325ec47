package admin

import (
	"bytes"
	"fmt"
	"io"
	"net/http"

	"cardsim/scenarios"
	"cardsim/simulator/sandbox"
)

// Verification is what POST S/verify checks the journal for.
type Verification struct {
	Calls []ExpectedCall `json:"calls,omitempty"` // what must have come
	// Order lists operations that must have come one after another.
	Order []string `json:"order,omitempty"`
}

// ExpectedCall is one demand: how many entries there are, at least one without a
// number. Order stands alone in it, so that a scenario's whole expect fits (ours).
type ExpectedCall struct {
	Operation string   `json:"operation,omitempty"` // operation id, or a pattern such as acehub.*
	Where     string   `json:"where,omitempty"`     // expression over the entry
	Count     *int     `json:"count,omitempty"`     // exactly how many must match
	AtLeast   *int     `json:"atLeast,omitempty"`   // the fewest that must match
	AtMost    *int     `json:"atMost,omitempty"`    // the most that may match
	Order     []string `json:"order,omitempty"`     // operations that must have come in this order, others between them
}

// Verdict is the answer of POST S/verify.
type Verdict struct {
	Passed   bool                `json:"passed"`             // whether everything came as expected
	Failures []scenarios.Failure `json:"failures,omitempty"` // what was expected and did not come, with the entries that come closest
}

// verify checks the journal: 200 when it is as demanded, else 409.
func (a *API) verify(w http.ResponseWriter, r *http.Request) {
	world, err := a.find(r)
	if err != nil {
		a.writeProblem(w, err)
		return
	}
	verdict, err := a.judge(r, world)
	switch {
	case err != nil:
		a.writeProblem(w, err)
	case verdict.Passed:
		writeJSON(w, http.StatusOK, verdict)
	default:
		writeJSON(w, http.StatusConflict, verdict)
	}
}

func (a *API) judge(r *http.Request, w *sandbox.World) (Verdict, error) {
	demands, err := a.demands(r, w)
	if err != nil {
		return Verdict{}, err
	}
	failures := scenarios.Verify(demands, a.objects(w.ID, 0))
	return Verdict{Passed: len(failures) == 0, Failures: failures}, nil
}

// demands are those of the body, or without one those of the active scenarios.
func (a *API) demands(r *http.Request, w *sandbox.World) ([]scenarios.Demand, error) {
	raw, err := readBody(r)
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return a.Director.Demands(w.ID), nil
	}
	r.Body = io.NopCloser(bytes.NewReader(raw))
	var body Verification
	if err := decode(r, &body); err != nil {
		return nil, err
	}
	if len(body.Calls) == 0 && len(body.Order) == 0 {
		return nil, problem(http.StatusUnprocessableEntity, "calls or order is needed; without a body the expectations of the active scenarios are checked")
	}
	return a.compile(body)
}

// compile makes demands of a body, or says everything that is wrong with it.
func (a *API) compile(v Verification) ([]scenarios.Demand, error) {
	var list []scenarios.Demand
	var wrong []ProblemError
	add := func(pointer string, e scenarios.Expectation) {
		d, mistakes := a.compileOne(pointer, e)
		list, wrong = append(list, d), append(wrong, mistakes...)
	}
	for i, c := range v.Calls {
		add(fmt.Sprintf("/calls/%d", i), scenarios.Expectation(c))
	}
	if len(v.Order) > 0 {
		add("", scenarios.Expectation{Order: v.Order})
	}
	if len(wrong) > 0 {
		return nil, refused("the demands cannot be checked", wrong)
	}
	return list, nil
}

// compileOne makes one demand, which stands at the pointer.
func (a *API) compileOne(pointer string, e scenarios.Expectation) (scenarios.Demand, []ProblemError) {
	wrong := a.unknownOperations(pointer, e)
	_, mistakes := compileWhere(pointer+"/where", e.Where)
	if wrong = append(wrong, mistakes...); len(wrong) > 0 {
		return scenarios.Demand{}, wrong
	}
	d, err := e.Demand()
	if err != nil {
		wrong = append(wrong, ProblemError{Pointer: pointer, Detail: err.Error()})
	}
	return d, wrong
}

// unknownOperations are those of a demand that mean nothing. One that is missing is
// not misspelt.
func (a *API) unknownOperations(pointer string, e scenarios.Expectation) []ProblemError {
	var list []ProblemError
	if e.Operation != "" {
		if wrong, unknown := a.unknownOperation(pointer+"/operation", e.Operation); unknown {
			list = append(list, wrong)
		}
	}
	for i, word := range e.Order {
		if wrong, unknown := a.unknownOperation(fmt.Sprintf("%s/order/%d", pointer, i), word); unknown {
			list = append(list, wrong)
		}
	}
	return list
}

// mistakeAt places a mistake in an expression: line and column from 1, in
// characters.
func mistakeAt(pointer, expression string, m scenarios.ExpressionError) ProblemError {
	p := ProblemError{Pointer: pointer, Line: 1, Column: 1, Detail: m.Message}
	for i, c := range []rune(expression) {
		if i == m.Index {
			break
		}
		p.Column++
		if c == '\n' {
			p.Line, p.Column = p.Line+1, 1
		}
	}
	if m.Suggestion != "" {
		p.Detail += "; " + m.Suggestion
	}
	return p
}
