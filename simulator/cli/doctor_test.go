package cli

import (
	"testing"

	"cardsim/simulator/doctor"
)

func TestDoctorSummary(t *testing.T) {
	one, two := make([]doctor.Sandbox, 1), make([]doctor.Sandbox, 2)
	for want, r := range map[string]doctor.Report{
		"\nf.db is healthy: nothing was written to it yet\n":                                                                     {Healthy: true},
		"\nf.db is healthy: 1 sandbox, schema version 1\n":                                                                       {Healthy: true, Schema: 1, Sandboxes: one},
		"\nf.db is healthy: 2 sandboxes, schema version 2; its program was killed, the next start takes up what is in the log\n": {Healthy: true, Schema: 2, Logged: true, Sandboxes: two},
		"\nand 3 problems more\n": {Omitted: 3},
		"":                        {},
	} {
		r.File = "f.db"
		if got := summary(r); got != want {
			t.Errorf("%+v gives %q, want %q", r, got, want)
		}
	}
}
