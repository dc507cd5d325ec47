package web

import (
	"fmt"
	"regexp"
	"testing"
)

// TestAnyTenantColoursCanBeRead puts many pairs of colours together: text and its
// background reach AA, whatever the tenant chose.
func TestAnyTenantColoursCanBeRead(t *testing.T) {
	tones := []string{"#000", "#fff", "#ff0000", "#00ff00", "#0000ff", "#ffff00", "#777777", "#808080", "#7d52cd", "#ebebeb", "#f0f0f0", "#123456", "#fedcba"}
	property := func(style, name string) string {
		m := regexp.MustCompile(name + `:(#[0-9a-fA-F]+);`).FindStringSubmatch(style)
		if m == nil {
			t.Fatalf("%s has no %s", style, name)
		}
		return m[1]
	}
	for _, background := range tones {
		for _, text := range tones {
			style := Look{Colours: map[string]string{
				"bannerBgColor": background, "bannerTextColor": text, "linkTextColor": text, "primaryTextColor": text, "secondaryTextColor": text, "activeBtnColor": background,
			}}.style()
			for _, pair := range [][2]string{{"--banner-text", property(style, "--banner")}, {"--link", page}, {"--text", page}, {"--text-soft", page}, {"--button-text", property(style, "--button")}} {
				if got := contrast(property(style, pair[0]), pair[1]); got < enough {
					t.Errorf("%s of %s on %s has a contrast of %.2f", pair[0], text, background, got)
				}
			}
		}
	}
}

// TestLegibleColoursStay: a tenant's colours that can be read are not touched.
func TestLegibleColoursStay(t *testing.T) {
	for _, text := range []string{"#222222", "#5b3fa8", "#000", "#767676"} {
		if got := legible(text, page); got != text {
			t.Errorf("%s becomes %s", text, got)
		}
	}
	if got := legible("#ff0000", "#ffffff"); got == "#ff0000" || contrast(got, "#ffffff") < enough || channels(got)[0] < channels(got)[1]+100 {
		t.Errorf("red on white becomes %s: %s", got, fmt.Sprint(channels(got)))
	}
}
