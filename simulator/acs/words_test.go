package acs

import (
	"testing"
	"time"

	"cardsim/simulator/core"
)

func TestMaskedCard(t *testing.T) {
	for _, tt := range []struct {
		ref  core.CardRef
		want string
	}{
		{core.CardRef{Length: 16, Last4: "1091"}, "**** **** **** 1091"},
		{core.CardRef{Length: 15, Last4: "1098"}, "**** ****** *1098"},
		{core.CardRef{Length: 19, Last4: "0001"}, "**** **** **** *** 0001"},
		{core.CardRef{Last4: "1091"}, "**** **** **** 1091"},
	} {
		if got := maskedCard(tt.ref); got != tt.want {
			t.Errorf("%d digits show as %q, want %q", tt.ref.Length, got, tt.want)
		}
	}
}

func TestLeft(t *testing.T) {
	now := time.Date(2026, 11, 22, 14, 2, 0, 0, time.UTC)
	for d, want := range map[time.Duration]string{
		300 * time.Second: "5:00", 271 * time.Second: "4:31", time.Millisecond: "0:01", 0: "0:00", -time.Hour: "0:00", time.Hour: "60:00",
	} {
		if got, _ := left(now.Add(d), now); got != want {
			t.Errorf("%v shows as %s, want %s", d, got, want)
		}
	}
}

func TestWebAddress(t *testing.T) {
	for address, ok := range map[string]bool{
		"http://shop.example/term": true, "HTTPS://shop.example": true, "http://127.0.0.1:8080/x?a=b#c": true,
		"javascript:alert(1)": false, "JaVaScRiPt:alert(1)": false, "data:text/html,x": false, "//shop.example/x": false,
		"/term": false, "": false, "http:": false, "http:///x": false, "ftp://shop.example": false, "http://%zz": false,
		" javascript:alert(1)": false, "java\nscript:alert(1)": false,
	} {
		if webAddress(address) != ok {
			t.Errorf("address %q: %t, want %t", address, !ok, ok)
		}
	}
}
