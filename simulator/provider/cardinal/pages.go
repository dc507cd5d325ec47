package cardinal

import (
	"encoding/json"
	"net/http"
	"strconv"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/wire"
	"cardsim/web"
)

// parent is the message that a page posts to the merchant's window, as a JSON
// string: the step-up's (reference cardinal.md §5.2, documented) and the
// collection's (§5.3, documented members; MessageType, SessionId and Status as
// merchants listen for them, inferred).
type parent struct {
	Type          string   `json:"MessageType"`
	TransactionID string   `json:"TransactionId,omitempty"`
	MD            string   `json:"MD,omitempty"`
	SessionID     string   `json:"SessionId,omitempty"`
	ReferenceID   string   `json:"ReferenceId,omitempty"`
	Status        bool     `json:"Status,omitempty"`
	ActionCode    string   `json:"ActionCode,omitempty"`
	DataSources   *sources `json:"DataSources,omitempty"`
}

type sources struct {
	CardinalData source `json:"CardinalData"`
	MethodURL    source `json:"MethodUrl"`
}

type source struct {
	Attempted bool `json:"Attempted"`
	Completed bool `json:"Completed"`
}

func parentMessage(p parent) string {
	text, err := json.Marshal(p)
	if err != nil {
		return "" // unreachable: texts and booleans only
	}
	return string(text)
}

// look is how Cardinal's pages dress.
func look() web.Look { return web.Look{Name: "Cardinal"} }

// renderer is a view of package web.
type renderer interface{ Page() (web.Page, error) }

func page(c *provider.Call, v renderer) wire.Response { return show(c, http.StatusOK, v) }

func show(c *provider.Call, status int, v renderer) wire.Response {
	p, err := v.Page()
	if err != nil {
		c.Refuse(core.Refusef("page", "%v", err))
		return wire.Text(http.StatusInternalServerError, "the page could not be written\n")
	}
	return wire.Headed(status, p.Header, p.Body)
}

func notice(c *provider.Call, title, lead, detail string) wire.Response {
	return page(c, web.Notice{Look: look(), Title: title, Lead: lead, Detail: detail})
}

// statuses of the error pages (unknown at Cardinal, *ours*).
var statuses = map[core.Code]int{
	core.CodeNoRoute: http.StatusNotFound, core.CodeMethod: http.StatusMethodNotAllowed,
	core.CodeTooLarge: http.StatusRequestEntityTooLarge, core.CodeInternal: http.StatusInternalServerError,
}

// failPage shows a browser what went wrong, with the number of Cruise's list
// (reference cardinal.md §5.3, documented).
func failPage(c *provider.Call, err *core.Error) wire.Response {
	status, ok := statuses[err.Code]
	if !ok {
		status = http.StatusBadRequest
	}
	number := err.Number
	if number == "" {
		number = defaultNumber(err.Code)
	}
	c.Result("error", number)
	lead := err.Detail
	if err.Code == core.CodeInternal {
		lead = "The simulator failed: see its log."
	}
	detail := "Error " + number
	if err.Field != "" {
		detail += ": " + err.Field
	}
	resp := show(c, status, web.Notice{Look: look(), Title: "Cardinal cannot go on", Lead: lead, Detail: detail})
	if err.Code == core.CodeMethod {
		resp = resp.With("Allow", http.MethodPost)
	}
	return resp
}

// defaultNumber is Cruise's for errors that have none of their own; paths and
// methods have their HTTP status.
func defaultNumber(code core.Code) string {
	switch code {
	case core.CodeInternal:
		return "9999"
	case core.CodeNoRoute, core.CodeMethod:
		return strconv.Itoa(statuses[code])
	default:
		return "1000"
	}
}
