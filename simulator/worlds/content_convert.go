package worlds

import (
	"encoding/json"
	"errors"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

func writeMerchant(m *sandbox.Merchant) merchant {
	out := merchant{
		ID: m.ID, Name: m.Name,
		Cardtokens: cardtokens{MerchantID: m.Cardtokens.MerchantID, Examples: m.Cardtokens.Examples},
		AceHub:     acehub(m.AceHub),
		Cardinal:   cardinal(m.Cardinal),
	}
	for _, key := range m.Cardtokens.Keys {
		out.Cardtokens.Keys = append(out.Cardtokens.Keys, apiKey(key))
	}
	return out
}

func (m merchant) read() *sandbox.Merchant {
	out := &sandbox.Merchant{
		ID: m.ID, Name: m.Name,
		Cardtokens: sandbox.CardtokensAccount{MerchantID: m.Cardtokens.MerchantID, Examples: m.Cardtokens.Examples},
		AceHub:     sandbox.AceHubAccount(m.AceHub),
		Cardinal:   sandbox.CardinalAccount(m.Cardinal),
	}
	for _, key := range m.Cardtokens.Keys {
		out.Cardtokens.Keys = append(out.Cardtokens.Keys, sandbox.APIKey(key))
	}
	return out
}

func writeTenant(t *sandbox.Tenant) tenant {
	out := tenant{
		ID: t.ID, Name: t.Name, Token: t.Token, Example: t.Example, Disabled: t.Disabled, Alias: t.Alias,
		Config: t.Config, Plans: t.Plans,
	}
	for _, p := range t.Products {
		out.Products = append(out.Products, product(p))
	}
	return out
}

func (t tenant) read() *sandbox.Tenant {
	out := &sandbox.Tenant{
		ID: t.ID, Name: t.Name, Token: t.Token, Example: t.Example, Disabled: t.Disabled, Alias: t.Alias,
		Config: t.Config, Plans: t.Plans,
	}
	for _, p := range t.Products {
		out.Products = append(out.Products, sandbox.Product(p))
	}
	return out
}

// cardsOf are the numbers of a world that are not in every sandbox, and the
// enrolments that a reset brings back.
func (k *Keeper) cardsOf(w *sandbox.World) cards {
	published := make(map[core.PAN]bool, len(k.Catalogue))
	for _, c := range k.Catalogue {
		published[c.Number] = true
	}
	var out cards
	for _, p := range w.Profiles() {
		if !published[p.Number] {
			out.Numbers = append(out.Numbers, number{PAN: p.Number.Digits(), Brand: p.Brand, Provider: p.Provider, Summary: p.Summary, Source: p.Source})
		}
	}
	for _, e := range w.Enrolments() {
		out.Enrolments = append(out.Enrolments, enrolment{PAN: e.Card.Digits(), Tenant: e.Tenant, Name: e.Name, Identities: e.Identities})
	}
	return out
}

// errCards says that the sealed cards of a file are not what this format has.
var errCards = errors.New("the sandbox's own cards cannot be read")

func readCards(sealer *sandbox.Sealer, sealed string) (cards, error) {
	var c cards
	if sealed == "" {
		return c, nil
	}
	if json.Unmarshal([]byte(sealer.Unseal(sealed)), &c) != nil { // its text would show numbers
		return c, errCards
	}
	return c, nil
}

// withCards adds a sandbox's own numbers to the catalogue, and its enrolments.
func (k *Keeper) withCards(spec sandbox.Spec, own cards) (sandbox.Spec, error) {
	spec.Cards = k.Catalogue[:len(k.Catalogue):len(k.Catalogue)] // shared: what is appended makes a copy
	for _, n := range own.Numbers {
		pan, ok := core.ParsePAN(n.PAN)
		if !ok {
			return spec, errCards
		}
		spec.Cards = append(spec.Cards, sandbox.CardProfile{Number: pan, Brand: n.Brand, Provider: n.Provider, Summary: n.Summary, Source: n.Source})
	}
	for _, e := range own.Enrolments {
		pan, ok := core.ParsePAN(e.PAN)
		if !ok {
			return spec, errCards
		}
		spec.Enrolments = append(spec.Enrolments, sandbox.Enrolment{Card: pan, Tenant: e.Tenant, Name: e.Name, Identities: e.Identities})
	}
	return spec, nil
}
