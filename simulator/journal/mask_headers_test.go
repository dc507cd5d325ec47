package journal

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMaskHeaders(t *testing.T) {
	h := http.Header{}
	for _, pair := range [][2]string{
		{"Authorization", "Basic dXNlcjpwYXNz"},
		{"Proxy-Authorization", "hunter2 hunter3"},
		{"X-Api-Key", "8d9b2c4e"},
		{"X-Zeta-AuthToken", "eyJ"},
		{"X-Empty-Token", ""},
		{"Event-Signature", "a.b.c"},
		{"Cookie", "ASPSESSION=abc; lang=da; bare"},
		{"Set-Cookie", "ASPSESSION=abc; Path=/; HttpOnly"},
		{"Accept", "text/html"},
		{"Accept", "application/json"},
		{"Location", "http://shop.test/" + plantedPAN + "?JWT=eyJ&id=1"},
		{"Referer", "http://shop.test/?" + plantedPAN},
		{"X-Pan", oddPAN},
		{"X-Cvv", "123"},
		{"X-Request-Id", plantedPAN},
		{"X-Order", plantedPAN},
	} {
		h.Add(pair[0], pair[1])
	}
	want := map[string]string{
		"Authorization":       "Basic [masked]",
		"Proxy-Authorization": "[masked]",
		"X-Api-Key":           "[masked]",
		"X-Zeta-Authtoken":    "[masked]",
		"X-Empty-Token":       "",
		"Event-Signature":     "[masked]",
		"Cookie":              "ASPSESSION=[masked]; lang=[masked];[masked]",
		"Set-Cookie":          "ASPSESSION=[masked]; Path=/; HttpOnly",
		"Accept":              "text/html, application/json",
		"Location":            "http://shop.test/" + cutPAN + "?JWT=[JWT]&id=1",
		"Referer":             "http://shop.test/?" + cutPAN,
		"X-Pan":               cutOdd,
		"X-Cvv":               "***",
		"X-Request-Id":        plantedPAN,
		"X-Order":             cutPAN,
	}
	got := map[string]string{}
	for name, values := range h {
		got[name] = maskHeaderValues(name, values)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("headers (-want +got):\n%s", diff)
	}
}

func TestMaskQuery(t *testing.T) {
	tests := []struct{ raw, want string }{
		{"", ""},
		{"businessId=334455&trackingCode=A%20B", "businessId=334455&trackingCode=A%20B"},
		{"JWT=eyJ&MD=" + plantedPAN, "JWT=[JWT]&MD=" + cutPAN},
		{"wsdl", "wsdl"},
		{oddPAN, cutOdd},
	}
	for _, tt := range tests {
		if got := MaskQuery(tt.raw); got != tt.want {
			t.Errorf("MaskQuery(%q) = %q, want %q", tt.raw, got, tt.want)
		}
	}
}
