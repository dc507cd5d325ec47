package cardinal

import (
	"errors"
	"net/url"
	"strconv"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/threeds"
	"cardsim/simulator/threeds/emv"
	"cardsim/simulator/threeds/jws"
)

// visit is a browser's form on one of Cruise's pages.
type visit struct {
	token  string
	claims jws.Claims
	md     string
	hasMD  bool
	// cres is what the issuer sent back, and the transaction it names.
	acsTransID  string
	transaction string
	failed      bool // the issuer sent an error message in its place
}

// validation is Cruise's number of a field that fails its check.
var validation = strconv.Itoa(int(jws.CodeValidation))

// readBrowser reads the form of a page: a token, or the issuer's CRes.
func readBrowser(c *provider.Call) error {
	v := &visit{}
	c.Envelope = v
	switch c.Request.Path {
	case collectedPath:
		return nil
	case threeds.ReturnPath:
		return v.readCRes(c)
	}
	v.md, v.hasMD = formValue(c.Request.Body, "MD")
	v.token, _ = formValue(c.Request.Body, "JWT")
	payload, err := jws.Peek(v.token)
	if err != nil {
		return cruiseError(err)
	}
	v.claims, err = jws.ParseClaims(payload)
	if err != nil {
		return cruiseError(err)
	}
	if v.claims.Issuer == "" {
		return numbered(core.CodeMissing, validation, "iss", "it names the API key")
	}
	return nil
}

// readCRes reads what the issuer's page posts to Cardinal: the final CRes, or an
// error message in the same field (reference cipher-acs.md B4.3, inferred).
func (v *visit) readCRes(c *provider.Call) error {
	text, _ := formValue(c.Request.Body, "cres")
	r, err := emv.DecodeCRes(text)
	v.acsTransID = r.ACSTransID
	var erro *emv.Erro
	switch {
	case errors.As(err, &erro):
		v.acsTransID, v.failed = erro.ACSTransID, true
		c.Warn("the issuer answered an error message: %v", erro)
	case err != nil:
		return numbered(core.CodeMalformed, strconv.Itoa(int(jws.CodeMalformed)), "cres", "it is no challenge response")
	}
	return nil
}

// identifyBrowser finds the sandbox: by the token's API key, or by the
// transaction that the issuer's answer names (interface §2).
func identifyBrowser(c *provider.Call) error {
	v := visitOf(c)
	if c.Request.Path == collectedPath {
		return nil // the page says the same in every sandbox
	}
	if v.token == "" {
		return identifyReturn(c, v)
	}
	id, err := c.Worlds().ByIdentifier(v.claims.Issuer)
	if err != nil {
		c.Refuse(core.Refusef(refusedUnknown, "%v", err))
		return numbered(core.CodeUnauthorized, strconv.Itoa(int(jws.CodeSignature)), "iss", "no sandbox knows this Identifier")
	}
	c.As(id)
	return nil
}

func identifyReturn(c *provider.Call, v *visit) error {
	var world *sandbox.World
	var found threeds.Transaction
	err := c.View(func(tx *provider.Tx) error {
		for w := range c.Worlds().Search(v.acsTransID) {
			t, ok, err := threeds.ByACSTransID(w.At(w.Clock.Now(), tx), v.acsTransID)
			if err != nil {
				return err
			}
			if ok {
				world, found = w, t
				return nil
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case world == nil:
		return numbered(core.CodeInvalid, validation, "cres", "no transaction has its acsTransID")
	}
	v.transaction = found.ID
	c.In(world)
	if m, ok := world.Merchant(found.Merchant); ok {
		c.Merchant = m
	}
	return nil
}

func visitOf(c *provider.Call) *visit {
	if v, ok := c.Envelope.(*visit); ok {
		return v
	}
	return &visit{}
}

// webAddress is an absolute http or https address, else empty.
func webAddress(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return text
}
