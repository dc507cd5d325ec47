package cipher

import (
	"net/http"
	"testing"
)

func TestCredentials(t *testing.T) {
	tests := []struct {
		name   string
		strict bool
		tenant string
		header []string
		status int
	}{
		{"the vendor's tenant without", false, vendor, nil, 200},
		{"the vendor's tenant with any", false, vendor, []string{tokenHeader, "anything"}, 200},
		{"its own header", false, closed, []string{tokenHeader, secret}, 200},
		{"bearer", false, closed, []string{"Authorization", "Bearer " + secret}, 200},
		{"bearer in small letters", false, closed, []string{"Authorization", "bearer " + secret}, 200},
		{"either may be right", false, closed, []string{"Authorization", "Bearer gateway", tokenHeader, secret}, 200},
		{"none", false, closed, nil, 401},
		{"a prefix of it", false, closed, []string{tokenHeader, secret[:5]}, 401},
		{"empty bearer", false, closed, []string{"Authorization", "Bearer "}, 401},
		{"strict, right", true, closed, []string{tokenHeader, secret}, 200},
		{"strict, none", true, closed, nil, 401},
		{"strict, the vendor's tenant has no token to ask for", true, vendor, nil, 200},
		{"unknown is not found in open mode", false, "1", nil, 404},
		{"unknown is not found in strict mode", true, "1", nil, 404},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			build(t, options{strict: tt.strict}).call(http.MethodGet, "/tenants/"+tt.tenant, "", tt.header...).want(t, tt.status)
		})
	}
}

func TestCreateStatus(t *testing.T) {
	for setting, want := range map[int]int{200: 200, 201: 201, 500: 200, 0: 200} {
		build(t, options{settings: map[string]any{"createStatus": setting}}).post(createNew).want(t, want)
	}
}
