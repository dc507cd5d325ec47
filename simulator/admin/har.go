package admin

// HAR is an HTTP Archive of version 1.2, which browsers and proxies read. Members
// that begin with an underscore are ours, as its specification allows.
type HAR struct {
	Log HARLog `json:"log"`
}

// HARLog is the archive itself.
type HARLog struct {
	Version string     `json:"version"`
	Creator HARCreator `json:"creator"`
	// Entries are the journal's, oldest first.
	Entries []HAREntry `json:"entries"`
	Comment string     `json:"comment,omitempty"`
}

// HARCreator is the program that wrote the archive.
type HARCreator struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// HAREntry is one exchange.
type HAREntry struct {
	ID        string `json:"_id"`        // the entry's id in the journal
	Operation string `json:"_operation"` // operation id
	Outcome   string `json:"_outcome"`   // name of the outcome
	Flow      string `json:"_flow"`      // id of the journey
	// StartedDateTime is the sandbox's time of receipt.
	StartedDateTime string `json:"startedDateTime"`
	// Time is how long the answer took in milliseconds, in real time.
	Time     float64     `json:"time"`
	Request  HARRequest  `json:"request"`
	Response HARResponse `json:"response"`
	Cache    HARCache    `json:"cache"`
	Timings  HARTimings  `json:"timings"`
}

// HARPair is a header or a parameter of the query.
type HARPair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// HARRequest is a request, masked.
type HARRequest struct {
	Method      string    `json:"method"`
	URL         string    `json:"url"`
	HTTPVersion string    `json:"httpVersion"`
	Cookies     []HARPair `json:"cookies"` // always empty: their values are masked among the headers
	Headers     []HARPair `json:"headers"`
	QueryString []HARPair `json:"queryString"`
	PostData    *HARPost  `json:"postData,omitempty"`
	HeadersSize int       `json:"headersSize"` // -1: not known
	BodySize    int       `json:"bodySize"`    // as sent; -1: not known
}

// HARPost is the body of a request.
type HARPost struct {
	MIMEType string `json:"mimeType"`
	Text     string `json:"text"`
}

// HARResponse is an answer, masked. A request without one has status 0.
type HARResponse struct {
	Status      int        `json:"status"`
	StatusText  string     `json:"statusText"`
	HTTPVersion string     `json:"httpVersion"`
	Cookies     []HARPair  `json:"cookies"`
	Headers     []HARPair  `json:"headers"`
	Content     HARContent `json:"content"`
	RedirectURL string     `json:"redirectURL"`
	HeadersSize int        `json:"headersSize"` // -1: not known
	BodySize    int        `json:"bodySize"`    // as sent; -1: not known
	// Error says why there is no answer.
	Error string `json:"_error,omitempty"`
}

// HARContent is the body of an answer.
type HARContent struct {
	Size     int    `json:"size"` // of the text as it is here, in bytes
	MIMEType string `json:"mimeType"`
	Text     string `json:"text,omitempty"`
}

// HARCache is empty: nothing of this comes from a cache.
type HARCache struct{}

// HARTimings are milliseconds: all of it was waiting for the answer.
type HARTimings struct {
	Send    float64 `json:"send"`
	Wait    float64 `json:"wait"`
	Receive float64 `json:"receive"`
}
