package worlds

import (
	"fmt"

	"cardsim/simulator/sandbox"
)

// adopt gives content identities that no sandbox but instead has here. A file's own
// identities are kept where they are free: code that was pointed at the exported
// sandbox goes on with the imported one. Where another sandbox has them (the
// original beside its copy), the copy gets those of the sandbox it replaces, or new
// ones, and its records are found by them all the same (*ours*).
func (k *Keeper) adopt(c content, seed uint64, id string, instead *sandbox.World) content {
	out := content{Cards: c.Cards}
	for i, m := range c.Merchants {
		out.Merchants = append(out.Merchants, k.adoptMerchant(m, stand(seed, id, i, instead), instead))
	}
	for i, t := range c.Tenants {
		if k.Registry.TakenTenant(t.read().Outward(), instead) {
			t.Alias, t.Token = standTenant(seed, id, i, instead)
		}
		out.Tenants = append(out.Tenants, t)
	}
	return out
}

func (k *Keeper) adoptMerchant(m merchant, other *sandbox.Merchant, instead *sandbox.World) merchant {
	taken := k.Registry.Taken(m.read(), instead)
	if taken.AceHub { // perhaps only by an example of the vendor's pages
		m.AceHub.Examples = nil
		taken.AceHub = k.Registry.Taken(m.read(), instead).AceHub
	}
	if taken.AceHub {
		m.AceHub.Alias, m.AceHub.Username, m.AceHub.Password = other.AceHub.Outward(), other.AceHub.Username, other.AceHub.Password
	}
	if taken.Cardtokens {
		m.Cardtokens.Keys = writeMerchant(other).Cardtokens.Keys
	}
	if taken.Cardinal {
		m.Cardinal = cardinal(other.Cardinal)
	}
	return m
}

// stand is whose identities the i-th merchant of a file takes where its own are
// taken.
func stand(seed uint64, id string, i int, instead *sandbox.World) *sandbox.Merchant {
	if instead != nil && i < len(instead.Merchants) {
		return instead.Merchants[i]
	}
	return sandbox.DerivedMerchant(seed, nth(id, i))
}

func standTenant(seed uint64, id string, i int, instead *sandbox.World) (alias, token string) {
	t := sandbox.DerivedTenant(seed, nth(id, i))
	if instead != nil && i < len(instead.Tenants) {
		t = instead.Tenants[i]
	}
	return t.Outward(), t.Token
}

// nth names what is derived for the i-th of several; no sandbox has such an id.
func nth(id string, i int) string {
	if i == 0 {
		return id
	}
	return fmt.Sprintf("%s/%d", id, i)
}
