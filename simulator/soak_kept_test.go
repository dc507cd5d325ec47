package simulator_test

import (
	"net/http"

	"cardsim/simulator/doctor"
)

// soakKept is how many of the newest payments are looked for at the end.
const soakKept = 1000

// keeps notes a payment whose refund was acknowledged. Only those of the default
// sandbox outlive the run.
func (w *soakWorker) keeps(payment string) bool {
	if w.id > 0 {
		return true
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.kept = append(w.kept, payment); len(w.kept) > soakKept {
		w.kept = w.kept[1:]
	}
	return true
}

// compare looks at the file that the run has left: it is sound, and what was
// acknowledged is there after a start.
func (s *soak) compare(program, data string) {
	s.t.Helper()
	if report, err := doctor.Examine(data); err != nil || !report.Healthy {
		s.t.Errorf("the file after the run: %+v, %v", report.Problems, err)
	}
	p := start(s.t, program, data, "--log-level", "error")
	if len(s.kept) == 0 {
		s.t.Error("no payment was refunded")
	}
	for _, id := range s.kept {
		var payment struct{ Status string }
		if err := p.client.Admin(http.MethodGet, "/payments/"+id, nil, &payment); err != nil || payment.Status != "partially-refunded" {
			s.t.Fatalf("payment %s is %q after a restart, %v", id, payment.Status, err)
		}
	}
	p.close(s.t)
}
