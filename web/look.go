package web

import (
	"html/template"
	"math"
	"strconv"
	"strings"
)

// Look is an issuer's dress: its name, logo and colours. The zero Look is the
// sandbox's own.
type Look struct {
	Name string
	// Logo is shown only when it is a data: URL of an image or one of the files
	// that Static serves; anything else would load from outside.
	Logo string
	// Colours are named as in Cipher's templateConfig (seed 004): bannerBgColor,
	// bannerTextColor, linkTextColor, activeBtnColor, disabledBtnColor,
	// primaryTextColor, secondaryTextColor. What is no CSS hex colour is ignored.
	Colours map[string]string
}

// colour pairs a member of templateConfig with the style sheet's property and
// the sandbox's own value. The values are those of seed 004, but for a secondary
// text and disabled colour that keep their contrast on white.
type colour struct{ member, property, own string }

var colours = []colour{
	{"bannerBgColor", "--banner", "#f4f4f5"},
	{"bannerTextColor", "--banner-text", "#222222"},
	{"linkTextColor", "--link", "#5b3fa8"},
	{"activeBtnColor", "--button", "#5b3fa8"},
	{"disabledBtnColor", "--button-off", "#cfcfcf"},
	{"primaryTextColor", "--text", "#222222"},
	{"secondaryTextColor", "--text-soft", "#595959"},
}

// style is the inline style sheet: custom properties made of checked colours. A
// tenant's text that could not be read on its background is brought to a contrast
// that can (WCAG 2, AA), its hue kept as far as that goes.
func (l Look) style() string {
	values := map[string]string{}
	for _, c := range colours {
		values[c.property] = c.own
		if given := l.Colours[c.member]; hexColour(given) {
			values[c.property] = given
		}
	}
	values["--banner-text"] = legible(values["--banner-text"], values["--banner"])
	for _, text := range []string{"--link", "--text", "--text-soft"} {
		values[text] = legible(values[text], page)
	}
	var b strings.Builder
	b.WriteString(":root{")
	for _, c := range colours {
		b.WriteString(c.property + ":" + values[c.property] + ";")
	}
	b.WriteString("--button-text:" + readableOn(values["--button"]) + ";")
	b.WriteString("--button-off-text:" + readableOn(values["--button-off"]) + ";}")
	return b.String()
}

// page is the background of everything but the banner.
const page = "#ffffff"

// hexColour takes #rgb and #rrggbb.
func hexColour(s string) bool {
	digits, ok := strings.CutPrefix(s, "#")
	if !ok || len(digits) != 3 && len(digits) != 6 {
		return false
	}
	_, err := strconv.ParseUint(digits, 16, 32)
	return err == nil
}

// readableOn is black or white, whichever has more contrast on a colour: a
// tenant's button colour comes without one for its text.
func readableOn(hex string) string {
	l := luminance(hex)
	// Contrast with white is 1.05/(l+0.05), with black (l+0.05)/0.05 (WCAG 2).
	if 1.05*0.05 >= (l+0.05)*(l+0.05) {
		return "#ffffff"
	}
	return "#000000"
}

// luminance is a colour's relative luminance, 0 to 1 (WCAG 2).
func luminance(hex string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v := float64(channels(hex)[i]) / 255
		if v <= 0.04045 {
			sum += weight * v / 12.92
		} else {
			sum += weight * math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return sum
}

// LogoURL is the logo where it may be shown, else empty (reference
// cipher-acs.md A5, inferred).
func (l Look) LogoURL() template.URL {
	inline := strings.HasPrefix(l.Logo, "data:image/")
	if inline || strings.HasPrefix(l.Logo, StaticPrefix) {
		return template.URL(l.Logo) //nolint:gosec // an image or a file of this program
	}
	return ""
}

// Initial stands in for a logo that cannot be shown.
func (l Look) Initial() string {
	for _, r := range l.Name {
		return strings.ToUpper(string(r))
	}
	return "?"
}
