package admin

import (
	"encoding/json"
	"errors"
	"net/http"

	"cardsim/simulator/clock"
	"cardsim/simulator/core"
)

// Problem is an error document of RFC 9457.
type Problem struct {
	Type   string         `json:"type"`             // about:blank: the status says it
	Title  string         `json:"title"`            // the status in words
	Status int            `json:"status"`           // the HTTP status
	Detail string         `json:"detail,omitempty"` // what is wrong, in a sentence
	Errors []ProblemError `json:"errors,omitempty"` // everything that is wrong with what was sent, where that has places
}

// ProblemError is one problem of several, at a place in the caller's document.
type ProblemError struct {
	Pointer string `json:"pointer,omitempty"` // JSON Pointer (RFC 6901) of the place
	Line    int    `json:"line,omitempty"`    // from 1, in a text
	Column  int    `json:"column,omitempty"`  // from 1, in a text
	Detail  string `json:"detail"`            // what is wrong there
}

// problem makes a Problem whose title is the status's own.
func problem(status int, detail string) *Problem {
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail}
}

// Error lets handlers return a Problem.
func (p *Problem) Error() string { return p.Title + ": " + p.Detail }

// asProblem turns any error into a document; what is not known is a 500
// without its text, which is logged instead.
func asProblem(err error) *Problem {
	var p *Problem
	var known *core.Error
	switch {
	case errors.As(err, &p):
		return p
	case errors.Is(err, clock.ErrReal):
		return problem(http.StatusConflict, err.Error())
	case errors.Is(err, clock.ErrBackwards):
		return problem(http.StatusUnprocessableEntity, err.Error())
	case errors.As(err, &known):
		return problem(statusOf(known.Code), known.Detail)
	default:
		return problem(http.StatusInternalServerError, "the simulator failed: its log says why")
	}
}

func statusOf(code core.Code) int {
	switch code {
	case core.CodeNotFound, core.CodeNoRoute:
		return http.StatusNotFound
	case core.CodeConflict, core.CodeRule:
		return http.StatusConflict
	case core.CodeTooLarge:
		return http.StatusRequestEntityTooLarge
	case core.CodeNoCredentials, core.CodeUnauthorized:
		return http.StatusUnauthorized
	case core.CodeMethod:
		return http.StatusMethodNotAllowed
	case core.CodeInternal:
		return http.StatusInternalServerError
	default:
		return http.StatusUnprocessableEntity
	}
}

func (a *API) writeProblem(w http.ResponseWriter, err error) {
	p := asProblem(err)
	if p.Status == http.StatusInternalServerError {
		a.log.Error("admin request failed", "error", err)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // a client that has gone is no error of ours
}
