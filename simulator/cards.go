package simulator

import (
	"fmt"
	"strings"

	"cardsim/fixtures"
	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// cardProfiles turns the published catalogue into what a world keeps: every
// card is good at all four providers (decisions 12).
func cardProfiles() ([]sandbox.CardProfile, error) {
	cards := fixtures.Catalogue()
	list := make([]sandbox.CardProfile, 0, len(cards))
	for _, c := range cards {
		pan, ok := core.ParsePAN(c.PAN)
		if !ok {
			return nil, fmt.Errorf("the card catalogue holds a number that is none, ending in %s", c.PAN[max(0, len(c.PAN)-4):])
		}
		list = append(list, profileOf(pan, c))
	}
	return list, nil
}

func profileOf(pan core.PAN, c fixtures.CatalogueCard) sandbox.CardProfile {
	p := sandbox.CardProfile{Number: pan, Brand: core.Brand(c.Brand), CardType: c.CardType, Provider: c.Provider}
	var summaries, sources []string
	for _, f := range c.Facts() {
		if f.Version != "" && (f.Case != 0 || f.Variant != "") {
			p.Cases = append(p.Cases, sandbox.CardCase{Version: core.ThreeDSVersion(f.Version), Number: f.Case, Variant: f.Variant})
		}
		if f.Trigger != nil {
			p.Trigger = &sandbox.Trigger{Scheme: f.Trigger.Scheme, Reason: f.Trigger.Reason}
		}
		summaries, sources = append(summaries, f.Summary), append(sources, f.Source)
	}
	p.Summary, p.Source = strings.Join(summaries, " "), strings.Join(sources, "; ")
	return p
}
