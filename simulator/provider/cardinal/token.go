package cardinal

import (
	"errors"
	"strconv"

	"cardsim/simulator/clock"
	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/threeds/jws"
)

// checkToken verifies the token of a known merchant; an unseen one passes
// unverified (decisions 7). It is fresh if it is fresh by the sandbox's clock or
// by the machine's (interface §3).
func checkToken(c *provider.Call) error {
	v := visitOf(c)
	if v.token == "" || !c.Identity.Known {
		return nil
	}
	account := c.Merchant.Cardinal
	if _, _, err := jws.Verify(v.token, []byte(account.APIKey)); err != nil {
		c.Refuse(core.Refusef(refusedSignature, "the JWT is not signed with the API key of its iss"))
		return cruiseError(err)
	}
	if v.claims.OrgUnitID != account.OrgUnit {
		return numbered(core.CodeInvalid, validation, "OrgUnitId", "it is not that of the Identifier")
	}
	if err := v.claims.CheckTime(c.Now, jws.Lifetime); err != nil && v.claims.CheckTime(clock.Machine(), jws.Lifetime) != nil {
		return cruiseError(err)
	}
	return nil
}

// cruiseError carries the number of a token's error.
func cruiseError(err error) error {
	code, number := core.CodeMalformed, jws.CodeMalformed
	var known *jws.Error
	if errors.As(err, &known) {
		number = known.Code()
	}
	if number == jws.CodeSignature || number == jws.CodeExpired {
		code = core.CodeUnauthorized
	}
	return numbered(code, strconv.Itoa(int(number)), "JWT", err.Error())
}
