package scheme

import "cardsim/simulator/sandbox"

// parAlphabet is that of EMVCo's payment account reference.
const parAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// PAR is the payment account reference: one for each card and scheme, shared by
// all its tokens. Visa V001 and Mastercard 5001 with 25 characters after it;
// testscheme 32 hex digits (reference cardtokens.md §12.3: the lengths and the
// test scheme's form documented, the rest by analogy).
func (t Token) PAR(w *sandbox.World) string {
	draw := w.Draw("par", t.Card.Fingerprint)
	switch t.Scheme {
	case Visa:
		return "V001" + draw.Of(parAlphabet, 25)
	case Mastercard:
		return "5001" + draw.Of(parAlphabet, 25)
	default:
		return draw.Hex32()
	}
}
