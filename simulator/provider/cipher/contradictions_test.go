package cipher

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestContradictions holds the provider to the table of reference cipher-acs.md
// A9, one function a row. Rows 14 and 15 are TestSeed004AllCalls and
// TestSeed004GetTenant, which compare whole answers.
func TestContradictions(t *testing.T) {
	create := func(t *testing.T, o options) (*house, reply) {
		h := build(t, o)
		return h, h.post(createNew).want(t, http.StatusOK)
	}
	holderOf := func(h *house, created reply) reply {
		return h.call(http.MethodGet, "/tenants/900912/cardHolders/"+created.text("authProfileId"), "")
	}
	t.Run("1 tenantId is a string", func(t *testing.T) {
		_, got := create(t, options{})
		if !strings.Contains(got.raw, `"tenantId":"900912"`) {
			t.Error(got.raw)
		}
	})
	t.Run("2 cardNumber is answered masked", func(t *testing.T) {
		_, got := create(t, options{})
		if got.text("cardNumber") != "111222xxxxxx3895" || strings.Contains(got.raw, "1112228948763895") {
			t.Error(got.raw)
		}
	})
	t.Run("3 both spellings of the mask, which must agree", func(t *testing.T) {
		for members, want := range map[string]int{
			`"maskedcardNumber":"111222xxxxxx3895"`:                                       http.StatusOK,
			`"maskedCardNumber":"111222xxxxxx3895"`:                                       http.StatusOK,
			`"maskedcardNumber":"111222xxxxxx3895","maskedCardNumber":"111222xxxxxx3895"`: http.StatusOK,
			`"maskedcardNumber":"111222xxxxxx3895","maskedCardNumber":"111222xxxxxx3896"`: http.StatusBadRequest,
		} {
			build(t, options{}).post(`{"name":"A","cardInfo":{"scheme":"SHA256","cardNumberSha":"`+shaNew+`",`+members+`},`+
				`"identities":[{"type":"tenantUniqueVector","value":"V1"}]}`).want(t, want)
		}
		h, got := create(t, options{})
		if raw := holderOf(h, got).raw; !strings.Contains(raw, `"maskedCardNumber":"111222xxxxxx3895"`) {
			t.Error(raw)
		}
	})
	t.Run("4 cardHolderId is authProfileId", func(t *testing.T) {
		h, got := create(t, options{})
		id := got.text("authProfileId")
		if got.text("cardHolderId") != id {
			t.Errorf("cardHolderId %s, authProfileId %s", got.text("cardHolderId"), id)
		}
		for _, spelling := range []string{id, url.PathEscape(id), strings.ReplaceAll(id, "=", "%3D"), strings.ReplaceAll(id, "=", "%3d")} {
			h.call(http.MethodGet, "/tenants/900912/cardHolders/"+spelling, "").want(t, http.StatusOK)
		}
		_, without := create(t, options{settings: map[string]any{"cardHolderIdInCard": false}})
		if _, there := without.body["cardHolderId"]; there {
			t.Error(without.raw)
		}
	})
	t.Run("5 one cardGuid", func(t *testing.T) {
		_, got := create(t, options{})
		list, _ := got.body["identities"].([]any)
		first, _ := list[0].(map[string]any)
		if first["type"] != "cardGuid" || first["value"] != got.body["cardGuid"] {
			t.Error(got.raw)
		}
	})
	t.Run("6 the mask is 6x4 at any length", func(t *testing.T) {
		if got := build(t, options{}).post(createOld).text("cardNumber"); got != "111111xxxxx9172" {
			t.Error(got)
		}
	})
	t.Run("7 identities and identitiesInfo", func(t *testing.T) {
		swapped := strings.Replace(createNew, `"identities"`, `"identitiesInfo"`, 1)
		build(t, options{}).post(swapped).fails(t, er001)
		h := build(t, options{settings: map[string]any{"lenientNames": true}})
		id := h.post(swapped).want(t, http.StatusOK).text("authProfileId")
		change := strings.Replace(changeBoth, "identitiesInfo", "identities", 1)
		h.call(http.MethodPatch, "/tenants/900912/cardHolders/"+id+"/identities", change).want(t, http.StatusOK)
	})
	t.Run("8 the literal is phoneNumber", func(t *testing.T) {
		build(t, options{}).post(strings.Replace(createNew, "phoneNumber", "phone number", 1)).fails(t, er001)
	})
	t.Run("9 a value is required", func(t *testing.T) {
		build(t, options{}).post(strings.Replace(createNew, `"value" : "+918948763892"`, `"x":1`, 1)).fails(t, er001)
	})
	t.Run("10 what is required depends on the scheme", func(t *testing.T) {
		all := `"cardNumber":"1112228948763895","cardNumberSha":"` + shaNew + `","maskedcardNumber":"111222xxxxxx3895"`
		for _, scheme := range []string{"DEFAULT", "SHA256"} {
			build(t, options{}).post(`{"name":"A","cardInfo":{"scheme":"`+scheme+`",`+all+`},`+
				`"identities":[{"type":"tenantUniqueVector","value":"V1"}]}`).want(t, http.StatusOK)
		}
	})
	t.Run("11 an update answers all identities", func(t *testing.T) {
		h, got := create(t, options{})
		path := "/tenants/900912/cardHolders/" + got.text("authProfileId") + "/identities"
		changed := h.call(http.MethodPatch, path, `{"identitiesInfo":[{"type":"email","value":"new@b.dk"}]}`).want(t, http.StatusOK)
		list, _ := changed.body["identities"].([]any)
		if len(list) != 3 {
			t.Error(changed.raw)
		}
	})
	t.Run("12 objects and arrays", func(t *testing.T) {
		h, got := create(t, options{})
		raw := holderOf(h, got).raw + h.call(http.MethodGet, "/tenants/900912", "").raw
		for _, want := range []string{`"config":{}`, `"createdBy":{`, `"config":{"gaID"`, `"authPlans":[{`} {
			if !strings.Contains(raw, want) {
				t.Errorf("no %s in %s", want, raw)
			}
		}
	})
	t.Run("13 actorJid", func(t *testing.T) {
		h, got := create(t, options{})
		if raw := holderOf(h, got).raw; !strings.Contains(raw, `"actorJid":"`) || strings.Contains(raw, "actorJID") {
			t.Error(raw)
		}
	})
	t.Run("16 networks in small letters", func(t *testing.T) {
		_, got := create(t, options{})
		if network := got.text("cardNetwork"); network != strings.ToLower(network) {
			t.Error(network)
		}
	})
	t.Run("17 15 and 16 digits", func(t *testing.T) {
		build(t, options{}).post(createOld).want(t, http.StatusOK)
		build(t, options{}).post(createNew).want(t, http.StatusOK)
	})
}
