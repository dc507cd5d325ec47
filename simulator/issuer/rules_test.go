package issuer

import (
	"regexp"
	"testing"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

func TestChannel(t *testing.T) {
	phone := Identity{PhoneNumber, "+918948763892", Enabled}
	mail := Identity{Email, "amit@zeta.tech", Enabled}
	asleep := Identity{PhoneNumber, "+918948763892", Disabled}
	both := plan(1, PhoneNumber, Email)
	twoFactors := sandbox.AuthPlan{Factors: []sandbox.AuthFactor{smsPlan.Factors[0], mailPlan.Factors[0]}}
	tests := []struct {
		name  string
		plans []sandbox.AuthPlan
		has   []Identity
		want  string // masked; empty: no plan fits
	}{
		{"sms", []sandbox.AuthPlan{smsPlan}, []Identity{phone, mail}, "+91 ********92"},
		{"e-mail", []sandbox.AuthPlan{mailPlan}, []Identity{phone, mail}, "a***@zeta.tech"},
		{"the first plan that fits", []sandbox.AuthPlan{smsPlan, mailPlan}, []Identity{mail}, "a***@zeta.tech"},
		{"identities are alternatives", []sandbox.AuthPlan{both}, []Identity{mail}, "a***@zeta.tech"},
		{"a disabled identity does not count", []sandbox.AuthPlan{both}, []Identity{asleep, mail}, "a***@zeta.tech"},
		{"every factor is needed", []sandbox.AuthPlan{twoFactors, mailPlan}, []Identity{mail}, "a***@zeta.tech"},
		{"no identity", []sandbox.AuthPlan{smsPlan}, []Identity{mail}, ""},
		{"an unknown identity type", []sandbox.AuthPlan{pinPlan}, []Identity{phone, mail}, ""},
		{"no plan", nil, []Identity{phone}, ""},
		{"a plan without factors", []sandbox.AuthPlan{{AuthPlanID: 1}}, []Identity{phone}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := Channel(&sandbox.Tenant{Plans: tt.plans}, Holder{Identities: tt.has})
			if ok != (tt.want != "") || got.Masked != tt.want {
				t.Errorf("channel is %+v, %t; want %q", got, ok, tt.want)
			}
		})
	}
}

func TestMasks(t *testing.T) {
	for number, want := range map[string]string{
		"+918948763892": "+91 ********92", "+12025550123": "+1 ********23", "+358401234567": "+358 *******67",
		"+4512345678": "+45 ******78", "08948763892": "*********92", "+123": "***", "12": "**", "": "",
	} {
		if got := maskPhone(number); got != want {
			t.Errorf("phone %s is masked as %q, want %q", number, got, want)
		}
	}
	for address, want := range map[string]string{
		"amit@zeta.tech": "a***@zeta.tech", "ø@b.dk": "ø***@b.dk", "@b.dk": "***", "": "***",
	} {
		if got := maskEmail(address); got != want {
			t.Errorf("address %s is masked as %q, want %q", address, got, want)
		}
	}
}

func TestOTP(t *testing.T) {
	for length, want := range map[int]int{6: 6, 4: 4, 10: 10, 0: 4, -3: 4, 99: 10} {
		d := open(t, sandbox.Spec{Settings: map[string]map[string]any{"acs": {"otpLength": length}}})
		code := OTP(d.world, "c1", 1)
		if !regexp.MustCompile(`^\d+$`).MatchString(code) || len(code) != want {
			t.Errorf("with length %d the code is %q", length, code)
		}
		if again := OTP(d.world, "c1", 1); again != code {
			t.Errorf("the code changed from %s to %s", code, again)
		}
	}
	d := open(t, sandbox.Spec{})
	if OTP(d.world, "c1", 1) == OTP(d.world, "c1", 2) || OTP(d.world, "c1", 1) == OTP(d.world, "c2", 1) {
		t.Error("two sendings have one code")
	}
}

func TestAuthorise(t *testing.T) {
	past, future := core.Expiry{Month: 10, Year: 2026}, core.Expiry{Month: 11, Year: 2026}
	forced := core.Refusef("insufficient-funds", "the scenario says so")
	tests := []struct {
		name    string
		setting string
		expiry  core.Expiry
		forced  *core.Refusal
		refusal string
	}{
		{"approves", "accept", future, nil, ""},
		{"expired is accepted by default", "accept", past, nil, ""},
		{"expired is declined by setting", "decline", past, nil, "expired-card"},
		{"good through its last month", "decline", future, nil, ""},
		{"no expiry known", "decline", core.Expiry{}, nil, ""},
		{"forced", "accept", future, forced, "insufficient-funds"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := open(t, sandbox.Spec{Settings: map[string]map[string]any{"acehub": {"expiredCard": tt.setting}}})
			scope := sandbox.Scope{World: d.world, Now: time.Date(2026, 11, 30, 23, 59, 59, 0, time.UTC)}
			a := Authorisation{Card: d.ref(newSample), Expiry: tt.expiry, Business: "334455", Reference: "T1", Forced: tt.forced}
			got := Authorise(scope, a)
			if tt.refusal != "" {
				if got.Approved || got.ApprovalCode != "" || got.Refusal == nil || got.Refusal.Code != tt.refusal {
					t.Errorf("decision is %+v", got)
				}
				return
			}
			if !got.Approved || got.Refusal != nil || !regexp.MustCompile(`^\d{6}$`).MatchString(got.ApprovalCode) {
				t.Errorf("decision is %+v", got)
			}
			if again := Authorise(scope, a); again != got {
				t.Errorf("asked again it is %+v", again)
			}
		})
	}
}
