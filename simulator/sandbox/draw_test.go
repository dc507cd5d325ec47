package sandbox

import (
	"math"
	"regexp"
	"testing"

	"cardsim/simulator/core"
)

func world(t *testing.T, seed uint64, origin string) *World {
	t.Helper()
	w, err := New(Spec{ID: "w", Origin: origin, Seed: seed, Merchants: []*Merchant{{ID: "shop"}}})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// The values are pinned: files that users keep hold ids drawn by them.
func TestDrawIsPinned(t *testing.T) {
	d := world(t, 1, "default").Draw("cardtokens.tokenid", "m", "c", "1")
	if got := d.Hex32(); got != "3d8863f33cdb49f68b0359a4cc131f82" {
		t.Errorf("tokenid %s", got)
	}
	if got := d.Digits(8); got != "02387240" {
		t.Errorf("digits %s", got)
	}
}

func TestDrawDependsOnAllItsParts(t *testing.T) {
	seen := map[string]string{}
	for name, d := range map[string]*Draw{
		"base":      world(t, 1, "default").Draw("a", "x", "1"),
		"seed":      world(t, 2, "default").Draw("a", "x", "1"),
		"origin":    world(t, 1, "other").Draw("a", "x", "1"),
		"what":      world(t, 1, "default").Draw("b", "x", "1"),
		"entity":    world(t, 1, "default").Draw("a", "y", "1"),
		"ordinal":   world(t, 1, "default").Draw("a", "x", "2"),
		"splitting": world(t, 1, "default").Draw("a", "x1"),
		"joining":   world(t, 1, "default").Draw("ax", "1"),
	} {
		v := d.Hex32()
		if other, taken := seen[v]; taken {
			t.Errorf("%s draws the same as %s", name, other)
		}
		seen[v] = name
	}
}

func TestDrawDoesNotDependOnTheName(t *testing.T) {
	a, err := New(Spec{ID: "here", Origin: "o", Seed: 3, Merchants: []*Merchant{{}}})
	if err != nil {
		t.Fatal(err)
	}
	b, err := New(Spec{ID: "there", Origin: "o", Seed: 3, Merchants: []*Merchant{{}}})
	if err != nil {
		t.Fatal(err)
	}
	pan, _ := core.ParsePAN("4111111145551142")
	if a.Draw("k").UUID() != b.Draw("k").UUID() || a.Ref(pan) != b.Ref(pan) {
		t.Error("an imported sandbox draws other values under another name")
	}
}

func TestDrawShapes(t *testing.T) {
	w := world(t, 1, "default")
	shapes := map[string]struct {
		value   string
		pattern string
	}{
		"uuid":   {w.Draw("u").UUID(), `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`},
		"hex":    {w.Draw("h").Hex32(), `^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$`},
		"alnum":  {w.Draw("a").Alnum(20), `^[0-9A-Za-z]{20}$`},
		"digits": {w.Draw("d").Digits(10), `^[0-9]{10}$`},
		"base64": {w.Draw("b").Base64(20), `^[0-9A-Za-z+/]{27}=$`},
	}
	for name, s := range shapes {
		if !regexp.MustCompile(s.pattern).MatchString(s.value) {
			t.Errorf("%s: %s", name, s.value)
		}
	}
}

func TestFloat64IsEven(t *testing.T) {
	w := world(t, 1, "default")
	d, sum := w.Draw("p"), 0.0
	const n = 20000
	for range n {
		sum += d.Float64()
	}
	if mean := sum / n; math.Abs(mean-0.5) > 0.01 {
		t.Errorf("the mean of %d draws is %f", n, mean)
	}
}
