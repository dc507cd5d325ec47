package cipher

import (
	"net/http"
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/wire"
)

// failure is Cipher's error document (seed 004, documented).
type failure struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	DebugID string `json:"debugId"`
	// Detail is ours, behind setting cipher.errorDetail.
	Detail string `json:"detail,omitempty"`
}

// row is one line of Cipher's table of errors.
type row struct {
	code, message string
	status        int
}

// The table of errors, its texts to the letter (seed 004, documented).
var (
	er000 = row{"ER000", "Unexpected server error occurred", http.StatusInternalServerError}
	er001 = row{"ER001", "Bad request", http.StatusBadRequest}
	er002 = row{"ER002", "Conflicting input", http.StatusConflict}
	er003 = row{"ER003", "Resource not found", http.StatusNotFound}
	er004 = row{"ER004", "Unauthorized action", http.StatusUnauthorized}
	// The table has nothing for a wrong method (reference cipher-acs.md A8, inferred).
	badMethod = row{"ER001", "Bad request", http.StatusMethodNotAllowed}
)

// rows maps every kind of error to the table (reference cipher-acs.md A8, inferred).
var rows = map[core.Code]row{
	core.CodeMalformed:     er001,
	core.CodeTooLarge:      er001,
	core.CodeNoCredentials: er004,
	core.CodeUnauthorized:  er004,
	core.CodeMissing:       er001,
	core.CodeInvalid:       er001,
	core.CodeNotFound:      er003,
	core.CodeConflict:      er002,
	core.CodeRule:          er002,
	core.CodeNoRoute:       er003,
	core.CodeMethod:        badMethod,
	core.CodeInternal:      er000,
}

// Fail is Cipher's error document. Every error has its own debugId.
func (p *Provider) Fail(c *provider.Call, err *core.Error) wire.Response {
	r, ok := rows[err.Code]
	if !ok {
		r = er000
	}
	c.Result(strings.ToLower(r.code), r.code)
	body := failure{Code: r.code, Message: r.message, DebugID: c.World.Draw("cipher.debugId", c.Request.ID).UUID()}
	if c.Setting().Bool("cipher.errorDetail") {
		body.Detail = err.Error()
	}
	resp := wire.JSON(r.status, body)
	if err.Code == core.CodeMethod {
		resp = resp.With("Allow", strings.Join(p.methods(c.Request.Path), ", "))
	}
	return resp
}

// methods are those that a known path takes.
func (p *Provider) methods(path string) []string {
	var list []string
	for _, r := range p.Routes() {
		if strings.Count(r.Pattern, "/") == strings.Count(path, "/") && sameShape(r.Pattern, path) {
			list = append(list, r.Method)
		}
	}
	return list
}

// sameShape compares the fixed segments of a pattern and a path of as many segments.
func sameShape(pattern, path string) bool {
	given := strings.Split(path, "/")
	for i, segment := range strings.Split(pattern, "/") {
		if !strings.HasPrefix(segment, "{") && segment != given[i] {
			return false
		}
	}
	return true
}
