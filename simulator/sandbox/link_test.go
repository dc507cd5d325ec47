package sandbox

import (
	"cmp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The values are pinned: files that users keep hold such links, and nothing else leads
// back from them.
func TestLinksArePinned(t *testing.T) {
	w := world(t, 1, "default")
	for kind, want := range map[LinkKind]string{
		LinkACS:       "0d7df156-fdfa-4f00-ba11-c876042b038b",
		LinkDS:        "e0a3e9f7-aa94-4a05-8826-0bc8a330c7ba",
		LinkChallenge: "dde666d1-a8bb-46f8-9c22-6533f980613e",
	} {
		if got := w.Link(kind, "AbCdEfGhIjKlMnOpQr01"); got.String() != want {
			t.Errorf("kind %d: %s", kind, got)
		}
	}
}

var someID = rapid.Custom(func(t *rapid.T) string {
	return strings.Repeat("9", rapid.SampledFrom([]int{0, 0, 0, 1, 19, 20}).Draw(t, "full")) + rapid.StringMatching(`[A-Za-z0-9]{20}`).Draw(t, "id")
})

func TestLinksLeadBack(t *testing.T) {
	w, other := world(t, 1, "default"), world(t, 1, "other")
	rapid.Check(t, func(t *rapid.T) {
		id := someID.Draw(t, "id")[:20]
		kind := LinkKind(rapid.IntRange(1, 3).Draw(t, "kind"))
		link := w.Link(kind, id)
		if link != link.version4() {
			t.Fatalf("%s: %s", id, link)
		}
		if back, ok := w.Unlink(kind, link); !ok || back != id {
			t.Fatalf("%s -> %s -> %s %v", id, link, back, ok)
		}
		if back, _ := w.Unlink(kind+1, link); back == id {
			t.Fatal("a link of another kind leads back, too")
		}
		if back, _ := other.Unlink(kind, link); back == id {
			t.Fatal("a link leads back in another sandbox, too")
		}
	})
}

// TestUnlinkForeign: what leads to an id at all is that id's link, or there would be two.
func TestUnlinkForeign(t *testing.T) {
	w := world(t, 1, "default")
	none, some := 0, 0
	for i := range 2000 {
		u := w.Draw("foreign", strconv.Itoa(i)).uuid()
		id, ok := w.Unlink(LinkDS, u)
		if !ok {
			none++
			continue
		}
		some++
		if link := w.Link(LinkDS, id); link != u {
			t.Fatalf("%s and %s are links of %s", u, link, id)
		}
	}
	if none < 1000 || some == 0 {
		t.Errorf("%d lead nowhere, %d to an id that nothing has", none, some)
	}
}

// TestTwins: the values are pinned, and those of another UUID or sandbox are others.
func TestTwins(t *testing.T) {
	u := world(t, 1, "default").Link(LinkACS, "AbCdEfGhIjKlMnOpQr01")
	near := u
	near[15] ^= 1
	seen := map[UUID]bool{u: true}
	for origin, of := range map[string]UUID{"default": u, "other": u, "": near} {
		w := world(t, 1, cmp.Or(origin, "default"))
		twin := w.Twin(of)
		if seen[twin] || twin != twin.version4() || twin != w.Twin(of) {
			t.Errorf("%q: %s", origin, twin)
		}
		seen[twin] = true
	}
	if got := world(t, 1, "default").Twin(u).String(); got != "fe8db598-f96f-4053-ad46-4d4655a0cd2a" {
		t.Errorf("twin %s", got)
	}
}

func TestNoLink(t *testing.T) {
	w := world(t, 1, "default")
	for _, id := range []string{"", "AbCdEfGhIjKlMnOpQr0", "AbCdEfGhIjKlMnOpQr012", "AbCdEfGhIjKlMnOpQr0-", "AbCdEfGhIjKlMnOpQr0\xff"} {
		if link := w.Link(LinkACS, id); link != (UUID{}) {
			t.Errorf("%q has link %s", id, link)
		}
	}
	if id, ok := w.Unlink(LinkACS, UUID{}); ok {
		t.Errorf("nothing is a link of %q", id)
	}
}

func TestParseUUID(t *testing.T) {
	u := world(t, 1, "default").Draw("uuid").uuid()
	if got, ok := ParseUUID(u.String()); !ok || got != u {
		t.Errorf("%s: %s %v", u, got, ok)
	}
	if got, ok := ParseHex32(u.Hex32()); !ok || got != u {
		t.Errorf("%s: %s %v", u, got, ok)
	}
	text := u.String()
	for _, bad := range []string{"", u.Hex32(), strings.ToUpper(text), text + "0", text[1:] + "-", "x" + text[1:], "{" + text + "}"} {
		if got, ok := ParseUUID(bad); ok {
			t.Errorf("%q is read as %s", bad, got)
		}
	}
	for _, bad := range []string{"", text, strings.ToUpper(u.Hex32()), u.Hex32()[1:], u.Hex32()[1:] + "g"} {
		if got, ok := ParseHex32(bad); ok {
			t.Errorf("%q is read as %s", bad, got)
		}
	}
}
