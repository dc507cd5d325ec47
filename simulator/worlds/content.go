package worlds

import (
	"encoding/json"
	"fmt"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// content is who lives in a sandbox: what a fixture file or a derivation made of
// it. It is part of the format of exports, and the form in which an imported
// sandbox is kept.
type content struct {
	Merchants []merchant `json:"merchants"`
	Tenants   []tenant   `json:"tenants"`
	// Cards are numbers that no provider published and enrolments of fixture
	// files, sealed: JSON of cards.
	Cards string `json:"cards,omitempty"`
}

type merchant struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	Cardtokens cardtokens `json:"cardtokens"`
	AceHub     acehub     `json:"acehub"`
	Cardinal   cardinal   `json:"cardinal"`
}

type cardtokens struct {
	MerchantID string   `json:"merchantId"`
	Keys       []apiKey `json:"apiKeys"`
	Examples   []string `json:"examples,omitempty"`
}

type apiKey struct {
	Key  string          `json:"key"`
	Kind sandbox.KeyKind `json:"kind"`
}

type acehub struct {
	BusinessID string   `json:"businessId"`
	Username   string   `json:"username"`
	Password   string   `json:"password"`
	Examples   []string `json:"examples,omitempty"`
	Alias      string   `json:"alias,omitempty"`
}

type cardinal struct {
	Identifier     string `json:"identifier"`
	OrgUnit        string `json:"orgUnit"`
	APIKey         string `json:"apiKey"`
	ProcessorID    string `json:"processorId"`
	MerchantID     string `json:"merchantId"`
	TransactionPwd string `json:"transactionPwd"`
}

type tenant struct {
	ID       string               `json:"id"`
	Name     string               `json:"name"`
	Token    string               `json:"token"`
	Example  bool                 `json:"example,omitempty"`
	Disabled bool                 `json:"disabled,omitempty"`
	Alias    string               `json:"alias,omitempty"`
	Config   sandbox.TenantConfig `json:"config"`
	Products []product            `json:"products"`
	Plans    []sandbox.AuthPlan   `json:"authPlans"`
}

type product struct {
	BIN         string `json:"bin"`
	ProductID   string `json:"productId"`
	ProductName string `json:"productName"`
	CardNetwork string `json:"cardNetwork"`
}

// cards are a sandbox's own numbers and enrolments. They exist sealed only.
type cards struct {
	Numbers    []number    `json:"numbers,omitempty"`
	Enrolments []enrolment `json:"enrolments,omitempty"`
}

type number struct {
	PAN      string     `json:"pan"`
	Brand    core.Brand `json:"brand,omitempty"`
	Provider string     `json:"provider"`
	Summary  string     `json:"summary"`
	Source   string     `json:"source"`
}

type enrolment struct {
	PAN        string            `json:"pan"`
	Tenant     string            `json:"tenant"`
	Name       string            `json:"name"`
	Identities map[string]string `json:"identities"`
}

// contentOf is who lives in a world.
func (k *Keeper) contentOf(w *sandbox.World) (content, error) {
	var c content
	for _, m := range w.Merchants {
		c.Merchants = append(c.Merchants, writeMerchant(m))
	}
	for _, t := range w.Tenants {
		c.Tenants = append(c.Tenants, writeTenant(t))
	}
	own := k.cardsOf(w)
	if len(own.Numbers)+len(own.Enrolments) == 0 {
		return c, nil
	}
	text, err := json.Marshal(own)
	c.Cards = w.Seal(string(text))
	return c, wrap(err, "write a sandbox's cards")
}

// fromContent completes a specification by the content that is kept with it.
func (k *Keeper) fromContent(spec sandbox.Spec) (sandbox.Spec, error) {
	var c content
	if err := json.Unmarshal(spec.Kept.Content, &c); err != nil {
		return spec, fmt.Errorf("read what was imported into sandbox %s: %w", spec.ID, err)
	}
	return k.live(spec, c)
}

// live puts merchants, tenants and cards into a specification.
func (k *Keeper) live(spec sandbox.Spec, c content) (sandbox.Spec, error) {
	spec.Settings = nil // what an export brings is set by hand
	spec.Merchants, spec.Tenants, spec.Enrolments = nil, nil, nil
	for _, m := range c.Merchants {
		spec.Merchants = append(spec.Merchants, m.read())
	}
	for _, t := range c.Tenants {
		spec.Tenants = append(spec.Tenants, t.read())
	}
	sealer, err := sandbox.NewSealer(spec.Seed, spec.Origin)
	if err != nil {
		return spec, err
	}
	own, err := readCards(sealer, c.Cards)
	if err != nil {
		return spec, err
	}
	return k.withCards(spec, own)
}

// check finds what would make a sandbox that cannot work.
func (c content) check() []Fault {
	var faults []Fault
	if len(c.Merchants) == 0 {
		faults = append(faults, Fault{Pointer: "/sandbox/merchants", Detail: "a sandbox has one merchant at least"})
	}
	seen := map[string]bool{}
	for i, m := range c.Merchants {
		if m.ID == "" || seen["merchant "+m.ID] {
			faults = append(faults, Fault{Pointer: fmt.Sprintf("/sandbox/merchants/%d/id", i), Detail: "each merchant has an id of its own"})
		}
		seen["merchant "+m.ID] = true
	}
	for i, t := range c.Tenants {
		if !core.AllDigits(t.ID) || t.ID == "" || seen["tenant "+t.ID] {
			faults = append(faults, Fault{Pointer: fmt.Sprintf("/sandbox/tenants/%d/id", i), Detail: "each tenant has an id of its own, digits only"})
		}
		seen["tenant "+t.ID] = true
	}
	return faults
}
