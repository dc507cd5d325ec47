package cardinal

import (
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"html"
	"strconv"
	"strings"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
)

// The true reasons of refused credentials, as the journal names them. The caller
// is told a general error only (reference cardinal.md §2.2, unknown; default).
const (
	refusedNone      = "credentials-missing"
	refusedUnknown   = "credentials-unknown"
	refusedOrgUnit   = "org-unit-mismatch"
	refusedAlgorithm = "algorithm-unknown"
	refusedSignature = "signature-mismatch"
	refusedTime      = "timestamp-outside-window"
	refusedPassword  = "password-mismatch"
)

// identify finds the merchant. With both styles the API key counts (reference
// cardinal.md §2.2, unknown; default).
func identify(c *provider.Call, m message) error {
	var id sandbox.Identity
	var err error
	switch {
	case byKey(m):
		id, err = c.Worlds().ByIdentifier(m["Identifier"])
	case m["ProcessorId"] != "" || m["MerchantId"] != "":
		id, err = byTrio(c, m)
	default:
		return refuse(c, core.CodeNoCredentials, refusedNone, "neither Identifier nor ProcessorId and MerchantId were sent")
	}
	if err != nil {
		return refuse(c, core.CodeUnauthorized, refusedUnknown, err.Error())
	}
	c.As(id)
	return nil
}

// byTrio takes a MerchantId that a cart escaped inside CDATA too (reference
// cardinal.md §1, observed).
func byTrio(c *provider.Call, m message) (sandbox.Identity, error) {
	id, err := c.Worlds().ByProcessor(m["ProcessorId"], m["MerchantId"])
	if plain := html.UnescapeString(m["MerchantId"]); (err != nil || !id.Known) && plain != m["MerchantId"] {
		return c.Worlds().ByProcessor(m["ProcessorId"], plain)
	}
	return id, err
}

func byKey(m message) bool { return m["Identifier"] != "" }

// checkSecret checks the signature or the password of a known merchant; an
// unseen one passes unverified (decisions 7).
func checkSecret(c *provider.Call, m message) error {
	warnBlanks(c, m)
	if !c.Identity.Known {
		return nil
	}
	account := c.Merchant.Cardinal
	if byKey(m) {
		return checkSignature(c, m, account)
	}
	c.Secret(account.TransactionPwd)
	given := m["TransactionPwd"]
	if !same(given, account.TransactionPwd) && !same(html.UnescapeString(given), account.TransactionPwd) {
		return refuse(c, core.CodeUnauthorized, refusedPassword, "TransactionPwd is wrong")
	}
	return nil
}

// warnBlanks says what a sender cannot find out: a plus sign of Base64 that was
// not percent-encoded arrives as a blank (reference cardinal.md §2.2, inferred).
func warnBlanks(c *provider.Call, m message) {
	if strings.Contains(m["Signature"], " ") {
		c.Warn("Signature holds a blank: a + of its Base64 was sent without percent-encoding")
	}
}

func checkSignature(c *provider.Call, m message, account sandbox.CardinalAccount) error {
	if m["OrgUnit"] != account.OrgUnit {
		return refuse(c, core.CodeUnauthorized, refusedOrgUnit, "OrgUnit is not that of the Identifier")
	}
	want, ok := signature(m["Algorithm"], m["Timestamp"], account.APIKey)
	if !ok {
		return refuse(c, core.CodeUnauthorized, refusedAlgorithm, "Algorithm must be SHA-256 or SHA-512")
	}
	if !same(m["Signature"], want) {
		return refuse(c, core.CodeUnauthorized, refusedSignature, "Signature is not the digest of Timestamp and API key")
	}
	set := c.Setting()
	past, future := set.Duration("cardinal.timestampPast"), set.Duration("cardinal.timestampFuture")
	if !fresh(m["Timestamp"], c.Now, past, future) && !fresh(m["Timestamp"], clock.Machine(), past, future) {
		return refuse(c, core.CodeUnauthorized, refusedTime, "Timestamp is too old or in the future, by the sandbox's clock and by the machine's")
	}
	return nil
}

// signature is Base64 of the digest of timestamp and API key, nothing between
// them (reference cardinal.md §2.2, documented).
func signature(algorithm, timestamp, key string) (string, bool) {
	switch algorithm {
	case "SHA-256":
		sum := sha256.Sum256([]byte(timestamp + key))
		return base64.StdEncoding.EncodeToString(sum[:]), true
	case "SHA-512":
		sum := sha512.Sum512([]byte(timestamp + key))
		return base64.StdEncoding.EncodeToString(sum[:]), true
	default:
		return "", false
	}
}

// fresh holds Unix milliseconds to the window (reference cardinal.md §2.2:
// documented unit, unknown width).
func fresh(text string, now time.Time, past, future time.Duration) bool {
	ms, err := strconv.ParseInt(text, 10, 64)
	if err != nil || !core.AllDigits(text) {
		return false
	}
	at := time.UnixMilli(ms)
	return !at.Before(now.Add(-past)) && !at.After(now.Add(future))
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// refuse leaves the true reason in the journal.
func refuse(c *provider.Call, code core.Code, reason, detail string) error {
	c.Refuse(core.Refusef(reason, "%s", detail))
	return core.Errf(code, "", "%s", detail)
}
