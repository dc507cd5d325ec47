package cardinal

import (
	"net/http"
	"strconv"
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/wire"
)

// numbered makes an error that has Cardinal's own number.
func numbered(code core.Code, number, field, detail string) *core.Error {
	return &core.Error{Code: code, Number: number, Field: field, Detail: detail}
}

// fieldError is a failed field check: a pair, general number first (reference
// cardinal.md §3.3, observed), whose text names the element.
func fieldError(general, number, field, detail string) *core.Error {
	return numbered(core.CodeInvalid, general+", "+number, field, detail)
}

// row says what an error of a kind answers when it has no number of its own.
type row struct {
	number string
	status int // of an HTTP error, which is no document (reference cardinal.md §1: default)
}

// rows maps every kind of error.
var rows = map[core.Code]row{
	core.CodeMalformed:     {number: errMalformed},
	core.CodeTooLarge:      {number: errMalformed},
	core.CodeNoCredentials: {number: errGeneral},
	core.CodeUnauthorized:  {number: errGeneral},
	core.CodeMissing:       {number: errGeneral},
	core.CodeInvalid:       {number: errGeneral},
	core.CodeNotFound:      {number: errNotFound},
	core.CodeConflict:      {number: errGeneral},
	core.CodeRule:          {number: errGeneral},
	core.CodeNoRoute:       {status: http.StatusNotFound},
	core.CodeMethod:        {status: http.StatusMethodNotAllowed},
	core.CodeInternal:      {number: errGeneral},
}

// Fail is Cardinal's answer to an error of any step: a document with status 200
// for a message, a page for a browser.
func (p *Provider) Fail(c *provider.Call, err *core.Error) wire.Response {
	if !isMessage(c) {
		return failPage(c, err)
	}
	r, ok := rows[err.Code]
	if !ok {
		r.number = errGeneral
	}
	if r.status != 0 {
		c.Result("error", strconv.Itoa(r.status))
		return httpError(r.status)
	}
	number := r.number
	switch {
	case err.Number != "":
		number = err.Number
	case err.Code == core.CodeNoCredentials || err.Code == core.CodeUnauthorized:
		number = strconv.Itoa(c.Setting().Int("cardinal.credentialError"))
	}
	c.Result("error", number)
	return answer(c, errorDocument(number, describe(number, detailOf(c, number, err))))
}

// detailOf is what follows the text: the version that was sent, or the element
// that failed its check.
func detailOf(c *provider.Call, number string, err *core.Error) string {
	switch {
	case number == errVersion:
		m, _ := c.Envelope.(message)
		if v := m["Version"]; v != "" {
			return v
		}
		return "null" // observed
	case strings.HasSuffix(number, ", "+errField):
		return err.Field
	default:
		return ""
	}
}

// errorDocument is a request-level error with only ErrorDesc and ErrorNo
// (reference cardinal.md §4, recorded); a failed check of a lookup adds Enrolled U
// (§3.3, observed).
func errorDocument(number, text string) document {
	d := document{{"ErrorDesc", text}, {"ErrorNo", number}}
	if strings.HasPrefix(number, errLookup+", ") || number == errNoReference || number == errNotCollected {
		d.add("Enrolled", string(core.EnrolledUnknown))
	}
	return d
}

func httpError(status int) wire.Response {
	resp := wire.Text(status, http.StatusText(status)+"\n")
	if status == http.StatusMethodNotAllowed {
		resp = resp.With("Allow", http.MethodPost)
	}
	return resp
}
