package threeds

import (
	"cardsim/simulator/core"
	"cardsim/simulator/issuer"
	"cardsim/simulator/sandbox"
)

// dataOnlyCategory is Mastercard's message category of a data-only request.
const dataOnlyCategory = "80"

// route is how a lookup goes: version and row, before the issuer is asked.
type route struct {
	version core.ThreeDSVersion
	number  int
	variant string
	listed  bool // the catalogue has the card
}

// routeOf picks the card's row. A forced version moves a card within EMV; it
// cannot make a 1.0 card EMV or the other way round, because the tables have no
// row for that (*ours*; "version by number is a default, not a law", reference
// cardinal.md §11.2).
func routeOf(w *sandbox.World, r LookupRequest) route {
	p, listed := w.Profile(r.Card.Fingerprint)
	c, ok := cardCase(p, r)
	if !ok {
		v := r.ForcedVersion
		if v == "" {
			v = core.ThreeDSVersion(w.Settings.Text("cardinal.defaultVersion"))
		}
		return route{version: v, listed: listed}
	}
	v := c.Version
	if r.ForcedVersion != "" && r.ForcedVersion.EMV() == v.EMV() {
		v = r.ForcedVersion
	}
	return route{version: v, number: c.Number, variant: c.Variant, listed: true}
}

// cardCase is the catalogue's row. A card that is data-only beside another row is
// so for that message category only (reference cardinal.md §11.3).
func cardCase(p sandbox.CardProfile, r LookupRequest) (sandbox.CardCase, bool) {
	if r.MessageCategory == dataOnlyCategory {
		for _, c := range p.Cases {
			if c.Variant == variantDataOnly {
				return c, true
			}
		}
	}
	return p.Case(r.ForcedVersion)
}

// VersionOf is the 3-D Secure version that a lookup would be routed to.
func VersionOf(w *sandbox.World, r LookupRequest) core.ThreeDSVersion { return routeOf(w, r).version }

// bank is what the issuer knows of a card.
type bank struct {
	enrolled bool
	disabled bool
	tenant   *sandbox.Tenant
	channel  issuer.Destination
	fits     bool // one of the tenant's plans fits the cardholder
}

// askIssuer finds the card at the sandbox's tenants (reference cipher-acs.md B1).
func askIssuer(s sandbox.Scope, fingerprint string) (bank, error) {
	card, holder, ok, err := issuer.Find(s, fingerprint)
	if err != nil || !ok {
		return bank{}, wrap(err, "ask the issuers for a card")
	}
	tenant, known := s.World.Tenant(card.Tenant)
	if !known {
		return bank{}, nil
	}
	b := bank{enrolled: true, disabled: card.State == issuer.Disabled, tenant: tenant}
	b.channel, b.fits = issuer.Channel(tenant, holder)
	return b, nil
}

// decide works out the lookup's behaviour: scenario, catalogue, issuer, in this
// order, and then the truth, which no scenario's success overrides (decisions 3).
func decide(s sandbox.Scope, r LookupRequest, b bank) (route, behaviour) {
	at := routeOf(s.World, r)
	row, planned := plannedRow(&at, r.Plan)
	if !planned {
		row = unplanned(s.World, at, b)
	}
	if at.variant == variantDataOnly && r.MessageCategory == dataOnlyCategory && !planned {
		row.status, row.reason, row.dataOnly = core.StatusUnavailable, reasonDataOnly, true
	}
	if !planned && !at.version.EMV() && s.World.Settings.Bool("cardinal.emvOnly") {
		row = behaviour{enrolled: core.EnrolledUnknown, lookupError: errGeneral, warning: "a 3-D Secure 1.0 card, and setting cardinal.emvOnly is on"}
	}
	if !row.failure() {
		row = truth(at.version, row, b)
	}
	return at, row
}

// unplanned is the row of the catalogue, else what a card outside it does.
func unplanned(w *sandbox.World, at route, b bank) behaviour {
	if row, ok := rowOf(at.version, at.number, at.variant); ok {
		return row
	}
	switch {
	case b.enrolled:
		return challenging(Ending{Status: core.StatusAuthenticated})
	case at.listed:
		return frictionless(at.version)
	case w.Settings.Text("cardinal.unlistedCard") == "error":
		return behaviour{enrolled: core.EnrolledUnknown, lookupError: errGeneral, warning: "the card is no test card of this sandbox, and setting cardinal.unlistedCard is error"}
	}
	row := frictionless(at.version)
	row.warning = "the card is no test card of this sandbox: taken as authenticated without a challenge (setting cardinal.unlistedCard)"
	return row
}

// frictionless is an authentication without challenge; 3-D Secure 1.0 has none,
// so that there the cardholder is asked (*ours*).
func frictionless(v core.ThreeDSVersion) behaviour {
	if !v.EMV() {
		return challenging(Ending{Status: core.StatusAuthenticated})
	}
	return final(core.StatusAuthenticated, "")
}

// failure says that the lookup ends in an error, whatever the issuer knows.
func (b behaviour) failure() bool { return b.timeout || b.lookupError != "" }

// truth lets the issuer have the last word: a disabled card is not found
// (reference cipher-acs.md B1, B6 row 11: inferred), and without a plan that fits
// nobody can be asked (B1, inferred).
func truth(v core.ThreeDSVersion, row behaviour, b bank) behaviour {
	switch {
	case b.disabled && v.EMV():
		row = final(core.StatusFailed, reasonNoRecord)
		row.warning = "the card is disabled at its issuer: CARD_NOT_FOUND"
	case b.disabled:
		row = behaviour{enrolled: core.EnrolledNo, warning: "the card is disabled at its issuer: CARD_NOT_FOUND"}
	case !row.challenge || !b.enrolled || b.fits:
	case v.EMV():
		row = final(core.StatusUnavailable, reasonTechnical)
		row.warning = "no authentication plan of the issuer fits the cardholder"
	default:
		row = behaviour{enrolled: core.EnrolledUnknown, warning: "no authentication plan of the issuer fits the cardholder"}
	}
	return row
}
