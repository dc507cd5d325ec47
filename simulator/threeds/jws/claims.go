package jws

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
)

// Lifetime is how long a token without exp lasts: the vendor's error list says
// four hours, another page two (reference cardinal.md §5.2: documented twice).
const Lifetime = 4 * time.Hour

// Claims are the claims of a Cruise token (reference cardinal.md §5.2 and
// §5.3). Times are seconds since 1970; "" and 0 mean absent.
type Claims struct {
	JTI              string // unique id
	IssuedAt         int64
	Expires          *int64 // optional
	Issuer           string // the Identifier of the API key
	OrgUnitID        string
	ReferenceID      string // the lookup's DFReferenceId
	ReturnURL        string // where the result is posted
	ObjectifyPayload bool   // Payload was announced as an object
	Payload          Payload
}

// Payload is what the merchant took from the lookup's answer; all empty in the
// token of a device data collection.
type Payload struct {
	ACSURL        string
	Payload       string // the CReq as base64url
	TransactionID string
}

// ParseClaims reads the payload of a token. It takes numbers and booleans
// written as strings too, and Payload as an object or as a string that holds
// one, whatever ObjectifyPayload says: libraries differ (inferred). Names are
// case-sensitive (documented). The error is an *Error: malformed (1003), or a
// claim of the wrong type (4000).
func ParseClaims(payload []byte) (Claims, error) {
	r := reader{}
	if json.Unmarshal(payload, &r.members) != nil || r.members == nil {
		return Claims{}, fail(CodeMalformed, "the payload is no JSON object")
	}
	c := Claims{
		JTI:              r.text("jti"),
		IssuedAt:         r.seconds("iat"),
		Issuer:           r.text("iss"),
		OrgUnitID:        r.text("OrgUnitId"),
		ReferenceID:      r.text("ReferenceId"),
		ReturnURL:        r.text("ReturnUrl"),
		ObjectifyPayload: r.truth("ObjectifyPayload"),
		Payload:          r.payload("Payload"),
	}
	if r.present("exp") {
		expires := r.seconds("exp")
		c.Expires = &expires
	}
	if r.wrong != "" {
		return Claims{}, fail(CodeValidation, "the claim "+r.wrong+" has the wrong type")
	}
	return c, nil
}

// CheckTime refuses a token that has expired at now: after exp, or after
// lifetime from iat, whichever comes first, because exp can only shorten the
// lifetime (documented). A token without iat is judged by exp alone. The error
// is an *Error (1011).
func (c Claims) CheckTime(now time.Time, lifetime time.Duration) error {
	if c.Expires != nil && now.Unix() >= *c.Expires {
		return fail(CodeExpired, "the time in exp has passed")
	}
	if c.IssuedAt != 0 && now.Sub(time.Unix(c.IssuedAt, 0)) >= lifetime {
		return fail(CodeExpired, "the token was issued longer ago than a token lasts")
	}
	return nil
}

// reader reads claims and remembers the first of the wrong type.
type reader struct {
	members map[string]json.RawMessage
	wrong   string
}

// present says that a claim is there and not null.
func (r *reader) present(name string) bool {
	value, ok := r.members[name]
	return ok && !bytes.Equal(value, []byte("null"))
}

func (r *reader) refuse(name string) {
	if r.wrong == "" {
		r.wrong = name
	}
}

// text reads a string; a number is taken as written.
func (r *reader) text(name string) string {
	if !r.present(name) {
		return ""
	}
	value := r.members[name]
	var s string
	if json.Unmarshal(value, &s) == nil {
		return s
	}
	var n json.Number
	if json.Unmarshal(value, &n) != nil {
		r.refuse(name)
	}
	return n.String()
}

// seconds reads a time; fractions, which some libraries send, are cut off.
func (r *reader) seconds(name string) int64 {
	text := r.text(name)
	if text == "" {
		return 0
	}
	if whole, err := strconv.ParseInt(text, 10, 64); err == nil {
		return whole
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.Abs(f) > 1<<53 || math.IsNaN(f) {
		r.refuse(name)
		return 0
	}
	return int64(f)
}

func (r *reader) truth(name string) bool {
	if !r.present(name) {
		return false
	}
	switch strings.ToLower(strings.Trim(string(r.members[name]), `"`)) {
	case "true":
		return true
	case "false", "":
		return false
	default:
		r.refuse(name)
		return false
	}
}

func (r *reader) payload(name string) Payload {
	if !r.present(name) {
		return Payload{}
	}
	value := r.members[name]
	var held string
	if json.Unmarshal(value, &held) == nil {
		value = json.RawMessage(held)
	}
	inner := reader{}
	if json.Unmarshal(value, &inner.members) != nil || inner.members == nil {
		r.refuse(name)
		return Payload{}
	}
	p := Payload{
		ACSURL: inner.text("ACSUrl"), Payload: inner.text("Payload"), TransactionID: inner.text("TransactionId"),
	}
	if inner.wrong != "" {
		r.refuse(name + "." + inner.wrong)
	}
	return p
}
