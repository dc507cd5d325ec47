package acs

import (
	"testing"
)

// FuzzEntrance feeds any values to both forms: nothing panics, and what passes
// can be posted back to.
func FuzzEntrance(f *testing.F) {
	f.Add("eJxTYBBQYGBgAA==", "http://shop.example/term", "md", "eyJtZXNzYWdlVHlwZSI6IkNSZXEifQ")
	f.Add("", "javascript:alert(1)", "", "{}")
	f.Fuzz(func(t *testing.T, pareq, termURL, md, creq string) {
		if in, err := readPAReq(form{"pareq": pareq, "termurl": termURL, "md": md}); err == nil {
			if !webAddress(in.termURL) || in.pareq == nil || in.md != md {
				t.Errorf("passed %+v", in)
			}
		}
		if in, err := readCReq(form{"creq": creq}); err == nil && (in.creq == nil || in.creq.ACSTransID == "") {
			t.Errorf("passed %+v without a transaction", in)
		}
	})
}
