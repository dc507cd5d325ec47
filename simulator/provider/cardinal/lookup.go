package cardinal

import (
	"strconv"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/threeds"
	"cardsim/simulator/wire"
)

// looked is what a lookup came to. Without a transaction it is an error.
type looked struct {
	request message
	t       threeds.Transaction
	made    bool
	errorNo string
	timeout bool
}

// lookup is cmpi_lookup.
func (p *Provider) lookup() provider.Operation {
	return provider.Make(provider.Op[lookupRequest, looked]{
		Name:   opLookup,
		Decode: decodeLookup,
		Facts:  lookupFacts,
		Validate: func(c *provider.Call, q lookupRequest) error {
			if q.problem == nil || failureForced(c) { // a forced failure wins over every check (decisions 3)
				return nil
			}
			return q.problem
		},
		Run:    runLookup,
		Encode: encodeLookup,
	})
}

func runLookup(c *provider.Call, tx *provider.Tx, q lookupRequest) (looked, error) {
	if q.problem != nil { // a scenario's failure of a message that is wrong anyway
		plan := lookupPlan(c)
		return looked{request: q.message, timeout: plan.Outcome == threeds.OutcomeTimeout, errorNo: plan.ErrorNo}, nil
	}
	s := c.Scope(tx)
	card, dead, err := threeds.Resolve(s, q.card)
	if err != nil {
		return looked{}, err
	}
	if dead != nil {
		c.Refuse(dead)
		return looked{request: q.message, errorNo: errGeneral}, nil
	}
	ask := q.ask(c)
	ask.Card = card
	if threeds.VersionOf(c.World, ask).EMV() {
		if err := demandEMV(c, tx, q); err != nil {
			return looked{}, err
		}
	}
	if q.expiry.Expired(c.Now) {
		c.Warn("the card is past its expiry %s; Cardinal's sandbox looks it up all the same", q.expiry)
	}
	t, err := threeds.Lookup(s, ask)
	if err != nil {
		return looked{}, err
	}
	for _, w := range t.Warnings {
		c.Warn("%s", w)
	}
	return looked{request: q.message, t: t, made: true, errorNo: t.LookupError, timeout: t.LookupTimeout}, nil
}

// demandEMV holds a lookup that goes to EMV 3-D Secure to what the settings
// demand (reference cardinal.md §3.1, documented; off by default).
func demandEMV(c *provider.Call, tx *provider.Tx, q lookupRequest) error {
	if c.Setting().Bool("cardinal.strict") {
		if problem := missingBilling(q.message); problem != nil {
			return problem
		}
	}
	if !c.Setting().Bool("cardinal.requireReferenceId") {
		return nil
	}
	id := q.message["DFReferenceId"]
	if id == "" {
		return numbered(core.CodeMissing, errNoReference, "DFReferenceId", "setting cardinal.requireReferenceId is on")
	}
	done, err := threeds.Collected(c.Scope(tx), c.Merchant.ID, id)
	if err == nil && !done {
		return numbered(core.CodeRule, errNotCollected, "DFReferenceId", "no device data were collected under it")
	}
	return err
}

// encodeLookup answers in the recorded order of the version (reference
// cardinal.md §4, observed).
func encodeLookup(c *provider.Call, l looked) wire.Response {
	c.Result(l.outcome(), l.result())
	switch {
	case l.timeout:
		return late(c, blankLookup(strconv.Itoa(c.Setting().Int("cardinal.timeoutError"))))
	case !l.made:
		return answer(c, document{{"ErrorDesc", describe(l.errorNo, "")}, {"ErrorNo", l.errorNo}, {"Enrolled", string(core.EnrolledUnknown)}})
	}
	c.Worlds().Remember(c.World, l.t.BrowserIDs()...) // a browser will come with one of them
	payload, err := threeds.Payload(c.World, l.t)
	if err != nil {
		c.Refuse(core.Refusef("payload", "the message for the issuer could not be written: %v", err))
		return answer(c, errorDocument(errGeneral, describe(errGeneral, "")))
	}
	cavv := l.atLookup().CAVV(c.World)
	c.Secret(cavv)
	if l.t.Version.EMV() {
		return answer(c, l.emv(c, payload, cavv))
	}
	return answer(c, l.old(c, payload))
}

// outcome names the result as interface §6 does.
func (l looked) outcome() string {
	switch {
	case l.timeout:
		return threeds.OutcomeTimeout
	case l.errorNo != "":
		return threeds.OutcomeError
	case l.t.Challenge != nil:
		return threeds.OutcomeChallenge
	}
	switch l.t.Enrolled {
	case core.EnrolledNo:
		return threeds.OutcomeNotEnrolled
	case core.EnrolledBypassed:
		return threeds.OutcomeBypassed
	case core.EnrolledUnknown:
		return threeds.OutcomeUnavailable
	}
	return lookupOutcomes[l.t.Status]
}

// lookupOutcomes are the frictionless results.
var lookupOutcomes = map[core.TransStatus]string{
	core.StatusAuthenticated: threeds.OutcomeFrictionless,
	core.StatusAttempted:     threeds.OutcomeAttempted,
	core.StatusFailed:        threeds.OutcomeFailed,
	core.StatusUnavailable:   threeds.OutcomeUnavailable,
	core.StatusRejected:      threeds.OutcomeRejected,
	core.StatusInformational: threeds.OutcomeUnavailable,
}

// result is Cardinal's own word for it: the error number, else PAResStatus, else
// Enrolled.
func (l looked) result() string {
	switch {
	case l.errorNo != "":
		return l.errorNo
	case l.t.Challenge != nil && l.t.Version.EMV():
		return string(core.StatusChallenge)
	case l.t.Status != core.StatusNone:
		return string(l.t.Status)
	default:
		return string(l.t.Enrolled)
	}
}
