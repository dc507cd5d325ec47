package core

import "testing"

func TestOperationMatches(t *testing.T) {
	tests := []struct {
		pattern, id string
		want        bool
	}{
		{"cardinal.lookup", "cardinal.lookup", true},
		{"cardinal.lookup", "cardinal.lookups", false},
		{"acehub.*", "acehub.payment.create", true},
		{"acehub.*", "acehub", false},
		{"*", "", true},
		{"*.create", "acehub.payment.create", true},
		{"a*b*c", "a-b-b-c", true},
		{"a*b*c", "a-c", false},
		{"a*a", "a", false},
		{"*pay*", "acehub.payment.create", true},
	}
	for _, tt := range tests {
		if got := OperationMatches(tt.pattern, tt.id); got != tt.want {
			t.Errorf("OperationMatches(%q, %q) = %v", tt.pattern, tt.id, got)
		}
	}
}
