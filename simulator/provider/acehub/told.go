package acehub

import "cardsim/simulator/pay"

// Told is what AceHub told the merchant about an operation: the result number,
// and of an error its code and message, which are 0 and empty for none.
type Told struct {
	Result  int
	Code    int64
	Message string
}

// TellOf is what a reading of the operation tells (reference acehub.md §2.3).
func TellOf(p pay.Payment) Told {
	v := verdicts[string(p.Result)]
	t := Told{Result: v.number}
	if e := errorOf(v, p.Words); e != nil {
		t.Code, t.Message = e.Code, e.Message
	}
	return t
}
