package issuer

import (
	"encoding/base64"
	"fmt"
	"strconv"

	"cardsim/simulator/sandbox"
)

// holderID draws authProfileId by tenant and vector (decisions, "Chance"):
// base64url with padding, as the sample _aP56QPq1U03wFTq_lNBqg== of seed 004.
func holderID(w *sandbox.World, tenant, vector string) string {
	return base64.URLEncoding.EncodeToString(w.Draw("issuer.authProfileId", tenant, vector).Bytes(16))
}

// cardGUID draws the card's alias by tenant and card.
func cardGUID(w *sandbox.World, tenant, fingerprint string) string {
	return w.Draw("issuer.cardGuid", tenant, fingerprint).UUID()
}

// actorJID draws who administers a tenant, in the form of the sample
// VcEupC_Vw0XUhTMPfvCi2A==@authProfile.160683.admin/2.
func actorJID(w *sandbox.World, tenant string) string {
	d := w.Draw("issuer.actor", tenant)
	id := base64.URLEncoding.EncodeToString(d.Bytes(16))
	return fmt.Sprintf("%s@authProfile.%s.admin/%d", id, d.Digits(6), 1+d.Below(9))
}

// cardIDs is how many cardIds a tenant has: ten digits.
const cardIDs = 10_000_000_000

// freeCardID draws a cardId by tenant and card. Ten digits are too short to be
// free of collisions: a taken one gives way to the next free value.
func freeCardID(s sandbox.Scope, tenant, fingerprint string) (string, error) {
	n, err := strconv.ParseUint(s.World.Draw("issuer.cardId", tenant, fingerprint).Digits(10), 10, 64)
	if err != nil {
		return "", fmt.Errorf("draw a cardId: %w", err)
	}
	for ; ; n = (n + 1) % cardIDs {
		id := fmt.Sprintf("CRN%010d", n)
		_, taken, err := cards.Get(s.Tx, s.World.ID, tenantKey(tenant, id))
		if err != nil {
			return "", fmt.Errorf("look for a free cardId: %w", err)
		}
		if !taken {
			return id, nil
		}
	}
}
