package cardtokens

import (
	"net/http"
	"strconv"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/wire"
)

// blocked is the Number of an error that the front shield answers.
const blocked = "403"

// rejected is the answer to a call that Cardtokens itself refuses: one member err
// with the reason (reference cardtokens.md §11.1: status 500 documented, the
// member's name inferred). Its first form is a string of JSON, in decline.go.
type rejected struct {
	Err string `json:"err"`
}

// statuses maps every kind of error to Cardtokens' HTTP status: what it rejects
// is 500 and not 400 (reference cardtokens.md §11.1, documented). Those for bad
// keys, paths, methods and size are ours (§11.3, unknown).
var statuses = map[core.Code]int{
	core.CodeMalformed:     http.StatusInternalServerError,
	core.CodeTooLarge:      http.StatusRequestEntityTooLarge,
	core.CodeNoCredentials: http.StatusUnauthorized,
	core.CodeUnauthorized:  http.StatusUnauthorized,
	core.CodeMissing:       http.StatusInternalServerError,
	core.CodeInvalid:       http.StatusInternalServerError,
	core.CodeNotFound:      http.StatusInternalServerError,
	core.CodeConflict:      http.StatusInternalServerError,
	core.CodeRule:          http.StatusInternalServerError,
	core.CodeNoRoute:       http.StatusNotFound,
	core.CodeMethod:        http.StatusMethodNotAllowed,
	core.CodeInternal:      http.StatusInternalServerError,
}

// Fail is Cardtokens' own rejection: a JSON object, whatever went wrong, because
// an official sample decodes the body before it looks at the status.
func (p *Provider) Fail(c *provider.Call, e *core.Error) wire.Response {
	status, ok := statuses[e.Code]
	switch {
	case !ok:
		status = http.StatusInternalServerError
	case e.Number == blocked:
		status = http.StatusForbidden
	case e.Code == core.CodeNotFound && c.Setting().Int("cardtokens.notFoundStatus") == http.StatusNotFound:
		status = http.StatusNotFound
	}
	c.Result(outcomeRejected, strconv.Itoa(status))
	return wire.JSON(status, rejected{Err: reason(e)})
}

// reason is the sentence for the caller.
func reason(e *core.Error) string {
	switch {
	case e.Code == core.CodeInternal:
		return "internal error"
	case e.Field == "":
		return e.Detail
	default:
		return e.Field + ": " + e.Detail
	}
}
